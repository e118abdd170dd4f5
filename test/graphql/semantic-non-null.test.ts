import { describe, expect, test } from '@jest/globals';
import { buildSchema, getDirectiveValues, isInterfaceType, isObjectType } from 'graphql';
import { planted } from '../../sandbox/index.ts';
import type { Template } from '../../src/cotalker/call.ts';
import { printContract } from '../../src/graphql/contract.ts';
import { useStage } from '../support/stage.ts';

/*
 * `@semanticNonNull` promises that null stands for an error alone. Each null where it stands must have an error with
 * its path, whatever Cotalker answers.
 */

const stage = useStage({ limits: { callsPerRequest: 250, perOwner: 250, total: 250 } });
const schema = buildSchema(printContract());
const directive = schema.getDirective('semanticNonNull');

/** The levels at which a field has no null without an error. */
function levelsOf(typeName: string, fieldName: string): readonly number[] {
  const type = schema.getType(typeName);
  if (!directive || !(isObjectType(type) || isInterfaceType(type))) return [];
  const { astNode } = type.getFields()[fieldName] ?? {};
  const values = astNode && getDirectiveValues(directive, astNode);
  return (values?.['levels'] as readonly number[] | undefined) ?? [];
}

type Path = readonly (string | number)[];

/** The paths of all nulls where the schema has the directive, and which fields have been there at all. */
function look(data: unknown, typeName = 'Query') {
  const nulls: string[] = [];
  const seen = new Set<string>();
  const walk = (value: unknown, path: Path, type: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const { __typename: name = type, ...fields } = value as Record<string, unknown>;
    for (const [field, inner] of Object.entries(fields)) {
      const here = [...path, field];
      const levels = levelsOf(String(name), field);
      if (levels.length > 0) seen.add(`${String(name)}.${field}`);
      if (inner === null && levels.includes(0)) nulls.push(here.join('.'));
      const items = Array.isArray(inner) ? inner : [inner];
      items.forEach((item: unknown, index) => {
        const at = Array.isArray(inner) ? [...here, index] : here;
        if (item === null && Array.isArray(inner) && levels.includes(1)) nulls.push(at.join('.'));
        walk(item, at, '');
      });
    }
  };
  walk(data, [], typeName);
  return { nulls, seen };
}

const MESSAGES = planted.messages.channel;
const PEOPLE = '{ __typename id name email }';
const QUERY = `{
  mainMenu { __typename ... on MenuEntry { children { __typename } } }
  channel(id: "${MESSAGES}") { __typename messages(first: 30) { __typename
    nodes { __typename isRemoved } edges { __typename node { __typename } } } }
  groups(first: 12) { __typename nodes { ...Parts } edges { __typename node { __typename } } }
}
fragment Parts on Group {
  __typename
  ... on MenuEntry { children { __typename } }
  ... on StandardGroup { channels(first: 2) { ...Channels } }
  ... on TaskGroup {
    channels(first: 2) { ...Channels }
    workflow { __typename id }
    stateMachines { __typename states { __typename } }
    tasks(first: 2) { __typename
      nodes { __typename statuses { __typename slot } editors ${PEOPLE} followers ${PEOPLE} }
      edges { __typename node { __typename } }
    }
  }
}
fragment Channels on ChannelConnection { __typename
  nodes { __typename users ${PEOPLE} admins ${PEOPLE} }
  edges { __typename node { __typename } }
}`;

const ask = async () => {
  const { body } = await stage.gateway.ask(QUERY);
  const paths = (body.errors ?? []).map(({ path }): string => `${path.join('.')}.`);
  const { nulls, seen } = look(body.data);
  const silent = nulls.filter((path) => !paths.some((error) => error.startsWith(`${path}.`)));
  return { nulls, seen, silent };
};

test('where all is well there is no such null, and the query reads each field that promises', async () => {
  const { nulls, seen } = await ask();
  expect(nulls).toEqual([]);
  const promised = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type)
      ? Object.keys(type.getFields()).flatMap((field) =>
          levelsOf(type.name, field).length > 0 ? [`${type.name}.${field}`] : [],
        )
      : [],
  );
  // Of a subscription: an event is null only with the error that ends it.
  expect(promised.filter((name) => !seen.has(name)).toSorted()).toEqual([
    'Subscription.channelChanged',
    'Subscription.groupChanged',
  ]);
});

const LISTS: Template[] = [
  ...(['/v2/groups', '/v2/channels', '/v2/task-groups', '/v2/task-groups/{id}/tasks'] as const),
  ...(['/v1/tasks/{id}/sm/smstatemachine', '/v1/tasks/{id}/sm/smstate/all'] as const),
  '/v1/messages/channel/{id}/modified/{moment}',
];

describe.each(LISTS)('where %s fails, each has an error', (template) => {
  test.each([
    ['with 403', { status: 403 }],
    ['with 404', { status: 404 }],
    ['without an answer', { destroy: true }],
    ['with something else', { body: '{"data":{"other":[null,{}]}}' }],
  ])('%s', async (_, fault) => {
    stage.sandbox.fail({ template, ...fault });
    const { nulls, silent } = await ask();
    expect(nulls.length).toBeGreaterThan(0);
    expect(silent).toEqual([]);
  });
});

describe('where records cannot be read, each has an error', () => {
  test.each([
    'groups',
    'channels',
    'taskGroups',
    'tasks',
    'messages',
    'users',
    'states',
    'stateMachines',
  ] as const)('%s', async (of) => {
    const { data } = stage.sandbox;
    data[of].forEach((record, index) => {
      if (index % 2 === 0)
        for (const key of Object.keys(record)) if (key !== '_id') record[key] = { no: [] };
    });
    expect((await ask()).silent).toEqual([]);
  });
});
