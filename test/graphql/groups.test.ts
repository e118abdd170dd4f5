import { describe, expect, test } from '@jest/globals';
import {
  createCompany,
  type Fault,
  type RawRecord,
  type SandboxCall,
} from '../../sandbox/index.ts';
import { startGateway } from '../support/gateway.ts';
import {
  endpoints,
  idOf,
  plant,
  queryOf,
  range,
  rawGroup,
  rawTaskGroup,
  useStage,
} from '../support/stage.ts';

const stage = useStage();
const ask = async (query: string) => (await stage.gateway.ask(query)).body;

/** Asks a gateway of its own, whose choice of a way no other test has any part in, nor it in theirs. */
async function askNew(...queries: readonly string[]) {
  const gateway = await startGateway(stage.sandbox.url);
  const answers = [];
  for (const query of queries) answers.push((await gateway.ask(query)).body);
  await gateway.close();
  return answers as [Awaited<ReturnType<typeof ask>>, ...Awaited<ReturnType<typeof ask>>[]];
}

const TYPES = { STANDARD: 'StandardGroup', TASK: 'TaskGroup', LINK: 'LinkGroup' };
const PAGE = '{ groups(first: 500) { nodes { __typename ... on MenuEntry { id } } } }';

/** What the sheet says a raw group is, worked out apart from the gateway. */
function typeIn(taskGroups: readonly RawRecord[], group: RawRecord): string {
  const { url, cmd } = (group['link'] ?? {}) as { url?: string; cmd?: string };
  if ((url ?? '').trim() !== '' || (cmd ?? '').trim() !== '') return TYPES.LINK;
  return taskGroups.some(({ group: named }) => named === group['_id'])
    ? TYPES.TASK
    : TYPES.STANDARD;
}

describe('typing a page', () => {
  test('all groups of the company, in one listing and one look-up', async () => {
    const { groups, taskGroups, adminOnlyGroupIds } = createCompany();
    const seen = groups.filter(
      ({ _id, isActive }) => isActive !== false && !adminOnlyGroupIds.has(String(_id)),
    );
    const types = new Map(seen.map((group) => [group['_id'], typeIn(taskGroups, group)]));

    const { data, errors } = await ask(PAGE);
    expect(errors).toBeUndefined();
    const nodes: { id: string; __typename: string }[] = data.groups.nodes;
    expect(new Map(nodes.map(({ id, __typename }) => [id, __typename]))).toEqual(types);
    expect(new Set(types.values())).toEqual(new Set(Object.values(TYPES)));

    expect(endpoints(stage.sandbox)).toEqual(['/v2/groups', '/v2/task-groups']);
    const [listing, lookUp] = stage.sandbox.calls;
    expect(queryOf(listing)).toEqual({
      ...{ isActive: 'true', sortBy: 'modifiedAt', orderBy: 'asc', count: 'true' },
      ...{ page: '1', limit: '501' },
    });
    // All of them, whatever groups they are of: a server may take one of several `groupIds` alone.
    expect(queryOf(lookUp)).toEqual({
      ...{ isActive: 'all', sortBy: 'createdAt', orderBy: 'asc', count: 'true' },
      ...{ page: '1', limit: '1000' },
    });
  });

  test('nodes and edges, under several names, share the look-up', async () => {
    const fields = 'nodes { __typename } edges { node { __typename } }';
    const { data, errors } = await ask(`{
      groups { ...page } again: groups { ...page }
    } fragment page on GroupConnection { ${fields} again: nodes { __typename } }`);
    expect(errors).toBeUndefined();
    expect(data.groups.nodes).toEqual(data.groups.edges.map(({ node }: any) => node));
    expect(data.again).toEqual(data.groups);
    expect(endpoints(stage.sandbox)).toEqual(['/v2/groups', '/v2/task-groups']);
  });

  test.each([
    ['STANDARD', 'channel'],
    ['TASK', 'task'],
    ['LINK', 'link'],
  ] as const)('filter: {type: %s} is told by the server, without a look-up', async (type, word) => {
    const { data } = await ask(PAGE.replace('500', `500, filter: {type: ${type}}`));
    expect(data.groups.nodes.length).toBeGreaterThan(5);
    expect(new Set(data.groups.nodes.map((node: any) => node.__typename))).toEqual(
      new Set([TYPES[type]]),
    );
    expect(endpoints(stage.sandbox)).toEqual(['/v2/groups']);
    expect(queryOf(stage.sandbox.calls[0])).toMatchObject({ groupType: word });
  });

  test('no look-up for a page of links, nor where no group is asked for', async () => {
    plant(stage, [rawGroup(1, { link: { url: 'x' } }), rawGroup(2, { link: { cmd: 'x' } })]);
    await ask(PAGE);
    await ask('{ groups { totalCount pageInfo { hasNextPage endCursor } edges { cursor } } }');
    expect(endpoints(stage.sandbox)).toEqual(['/v2/groups', '/v2/groups']);
  });

  test('500 untyped groups take one look-up', async () => {
    const types = range(500).map((n) => (n % 3 === 0 ? TYPES.TASK : TYPES.STANDARD));
    plant(
      stage,
      range(500).map((n) => rawGroup(n)),
      range(500).flatMap((n) => (n % 3 === 0 ? rawTaskGroup(n) : [])),
    );
    const { data } = await ask(PAGE);
    expect(data.groups.nodes.map((node: any) => node.__typename)).toEqual(types);
    expect(endpoints(stage.sandbox)).toEqual(['/v2/groups', '/v2/task-groups']);
  });

  test('one group is looked up by its id alone', async () => {
    const { groups } = planted(3);
    const { data } = await ask('{ groups(first: 1) { nodes { __typename } } }');
    expect(data.groups.nodes).toEqual([{ __typename: TYPES.TASK }]);
    expect(queryOf(stage.sandbox.calls[1])).toMatchObject({ groupIds: groups[0]?.['_id'] });
  });

  test('few groups of many task groups are looked up one by one', async () => {
    planted(50);
    stage.sandbox.maxLimit = 5;
    const lookUps = () =>
      stage.sandbox.calls.map(queryOf).filter(({ sortBy }) => sortBy === 'createdAt');
    const query = '{ groups(first: 3) { nodes { __typename } } }';
    const answers = await askNew(query, query);
    for (const { data } of answers)
      expect(data.groups.nodes).toEqual(Array(3).fill({ __typename: TYPES.TASK }));
    // That the whole list takes ten calls is known from its second page on.
    expect(lookUps().map(({ groupIds }) => groupIds)).toEqual([
      undefined,
      undefined,
      ...range(3).map(idOf),
      undefined,
      undefined,
      ...range(3).map(idOf),
    ]);
  });

  function planted(count: number) {
    const groups = range(count).map((n) => rawGroup(n));
    plant(
      stage,
      groups,
      range(count).map((n) => rawTaskGroup(n)),
    );
    return { groups };
  }

  test('a server that returns fewer task groups than asked is read to the end', async () => {
    plant(
      stage,
      range(9).map((n) => rawGroup(n)),
      range(9).map((n) => rawTaskGroup(n)),
    );
    stage.sandbox.maxLimit = 4;
    const { data } = await ask('{ groups(first: 3) { nodes { __typename } } }');
    expect(data.groups.nodes).toEqual(Array(3).fill({ __typename: TYPES.TASK }));
    stage.sandbox.maxLimit = 2;
    const { data: again } = await ask(PAGE);
    expect(again.groups.nodes.map((node: any) => node.__typename)).toEqual(
      Array(9).fill(TYPES.TASK),
    );
  });

  test('an inactive task group, and one that comes in another order, still tell', async () => {
    plant(
      stage,
      range(3).map((n) => rawGroup(n)),
      [
        rawTaskGroup(3, { isActive: false, createdAt: '2000-01-01T00:00:00.000Z' }),
        rawTaskGroup(1),
      ],
    );
    const { data } = await ask(PAGE);
    expect(data.groups.nodes.map((node: any) => node.__typename)).toEqual([
      ...[TYPES.TASK, TYPES.STANDARD, TYPES.TASK],
    ]);
  });

  test.each(['values', 'taskgroups'])('task groups are read from data.%s', async (key) => {
    plant(stage, [rawGroup(1), rawGroup(2)]);
    stage.sandbox.fail({
      template: '/v2/task-groups',
      body: JSON.stringify({ data: { [key]: [rawTaskGroup(2)], counter: 1 } }),
    });
    const { data } = await ask(PAGE);
    expect(data.groups.nodes.map((node: any) => node.__typename)).toEqual([
      TYPES.STANDARD,
      TYPES.TASK,
    ]);
  });
});

describe('a look-up that fails', () => {
  const failures: [name: string, fault: Fault, code: string][] = [
    ['401', { status: 401 }, 'UNAUTHENTICATED'],
    ['403', { status: 403 }, 'FORBIDDEN'],
    ['429', { status: 429 }, 'RATE_LIMITED'],
    ['500', { status: 500 }, 'UPSTREAM_UNAVAILABLE'],
    ['dropped', { destroy: true }, 'UPSTREAM_UNAVAILABLE'],
    ['HTML', { body: '<html>' }, 'UPSTREAM_INVALID_RESPONSE'],
    ['no collection', { body: '{"data":{}}' }, 'UPSTREAM_INVALID_RESPONSE'],
    ['a collection of null', { body: '{"data":{"taskgroups":null}}' }, 'UPSTREAM_INVALID_RESPONSE'],
  ];

  test.each(failures)(
    '%s: fails the groups that depend on it, no other',
    async (_, fault, code) => {
      plant(
        stage,
        [rawGroup(1), rawGroup(2, { link: { url: 'x' } }), rawGroup(3)],
        [rawTaskGroup(3)],
      );
      stage.sandbox.fail({ ...fault, template: '/v2/task-groups' });
      const [{ data, errors }] = await askNew(
        '{ groups { totalCount nodes { __typename ... on MenuEntry { id } } edges { cursor node { __typename } } } }',
      );
      expect(data.groups.nodes).toEqual([null, { __typename: TYPES.LINK, id: idOf(2) }, null]);
      expect(data.groups.edges.map((edge: any) => edge.node)).toEqual([
        ...[null, { __typename: TYPES.LINK }, null],
      ]);
      expect(data.groups.totalCount).toBe(3);
      expect(
        errors?.map(({ path, extensions }) => [path.join('.'), extensions.code]).sort(),
      ).toEqual([
        ...['groups.edges.0.node', 'groups.edges.2.node', 'groups.nodes.0', 'groups.nodes.2'].map(
          (path) => [path, code],
        ),
      ]);
    },
  );

  test('of the whole list alone: each group is asked for by itself, and fails by itself', async () => {
    plant(
      stage,
      range(12).map((n) => rawGroup(n)),
      range(12).flatMap((n) => (n % 2 === 0 ? rawTaskGroup(n) : [])),
    );
    const groupsOf = (call: SandboxCall) => queryOf(call)['groupIds'];
    stage.sandbox.fail({
      template: '/v2/task-groups',
      status: 403,
      matches: (call) => groupsOf(call) === undefined,
    });
    stage.sandbox.fail({
      template: '/v2/task-groups',
      status: 500,
      matches: (call) => groupsOf(call) === idOf(8),
    });
    const [{ data, errors }] = await askNew(PAGE);
    expect(data.groups.nodes.map((node: any) => node?.__typename)).toEqual(
      range(12).map((n) => (n === 8 ? undefined : n % 2 === 0 ? TYPES.TASK : TYPES.STANDARD)),
    );
    expect(errors?.map(({ path, extensions }) => [path[2], extensions.code])).toEqual([
      [7, 'UPSTREAM_UNAVAILABLE'],
    ]);
    expect(stage.sandbox.calls).toHaveLength(14);
  });

  test('a malformed task group tells the type all the same, by its id and its group', async () => {
    plant(
      stage,
      range(3).map((n) => rawGroup(n)),
      [rawTaskGroup(1, { isActive: 'yes' }), rawTaskGroup(2)],
    );
    const { data, errors } = await ask(PAGE);
    expect(data.groups.nodes.map((node: any) => node?.__typename)).toEqual([
      ...[TYPES.TASK, TYPES.TASK, TYPES.STANDARD],
    ]);
    expect(errors).toBeUndefined();
  });

  test('one that hides its id fails the group that it names, and no other', async () => {
    plant(
      stage,
      range(3).map((n) => rawGroup(n)),
      [rawTaskGroup(1, { _id: 5 }), rawTaskGroup(2)],
    );
    const { data, errors } = await ask(PAGE);
    expect(data.groups.nodes.map((node: any) => node?.__typename)).toEqual([
      ...[undefined, TYPES.TASK, TYPES.STANDARD],
    ]);
    expect(errors).toMatchObject([
      { path: ['groups', 'nodes', 0], extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } },
    ]);
  });

  test.each([[{ _id: 5, group: 6 }], [null], ['text'], [[]]])(
    'after %j nobody can tell which groups have none: those fail, those found are served',
    async (broken) => {
      plant(stage, [rawGroup(1), rawGroup(2), rawGroup(3, { link: { url: 'x' } })]);
      stage.sandbox.fail({
        template: '/v2/task-groups',
        body: JSON.stringify({ data: { taskgroups: [broken, rawTaskGroup(2)], count: 2 } }),
      });
      const { data, errors } = await ask(PAGE);
      expect(data.groups.nodes.map((node: any) => node?.__typename)).toEqual([
        ...[undefined, TYPES.TASK, TYPES.LINK],
      ]);
      expect(errors).toHaveLength(1);
    },
  );
});
