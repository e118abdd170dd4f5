import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import fc from '../../support/properties.ts';
import {
  type DocumentNode,
  type GraphQLField,
  getNamedType,
  type GraphQLNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
} from 'graphql';
import { compileWeight } from '../../../src/graphql/execution/compile-weight.ts';
import { useCompiled } from '../../../src/graphql/execution/compiled.ts';
import { createSandbox, type Sandbox } from '../../../sandbox/index.ts';
import { createGatewaySchema } from '../../../src/graphql/schema.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';

const schema = createGatewaySchema();

let sandbox: Sandbox;
let compiled: TestGateway;
let interpreted: TestGateway;
beforeAll(async () => {
  sandbox = await createSandbox();
  compiled = await startGateway(sandbox.url, { compileAfter: 0 });
  interpreted = await startGateway(sandbox.url, { compileAfter: Infinity });
});
afterAll(async () => {
  await compiled.close();
  await interpreted.close();
  await sandbox.close();
});

const pick = <T>(from: readonly T[], random: () => number): T =>
  from[Math.floor(random() * from.length)] as T;

/** A selection of the type, as text: nested, with aliases, merged fields, fragments, now and then a directive. */
function select(type: GraphQLNamedType, depth: number, random: () => number): string {
  const parts = ['__typename'];
  const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
  for (let n = 0; n < 3 && fields.length > 0; n += 1) {
    parts.push(selectField(pick(fields, random), depth, random));
  }
  if (isAbstractType(type) && depth > 0) {
    const member = pick([...schema.getPossibleTypes(type)], random);
    parts.push(`... on ${member.name} { ${select(member, depth - 1, random)} }`);
  }
  return parts.join(' ');
}

function selectField(
  { name, type, args }: GraphQLField<unknown, unknown>,
  depth: number,
  random: () => number,
): string {
  const alias = random() < 0.2 ? `${pick(['a', 'b', 'id'], random)}: ` : '';
  const directive =
    random() < 0.05
      ? ` @${pick(['skip', 'include'], random)}(if: ${pick(['true', 'false'], random)})`
      : '';
  const given = args.flatMap(({ name }) =>
    name === 'first' ? ['first: 2'] : name === 'id' ? ['id: "64b000000000000000000001"'] : [],
  );
  const call = given.length > 0 ? `(${given.join(', ')})` : '';
  const inner = getNamedType(type);
  if (!isCompositeType(inner)) return `${alias}${name}${call}${directive}`;
  return depth > 0
    ? `${alias}${name}${call}${directive} { ${select(inner, depth - 1, random)} }`
    : '__typename';
}

test('a compiled query answers as the executor does, errors and order included', async () => {
  const query = schema.getQueryType();
  if (!query) throw new Error('the schema has queries');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 60, maxLength: 60 }),
      async (numbers) => {
        let at = 0;
        const text = `{ ${select(query, 4, () => numbers[at++ % numbers.length] as number)} }`;
        const [one, other] = await Promise.all([compiled.ask(text), interpreted.ask(text)]);
        expect(JSON.stringify(one.body)).toBe(JSON.stringify(other.body));
        expect(one.status).toBe(other.status);
      },
    ),
    { numRuns: 150 },
  );
});

describe('what is not compiled', () => {
  const weigh = (text: string, most = 300): number => {
    const { definitions } = parse(text);
    const operation = definitions.find((it) => it.kind === Kind.OPERATION_DEFINITION);
    const named = definitions.filter((it) => it.kind === Kind.FRAGMENT_DEFINITION);
    if (operation === undefined) throw new Error('no operation');
    const fragments = new Map(named.map((it) => [it.name.value, it]));
    return compileWeight({ schema, operation, fragments }, most);
  };
  const menus = (levels: number): string => {
    let query = '__typename';
    for (let n = 0; n < levels; n += 1) query = `... on MenuEntry { parent { ${query} } }`;
    return `{ mainMenu { ${query} } }`;
  };

  test('menus within menus weigh three times as much with each level', () => {
    expect(weigh(menus(1))).toBe(1 + 3 + 9);
    expect(weigh(menus(3))).toBe(1 + 3 + 9 + 27 + 81);
    expect(weigh(menus(9))).toBe(Infinity);
  });

  test.each([
    '{ __typename @include(if: true) }',
    'query @x { __typename }',
    '{ ... @skip(if: true) { __typename } }',
    '{ ...A @skip(if: true) } fragment A on Query { __typename }',
    '{ __proto__: __typename }',
  ])('%s', (text) => {
    expect(weigh(text)).toBe(Infinity);
  });

  test('what is left out is left out each time that the query comes', async () => {
    const text =
      'query ($s: Boolean = true) { groups(first: 2) { ...A @include(if: $s) ...A @skip(if: $s) } } fragment A on GroupConnection { totalCount }';
    for (const s of [false, true]) {
      const { body } = await compiled.ask(text, { variables: { s } });
      expect(body.data.groups.totalCount).toBe(38);
    }
  });

  // Compiled, it would be a function of some gigabytes, and never come.
  test('nine levels of menus that come again and again are answered', async () => {
    for (let n = 0; n < 4; n += 1)
      expect((await compiled.ask(menus(9), { token: null })).status).toBe(200);
  });
});

describe('functions that are kept', () => {
  const weighing20 = (name: string) =>
    parse(
      `query ${name} { groups { nodes { ... on MenuEntry { id name code isActive weight createdAt } } } }`,
    );
  const isCompiled = (plugin: ReturnType<typeof useCompiled>, document: DocumentNode): boolean => {
    const setExecuteFn = jest.fn();
    const args = { schema, document, contextValue: {} };
    void plugin.onExecute?.({ args, setExecuteFn } as never);
    return setExecuteFn.mock.calls.length > 0;
  };

  test('are made once a query has come often enough', () => {
    const plugin = useCompiled(2);
    const document = weighing20('A');
    const times = [1, 2, 3, 4].map(() => isCompiled(plugin, document));
    expect(times).toEqual([false, false, true, true]);
  });

  test('have so many fields at the most; one that has gone has to come as often again', () => {
    const plugin = useCompiled(1, 70);
    const [a, b, c] = [weighing20('A'), weighing20('B'), weighing20('C')];
    for (const document of [a, b]) isCompiled(plugin, document);
    expect([a, b].map((document) => isCompiled(plugin, document))).toEqual([true, true]);
    expect([c, c].map((document) => isCompiled(plugin, document))).toEqual([false, true]);
    expect(isCompiled(plugin, b)).toBe(true);
    expect([a, a].map((document) => isCompiled(plugin, document))).toEqual([false, true]);
  });

  test('that fail leave the query to the executor alone for sixteen times', async () => {
    const plugin = useCompiled(0);
    const document = weighing20('A');
    const executeFn = jest.fn();
    const times: boolean[] = [];
    for (let n = 0; n < 35; n += 1) {
      const setExecuteFn = jest.fn<(execute: (args: object) => unknown) => void>();
      // Without loaders every resolver fails.
      const args = { schema, document, contextValue: {} };
      void plugin.onExecute?.({ args, executeFn, setExecuteFn } as never);
      times.push(setExecuteFn.mock.calls.length > 0);
      await setExecuteFn.mock.calls[0]?.[0](args);
    }
    const isTried = (n: number): boolean => [0, 17, 34].includes(n);
    expect(times).toEqual(times.map((_, n) => isTried(n)));
    expect(executeFn).toHaveBeenCalledTimes(3);
  });
});
