import { describe, expect, test } from '@jest/globals';
import { getNamedType, isObjectType } from 'graphql';
import { objectId, planted } from '../../../sandbox/index.ts';
import { ASKS } from '../../../src/graphql/limits/asks.ts';
import { createGatewaySchema } from '../../../src/graphql/schema.ts';
import type { AskOptions } from '../../support/gateway.ts';
import { useStage } from '../../support/stage.ts';

const stage = useStage();
const EXPLAIN = { 'x-explain': 'true' };

async function explain(query: string, options: AskOptions = {}) {
  const { body } = await stage.gateway.ask(query, { ...options, headers: EXPLAIN });
  const { estimated, calls } = body.extensions.upstream;
  return { estimated, calls };
}

const group = (fields: string): string =>
  `{ group(id: "${objectId('group', 'field_works')}") { ${fields} } }`;
const tasks = (fields: string): string =>
  group(`... on TaskGroup { tasks(first: 23) { nodes { ${fields} } } }`);
const chat = (fields: string): string =>
  `{ channel(id: "${planted.messages.channel}") { messages { ${fields} } } }`;
const WORKS = objectId('group', 'field_works');
const ERRORS = 'errors { __typename message ... on NotANextState { allowed { id name } } }';
const entry = '__typename ... on MenuEntry { name }';

describe('what the shape of a query tells of its calls', () => {
  test.each<[string, number]>([
    ['{ __typename }', 0],
    ['{ groups { totalCount } }', 1],
    ['{ groups(filter: { type: TASK }) { nodes { __typename } } }', 1],
    ['{ groups { edges { node { __typename } } } }', 2],
    ['{ a: groups { totalCount } b: groups(first: 3) { totalCount } }', 1],
    ['{ a: groups { totalCount } b: groups(filter: { type: LINK }) { totalCount } }', 2],
    [`{ mainMenu { ... on MenuEntry { name children { ... on MenuEntry { name } } } } }`, 1],
    [`{ mainMenu { ${entry} ... on MenuEntry { children { ${entry} } } } }`, 2],
    [
      `{ mainMenu { ...A } } fragment A on Group { ... on StandardGroup { channels { totalCount } } }`,
      3,
    ],
    [chat('nodes { __typename id }'), 2],
    [chat('nodes { id sender { name } channel { id } }'), 3],
    [group('... on TaskGroup { workflow { code } }'), 2],
    [group('... on TaskGroup { stateMachine { id } }'), 2],
    [
      group(`... on TaskGroup { stateMachine { name } stateMachines { name initialState { name }
        states { name code type transitions { by to { name type } } } } }`),
      5,
    ],
    [tasks('name state { id } assignee { id }'), 3],
    [tasks('name state { name } assignee { name }'), 5],
    [tasks('name state { name type } assignee { name }'), 6],
    [tasks('name state { name type @skip(if: true) } assignee @include(if: false) { name }'), 4],
    [
      tasks(
        'state { name } stateMachine { name } editors { name } channel { name users { name } }',
      ),
      7,
    ],
    [
      `{ channel(id: "${objectId('channel', 'control_room_s_e_quilicura')}") { users { name } } }`,
      2,
    ],
  ])('%s: %i', async (query, estimated) => {
    expect(await explain(query)).toEqual({ estimated, calls: estimated });
  });

  test.each([
    ['a: SEND', 2],
    ['a: SEND b: SEND', 3],
    ['a: MOVE b: MOVE', 5],
  ])('%s: %i, whatever is asked for below errors', async (fields, estimated) => {
    const send = `sendMessage(input: { channelId: "${planted.messages.channel}", text: "a" }) { ${ERRORS} }`;
    const move = `moveTask(input: { groupId: "${WORKS}", taskId: "${WORKS}", stateId: "${WORKS}" }) { ${ERRORS} }`;
    const query = `mutation { ${fields.replaceAll('SEND', send).replaceAll('MOVE', move)} }`;
    expect(await explain(query)).toMatchObject({ estimated });
  });

  test('by its variables', async () => {
    const query =
      'query ($filter: GroupFilter, $typed: Boolean!) { groups(filter: $filter) { nodes { ... on MenuEntry { id } __typename @include(if: $typed) } } }';
    for (const [variables, estimated] of [
      [{ typed: true }, 2],
      [{ typed: true, filter: { type: 'LINK' } }, 1],
      [{ typed: true, filter: { type: null } }, 2],
      [{ typed: false }, 1],
    ] as const)
      expect(await explain(query, { variables })).toEqual({ estimated, calls: estimated });
  });

  test('and never more than there are where a list has several groups', async () => {
    const { estimated, calls } = await explain(
      '{ mainMenu { ... on TaskGroup { tasks { nodes { state { type } } } } } }',
    );
    expect(estimated).toBe(4);
    expect(calls).toBeGreaterThan(20);
  });
});

test('an argument that is refused fails its field alone, as without an estimate', async () => {
  const query = 'query ($id: ID = "0") { __typename group(id: $id) { __typename } }';
  const { body } = await stage.gateway.ask(query, { variables: { id: null } });
  expect(body).toMatchObject({
    data: { __typename: 'Query', group: null },
    errors: [{ path: ['group'] }],
  });
});

test('each field that leads to records says what it asks for', () => {
  // What these lead to has come with what they are on.
  const told = new Set([
    ...['Channel.group', 'StateTransition.to'],
    ...['Subscription.groupChanged', 'Subscription.channelChanged'],
    // Their mutation brings them.
    ...['MoveTaskPayload.task', 'CreateTaskPayload.task', 'SendMessagePayload.message'],
    'NotANextState.allowed',
  ]);
  const RECORDS =
    /^(Group|StandardGroup|TaskGroup|LinkGroup|MenuEntry|Channel|Message|Task|User|State|StateMachine|Workflow|\w+Connection)$/;
  const fields = Object.values(createGatewaySchema().getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !/^__|(Connection|Edge)$/.test(name))
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({
        at: `${type.name}.${field.name}`,
        to: getNamedType(field.type).name,
      })),
    )
    .filter(({ to }) => RECORDS.test(to))
    .map(({ at }) => at)
    .filter((at) => !told.has(at));
  expect(Object.keys(ASKS)).toEqual(expect.arrayContaining(fields));
});
