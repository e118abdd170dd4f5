import { describe, expect, test } from '@jest/globals';
import { createCompany, planted, type RawRecord } from '../../sandbox/index.ts';
import {
  endpoints,
  idOf,
  momentOf,
  plant,
  queryOf,
  range,
  rawGroup,
  useStage,
} from '../support/stage.ts';

const stage = useStage();

interface Args {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly filter?: Readonly<Record<string, unknown>> | null;
}
/** Links need no look-up: the calls made are the listing's alone. */
const asLink = { link: { url: 'x' } };
const PAGE = `query ($first: Int, $after: String, $filter: GroupFilter) {
  groups(first: $first, after: $after, filter: $filter) {
    totalCount
    edges { cursor node { ... on MenuEntry { id name isActive } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;
const ask = async (variables: Args, query = PAGE) =>
  (await stage.gateway.ask(query, { variables: { ...variables } })).body;

async function pageOf(variables: Args) {
  const { data, errors } = await ask(variables);
  expect(errors).toBeUndefined();
  return data.groups;
}
const idsOf = (page: any): string[] => page.edges.map(({ node }: any) => node.id);

/** All pages, with `between` called after each. */
async function traverse(args: Args, between: (page: number) => void = () => undefined) {
  const pages: any[] = [];
  let after: string | null = null;
  for (let page = 1; ; page += 1) {
    const got: any = await pageOf({ ...args, after });
    pages.push(got);
    if (!got.pageInfo.hasNextPage) return { pages, ids: pages.flatMap(idsOf) };
    after = got.pageInfo.endCursor;
    between(page);
    if (page > 200) throw new Error('the traversal does not end');
  }
}

/** The oldest change first, those without a date before all, ties by id. */
const inOrder = (groups: readonly RawRecord[]): unknown[] =>
  groups
    .map(({ _id, modifiedAt }) => [(modifiedAt as string | undefined) ?? '', String(_id)])
    .sort()
    .map(([, id]) => id);

const visible = (includeInactive: boolean): RawRecord[] => {
  const { groups, adminOnlyGroupIds } = createCompany();
  return groups.filter(
    ({ _id, isActive }) =>
      !adminOnlyGroupIds.has(String(_id)) && (includeInactive || isActive !== false),
  );
};

describe('a traversal returns every group once, in order', () => {
  test.each([1, 2, 7, 37, 38, 39, 500])('first: %d', async (first) => {
    const { pages, ids } = await traverse({ first });
    expect(ids).toEqual(inOrder(visible(false)));
    expect(pages).toHaveLength(Math.ceil(ids.length / first));
    expect(new Set(pages.map(({ totalCount }) => totalCount))).toEqual(new Set([ids.length]));
    for (const [index, { pageInfo, edges }] of pages.entries()) {
      expect(pageInfo).toEqual({
        hasPreviousPage: index > 0,
        hasNextPage: index < pages.length - 1,
        startCursor: edges[0].cursor,
        endCursor: edges.at(-1).cursor,
      });
    }
  });

  test('inactive ones too, where they are asked for', async () => {
    const { ids, pages } = await traverse({ first: 10, filter: { includeInactive: true } });
    expect(ids).toEqual(inOrder(visible(true)));
    const inactive = pages.flatMap(({ edges }) =>
      edges.flatMap(({ node }: any) => (node.isActive ? [] : node.id)),
    );
    expect(inactive.sort()).toEqual([...planted.groups.inactive].sort());
  });

  test.each([1, 3, 10].flatMap((cap) => [1, 2, 5, 500].map((first) => [cap, first])))(
    'a server that returns %d at the most, first: %d, with ties and without dates',
    async (cap = 0, first = 0) => {
      const groups = [
        ...range(12).map((n) => rawGroup(n, asLink)),
        ...range(4, 20).map((n) => rawGroup(n, { ...asLink, modifiedAt: momentOf(6) })),
        ...range(2, 30).map((n) => rawGroup(n, { ...asLink, modifiedAt: undefined })),
      ].reverse();
      plant(stage, groups);
      stage.sandbox.maxLimit = cap;
      const { ids, pages } = await traverse({ first });
      expect(ids).toEqual(inOrder(groups));
      expect(new Set(pages.map(({ totalCount }) => totalCount))).toEqual(new Set([18]));
    },
  );

  test('no group at all', async () => {
    plant(stage, []);
    expect(await pageOf({})).toEqual({
      ...{ totalCount: 0, edges: [] },
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  test('first is 50 if it is left out, and one call is enough', async () => {
    plant(
      stage,
      range(60).map((n) => rawGroup(n, asLink)),
    );
    expect(idsOf(await pageOf({}))).toEqual(range(50).map(idOf));
    expect(endpoints(stage.sandbox)).toEqual(['/v2/groups']);
  });
});

describe('groups that change meanwhile', () => {
  const touch = (n: number, at: number): void => {
    const group = stage.sandbox.data.groups.find(({ _id }) => _id === idOf(n));
    if (group) group['modifiedAt'] = momentOf(at);
  };

  test.each([1, 2, 3, 10])(
    'first: %d: none is lost, none repeats unless it changed',
    async (first) => {
      plant(
        stage,
        range(20).map((n) => rawGroup(n, asLink)),
      );
      const changed = [1, 15, 2];
      const { ids } = await traverse({ first }, (page) => {
        const n = changed[page - 1];
        if (n !== undefined) touch(n, 100 + page);
      });
      const count = Map.groupBy(ids, (id) => id);
      expect([...count.keys()].sort()).toEqual(range(20).map(idOf));
      const repeated = [...count].flatMap(([id, { length }]) => (length > 1 ? id : []));
      expect(changed.map(idOf)).toEqual(expect.arrayContaining(repeated));
      expect(Math.max(...[...count.values()].map(({ length }) => length))).toBeLessThanOrEqual(2);
    },
  );

  test('a kept cursor lists what changed since, and nothing else', async () => {
    plant(
      stage,
      range(5).map((n) => rawGroup(n, asLink)),
    );
    const { endCursor } = (await pageOf({})).pageInfo;
    expect(idsOf(await pageOf({ after: endCursor }))).toEqual([]);

    touch(4, 50);
    touch(2, 60);
    stage.sandbox.data.groups.push(rawGroup(9, { ...asLink, modifiedAt: momentOf(5) }));
    expect(idsOf(await pageOf({ after: endCursor }))).toEqual([9, 4, 2].map(idOf));
  });

  test('each edge has a cursor to go on after it', async () => {
    const { edges } = await pageOf({ first: 30 });
    const [, ...following] = idsOf({ edges });
    for (const [index, id] of following.entries()) {
      const next = await pageOf({ first: 1, after: edges[index].cursor });
      expect(idsOf(next)).toEqual([id]);
    }
  });
});

describe('totalCount', () => {
  const TOTAL = `query ($first: Int, $after: String, $filter: GroupFilter) {
    groups(first: $first, after: $after, filter: $filter) { totalCount pageInfo { endCursor } }
  }`;

  test.each([undefined, { modifiedSince: '2022-08-01T00:00:00Z' }, { search: 's' }])(
    'with the filter %j: rides along on the first page, costs one call on a later one',
    async (filter) => {
      const first = (await ask({ first: 5, filter: filter ?? null }, TOTAL)).data.groups;
      const total = idsOf(await pageOf({ first: 500, filter: filter ?? null })).length;
      expect(total).toBeGreaterThan(5);
      expect(first.totalCount).toBe(total);
      expect(endpoints(stage.sandbox).filter((name) => name === '/v2/groups')).toHaveLength(2);

      stage.sandbox.reset();
      const after = first.pageInfo.endCursor;
      const later = (await ask({ first: 5, after, filter: filter ?? null }, TOTAL)).data.groups;
      expect(later.totalCount).toBe(total);
      expect(endpoints(stage.sandbox)).toEqual(['/v2/groups', '/v2/groups']);
      expect(queryOf(stage.sandbox.calls[1])).toMatchObject({
        limit: '1',
        page: '1',
        count: 'true',
      });

      stage.sandbox.reset();
      await ask({ first: 5, after, filter: filter ?? null }, TOTAL.replace('totalCount', ''));
      expect(endpoints(stage.sandbox)).toEqual(['/v2/groups']);
    },
  );

  test('that fails on a later page is null with its error, and the page is complete', async () => {
    const { endCursor } = (await pageOf({ first: 5 })).pageInfo;
    stage.sandbox.fail({
      ...{ template: '/v2/groups', status: 500 },
      matches: (call) => queryOf(call)['limit'] === '1',
    });
    const { data, errors } = await ask({ first: 5, after: endCursor });
    expect(data.groups).toMatchObject({ totalCount: null, pageInfo: { hasNextPage: true } });
    expect(idsOf(data.groups)).toHaveLength(5);
    expect(errors).toMatchObject([
      { path: ['groups', 'totalCount'], extensions: { code: 'UPSTREAM_UNAVAILABLE' } },
    ]);
  });
});
