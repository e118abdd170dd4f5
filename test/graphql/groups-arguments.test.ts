import { describe, expect, test } from '@jest/globals';
import { planted } from '../../sandbox/index.ts';
import {
  buildSchema,
  isInputObjectType,
  isNullableType,
  isRequiredArgument,
  isObjectType,
} from 'graphql';
import { printContract } from '../../src/graphql/contract.ts';
import { endpoints, queryOf, useStage } from '../support/stage.ts';

const schema = buildSchema(printContract());
const stage = useStage();

interface Args {
  readonly first?: unknown;
  readonly after?: string | null;
  readonly filter?: Readonly<Record<string, unknown>> | null;
}
const ask = async (variables: Args) => {
  const query = `query ($first: Int, $after: String, $filter: GroupFilter) {
    groups(first: $first, after: $after, filter: $filter) {
      nodes { ... on MenuEntry { name } } pageInfo { endCursor }
    }
  }`;
  return (await stage.gateway.ask(query, { variables: { ...variables } })).body;
};

describe('what goes upstream', () => {
  const always = { sortBy: 'modifiedAt', orderBy: 'asc', count: 'true', page: '1', limit: '51' };

  test.each<[Record<string, unknown> | null, Record<string, string>]>([
    [null, { isActive: 'true' }],
    [{}, { isActive: 'true' }],
    [{ type: null, search: null, modifiedSince: null, createdSince: null }, { isActive: 'true' }],
    [{ includeInactive: null }, { isActive: 'true' }],
    [{ includeInactive: false }, { isActive: 'true' }],
    [{ includeInactive: true }, { isActive: 'all' }],
    [{ type: 'TASK' }, { isActive: 'true', groupType: 'task' }],
    [{ search: 'sa' }, { isActive: 'true', search: 'sa' }],
    [{ search: ' a&b=c#d%20+é/../?' }, { isActive: 'true', search: ' a&b=c#d%20+é/../?' }],
    [{ search: ' \t' }, { isActive: 'true' }],
    [
      { modifiedSince: '2021-02-03T04:05:06+02:00' },
      { isActive: 'true', modified_gte: '2021-02-03T02:05:06.000Z' },
    ],
    [
      { createdSince: '2021-02-03T04:05:06.789Z' },
      { isActive: 'true', created_gte: '2021-02-03T04:05:06.789Z' },
    ],
    [
      {
        ...{ type: 'LINK', search: 'x', includeInactive: true },
        ...{ modifiedSince: '2021-01-01T00:00:00Z', createdSince: '2020-01-01T00:00:00Z' },
      },
      {
        ...{ groupType: 'link', search: 'x', isActive: 'all' },
        ...{ modified_gte: '2021-01-01T00:00:00.000Z', created_gte: '2020-01-01T00:00:00.000Z' },
      },
    ],
  ])('%j', async (filter, words) => {
    const { errors } = await ask({ filter });
    expect(errors).toBeUndefined();
    expect(queryOf(stage.sandbox.calls[0])).toEqual({ ...always, ...words });
  });

  test.each([
    [{ search: 'SAL' }, ['Sales', 'Sala de Control']],
    [{ search: 'intranet', includeInactive: true }, ['Intranet (antigua)', 'Intranet']],
    [{ modifiedSince: '2024-01-29T00:00:00Z' }, ['Sala de Control']],
    [{ search: 'no such group' }, []],
  ])('%j is what comes back', async (filter, names) => {
    const { data } = await ask({ filter });
    expect(data.groups.nodes.map(({ name }: any) => name)).toEqual(names);
  });
});

describe('refused without a call', () => {
  const isRefused = async (args: Args): Promise<string> => {
    const { data, errors } = await ask(args);
    expect(data).toEqual({ groups: null });
    expect(errors).toMatchObject([{ path: ['groups'], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(endpoints(stage.sandbox)).toEqual([]);
    return errors?.[0].message;
  };

  test.each([-1, -2_147_483_648, 501, 60_000, 2_147_483_647])('first: %j', async (first) => {
    expect(await isRefused({ first })).toContain('0 to 500');
  });

  test.each([1, 500])('but not first: %d', async (first) => {
    expect((await ask({ first })).errors).toBeUndefined();
  });

  test('a search of more than 200 characters, but not one of 200', async () => {
    await isRefused({ filter: { search: 'é'.repeat(201) } });
    expect((await ask({ filter: { search: 'é'.repeat(200) } })).errors).toBeUndefined();
  });

  test.each(['modifiedSince', 'createdSince'])(
    'a %s beyond the years that have four digits',
    async (name) => {
      for (const moment of ['9999-12-31T23:00:00-01:00', '0000-01-01T00:00:00+00:01']) {
        await isRefused({ filter: { [name]: moment } });
      }
      expect((await ask({ filter: { [name]: '0000-01-01T00:00:00Z' } })).errors).toBeUndefined();
      stage.sandbox.reset();
    },
  );

  test.each<Record<string, unknown>>([
    { first: '5' },
    { first: 1.5 },
    { first: 2 ** 31 },
    { filter: { modifiedSince: 'yesterday' } },
    { filter: { createdSince: '2021-02-30T00:00:00Z' } },
    { filter: { type: 'CHANNEL' } },
    { filter: { unknown: 1 } },
  ])('%j, which the schema has no room for', async (args) => {
    const { data, errors } = await ask(args);
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(endpoints(stage.sandbox)).toEqual([]);
  });

  describe('cursors', () => {
    const cursorOf = async (filter: Args['filter']): Promise<string> => {
      const { data } = await ask({ first: 2, filter: filter ?? null });
      stage.sandbox.reset();
      return data.groups.pageInfo.endCursor;
    };
    const encode = (value: unknown): string =>
      Buffer.from(JSON.stringify(value)).toString('base64url');

    const filters = [
      {},
      { includeInactive: true },
      { type: 'STANDARD' },
      { search: 's' },
      { modifiedSince: '2021-01-01T00:00:00Z' },
      { createdSince: '2020-01-01T00:00:00Z' },
    ];
    test.each(filters.flatMap((from) => filters.map((to) => [from, to] as const)))(
      'a cursor of %j with %j',
      async (from, to) => {
        const after = await cursorOf(from);
        if (from === to) expect((await ask({ after, filter: to })).errors).toBeUndefined();
        else await isRefused({ after, filter: to });
      },
    );

    test.each([
      '',
      ' ',
      'null',
      '%00',
      'abc',
      '5fb43a565ee842ad20f69751',
      encode(null),
      encode([]),
      encode({}),
      encode({ v: 1 }),
      '\u{1F600}',
      'a'.repeat(5000),
    ])('%j', async (after) => {
      await isRefused({ after });
    });

    test('one with any character changed', async () => {
      const cursor = await cursorOf({});
      for (let at = 0; at < cursor.length; at += 5) {
        const other = cursor[at] === 'A' ? 'B' : 'A';
        await isRefused({ after: cursor.slice(0, at) + other + cursor.slice(at + 1) });
      }
    });

    test('one that was cut, or has something behind it', async () => {
      const cursor = await cursorOf({});
      for (const after of [cursor.slice(0, -1), `${cursor}=`, `${cursor} `, ` ${cursor}`]) {
        await isRefused({ after });
      }
    });
  });
});

const CHAT = planted.messages.channel;

describe('an argument that is null is its default, and no record at all is an empty page', () => {
  const page = (first: string): string => `(first: ${first}, after: $after) {
    nodes { __typename } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }`;
  const everything = (first: string): string => `query ($after: String) {
    groups${page(first)}
    mainMenu {
      ... on StandardGroup { channels${page(first)} }
      ... on TaskGroup { tasks${page(first)} channels${page(first)} }
    }
  }`;
  /** All connections of the answer. */
  const pagesOf = async (first: string): Promise<any[]> => {
    const { data, errors } = (await stage.gateway.ask(everything(first))).body;
    expect(errors).toBeUndefined();
    return [data.groups, ...data.mainMenu.flatMap((entry: object) => Object.values(entry))];
  };

  /** Each argument that may be left out, as null, and each field of those that are objects. */
  const NULLS = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !/^(__|Subscription$)/.test(name))
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
    .filter(({ field }) => !field.args.some(isRequiredArgument))
    .flatMap(({ type, field: { name, args } }) =>
      args
        .filter((arg) => isNullableType(arg.type))
        .flatMap((arg) => [
          `${arg.name}: null`,
          ...(isInputObjectType(arg.type) ? Object.keys(arg.type.getFields()) : []).map(
            (inner) => `${arg.name}: { ${inner}: null }`,
          ),
        ])
        .map((given) => [type.name, name, given] as const),
    );
  const fieldOf = (type: string, field: string, args: string): string => {
    const isPage = field !== 'name';
    const selection = isPage ? '{ nodes { __typename } totalCount pageInfo { endCursor } }' : '';
    const page = `${field}${args} ${selection}`;
    if (type === 'Query') return `{ ${page} }`;
    if (type === 'Channel')
      return `{ channel(id: "${CHAT}") { ${field}${args} { nodes { __typename } pageInfo { endCursor } } } }`;
    return type === 'State'
      ? `{ mainMenu { ... on TaskGroup { stateMachines { states { ${page} } } } } }`
      : `{ mainMenu { ... on ${type} { ${page} } } }`;
  };

  test('there are many', () => expect(NULLS.length).toBeGreaterThan(20));

  test.each(NULLS)('%s.%s(%s)', async (type, field, given) => {
    const ask = async (args: string) => {
      stage.sandbox.reset();
      const headers = { 'x-explain': 'true' };
      const { body } = await stage.gateway.ask(fieldOf(type, field, args), { headers });
      const { cost, estimated } = body.extensions.upstream;
      // In any order: what one answer asks for next, another may have asked for before it.
      const calls = stage.sandbox.calls.map(({ path, query }) => JSON.stringify([path, query]));
      return { data: body.data, errors: body.errors, cost, estimated, calls: calls.sort() };
    };
    const nulls = await ask(`(${given})`);
    expect(nulls.errors).toBeUndefined();
    expect(nulls).toEqual(await ask(''));
  });

  test('0', async () => {
    const ones = await pagesOf('1');
    expect(ones.length).toBeGreaterThan(10);
    expect(await pagesOf('0')).toEqual(
      ones.map(({ nodes, totalCount, pageInfo }) => ({
        nodes: [],
        totalCount,
        pageInfo: {
          ...{ hasNextPage: nodes.length > 0, startCursor: null, endCursor: null },
          hasPreviousPage: pageInfo.hasPreviousPage,
        },
      })),
    );
    expect(new Set(ones.map(({ nodes }) => nodes.length))).toEqual(new Set([0, 1]));
  });

  test('0 behind a cursor', async () => {
    const { data } = await ask({ first: 3 });
    const rest = await ask({ first: 0, after: data.groups.pageInfo.endCursor });
    expect(rest.data.groups).toEqual({ nodes: [], pageInfo: { endCursor: null } });
  });
});
