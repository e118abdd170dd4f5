import { afterEach, describe, expect, test } from '@jest/globals';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { answerWith, startUpstream, type StubUpstream } from '../support/upstream.ts';

/** What the public documentation shows as the answer of `GET /v2/groups/`, word for word. */
const SEED = {
  data: {
    groups: [
      {
        _id: '5fb43a565ee842ad20f69751',
        name: 'South Pacific Sales (2020)',
        code: 'south_pacific_sales_2020',
        createdAt: '2020-11-12T15:39:33.001Z',
        modifiedAt: '2020-11-12T15:39:33.005Z',
      },
      {
        _id: '5fb43aedb4508f03e1d9916b',
        name: 'Northern Division - Projections 2021',
        code: 'north_division_2021',
        createdAt: '2020-10-14T19:38:39.585Z',
        modifiedAt: '2020-11-12T14:21:28.358Z',
      },
    ],
  },
};

/** What the service answers after creating a group with nothing but a name and a code. */
const CREATED = JSON.parse(
  `{"createChannels":{"requiredPermission":[],"requiredPermissionsV2":[]},"link":{"requiredPermission":[],"requiredPermissionsV2":[]},"isActive":true,"color":"#000000","search":["the","best","group","ever"],"hideChannelsByProperties":[],"channelsWithoutCategoryLocation":"top","groupSort":"a-z","groupSortDirection":"asc","innerSort":"lastMessage","innerSortDirection":"desc","_id":"619e51fee8b60a63b678aa94","nameDisplay":"The Best Group Ever!","nameCode":"best_group","company":"619e51f3e7e198f18fe56a01","createdAt":"2021-11-24T14:11:26.195Z","actions":[],"modifiedAt":"2021-11-24T14:11:26.199Z","weight":135,"__v":0}`,
) as Record<string, unknown>;

const FIELDS = `__typename ... on MenuEntry {
  id name code createdAt modifiedAt isActive weight icon { path color }
  parent { __typename } children { __typename } actions { id }
} ... on StandardGroup { isCategory }`;

const seed = [
  {
    ...{ __typename: 'StandardGroup', id: '5fb43aedb4508f03e1d9916b' },
    ...{ name: 'Northern Division - Projections 2021', code: 'north_division_2021' },
    ...{ createdAt: '2020-10-14T19:38:39.585Z', modifiedAt: '2020-11-12T14:21:28.358Z' },
    ...{ isActive: true, weight: null, icon: null, parent: null, children: [], actions: [] },
    isCategory: false,
  },
  {
    ...{ __typename: 'StandardGroup', id: '5fb43a565ee842ad20f69751' },
    ...{ name: 'South Pacific Sales (2020)', code: 'south_pacific_sales_2020' },
    ...{ createdAt: '2020-11-12T15:39:33.001Z', modifiedAt: '2020-11-12T15:39:33.005Z' },
    ...{ isActive: true, weight: null, icon: null, parent: null, children: [], actions: [] },
    isCategory: false,
  },
];
const created = {
  ...{ __typename: 'StandardGroup', id: '619e51fee8b60a63b678aa94' },
  ...{ name: 'The Best Group Ever!', code: 'best_group' },
  ...{ createdAt: '2021-11-24T14:11:26.195Z', modifiedAt: '2021-11-24T14:11:26.199Z' },
  ...{ isActive: true, weight: 135, icon: { path: null, color: '#000000' } },
  ...{ parent: null, children: [], actions: [], isCategory: false },
};

let upstream: StubUpstream;
let gateway: TestGateway;
const serve = async (groups: unknown, taskGroups: readonly unknown[] = []): Promise<void> => {
  upstream = await startUpstream(
    answerWith({
      '/v2/groups': groups,
      '/v2/task-groups': { data: { taskgroups: taskGroups } },
      [`/v2/groups/${created.id}`]: { data: CREATED },
    }),
  );
  gateway = await startGateway(upstream.url);
};
afterEach(async () => {
  await gateway.close();
  await upstream.close();
});

describe('the answer that the seed shows, whatever is asked for', () => {
  test('comes back as two typed groups', async () => {
    await serve(SEED);
    const { body } = await gateway.ask(`{ groups { totalCount nodes { ${FIELDS} } } }`);
    expect(body).toEqual({ data: { groups: { totalCount: 2, nodes: seed } } });
  });

  test('a task group that names one of them makes it one', async () => {
    await serve(SEED, [{ _id: created.id, group: seed[0]?.id }]);
    const { body } = await gateway.ask('{ groups { nodes { __typename } } }');
    expect(body).toEqual({
      data: { groups: { nodes: [{ __typename: 'TaskGroup' }, { __typename: 'StandardGroup' }] } },
    });
  });

  test('is the main menu, and each is found by its id', async () => {
    await serve(SEED);
    const { body } = await gateway.ask(
      `{ mainMenu { ${FIELDS} } group(id: "${seed[1]?.id}") { ${FIELDS} } }`,
    );
    expect(body).toEqual({ data: { mainMenu: seed, group: seed[1] } });
  });
});

describe('the full generation', () => {
  test('a group just created is a standard group: its link holds permission lists only', async () => {
    await serve({ data: { groups: [CREATED], count: 1 } });
    const { body } = await gateway.ask(`{ groups { nodes { ${FIELDS} } } mainMenu { ${FIELDS} } }`);
    expect(body).toEqual({ data: { groups: { nodes: [created] }, mainMenu: [created] } });
  });

  test('by its id in admin mode', async () => {
    await serve({ data: { groups: [] } });
    const query = `{ group(id: "${created.id}") { ${FIELDS} } }`;
    const { body } = await gateway.ask(query, { headers: { admin: 'true' } });
    expect(body).toEqual({ data: { group: created } });
  });

  test('both generations on one page, with a total called "counter"', async () => {
    await serve({ data: { groups: [...SEED.data.groups, CREATED], counter: 3 } });
    const { body } = await gateway.ask(`{ groups { totalCount nodes { ${FIELDS} } } }`);
    expect(body).toEqual({ data: { groups: { totalCount: 3, nodes: [...seed, created] } } });
    expect(upstream.calls.map(({ url }) => url.replace(/\?.*/, ''))).toEqual([
      '/api/v2/groups',
      '/api/v2/task-groups',
    ]);
  });
});
