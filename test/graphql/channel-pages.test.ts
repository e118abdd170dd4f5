import { describe, expect, test } from '@jest/globals';
import type { RawRecord } from '../../sandbox/index.ts';
import { idOf, momentOf, plant, queryOf, range, rawGroup, useStage } from '../support/stage.ts';

const stage = useStage();

const rawChannel = (n: number, more: RawRecord = {}): RawRecord => ({
  _id: idOf(0x10000 + n),
  group: idOf(1),
  nameDisplay: `Channel ${n}`,
  search: [`channel ${n}`],
  modifiedAt: momentOf(n),
  ...more,
});

/** Two groups: the first with 25 channels, of which every tenth is inactive; the second with 3. */
function prepare(): void {
  plant(stage, [rawGroup(1), rawGroup(2)]);
  stage.sandbox.data.channels = [
    ...range(25).map((n) => rawChannel(n, n % 10 === 0 ? { isActive: false } : {})),
    ...range(3, 31).map((n) => rawChannel(n, { group: idOf(2) })),
  ];
}

const PAGE = `totalCount nodes { name } edges { cursor node { name } }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;

/** A page of a group's channels: the first group's, unless `group` says otherwise. */
async function ask(args: string, fields = PAGE, group = 1) {
  stage.sandbox.calls.length = 0;
  const { body } = await stage.gateway.ask(
    `{ groups(filter: { type: STANDARD, search: "group ${group}" }) { nodes {
      ... on StandardGroup { channels${args && `(${args})`} { ${fields} } } } } }`,
  );
  return { page: body.data.groups.nodes[0].channels, errors: body.errors };
}

const channelCalls = () =>
  stage.sandbox.calls.filter(({ template }) => template === '/v2/channels').map(queryOf);
const names = (numbers: readonly number[]) => numbers.map((n) => ({ name: `Channel ${n}` }));
const active = range(25).filter((n) => n % 10 !== 0);

describe('a page', () => {
  test.each<[string, number[], number]>([
    ['', active.slice(0, 20), 23],
    ['first: 3', active.slice(0, 3), 23],
    ['first: 500', active, 23],
    ['first: 23', active, 23],
    ['first: 500, includeInactive: true', range(25), 25],
    ['first: 500, includeInactive: null', active, 23],
    ['search: "channel 2"', [2, 21, 22, 23, 24, 25], 6],
    ['search: "channel 2", includeInactive: true', [2, 20, 21, 22, 23, 24, 25], 7],
    ['search: " "', active.slice(0, 20), 23],
    ['search: "nothing"', [], 0],
  ])('(%s)', async (args, expected, totalCount) => {
    prepare();
    const { page, errors } = await ask(args);
    expect(errors).toBeUndefined();
    expect(page.nodes).toEqual(names(expected));
    expect(page.edges.map(({ node }: any) => node)).toEqual(page.nodes);
    expect(page.totalCount).toBe(totalCount);
    expect(page.pageInfo).toEqual({
      hasNextPage: expected.length < totalCount,
      hasPreviousPage: false,
      startCursor: page.edges.at(0)?.cursor ?? null,
      endCursor: page.edges.at(-1)?.cursor ?? null,
    });
    expect(channelCalls()).toHaveLength(1);
  });

  test("is asked for in the upstream's words", async () => {
    prepare();
    await ask('first: 7, search: "ñandú & co", includeInactive: true');
    expect(channelCalls()).toEqual([
      {
        group: idOf(1),
        search: 'ñandú & co',
        isActive: 'all',
        directChannels: 'all',
        sortBy: 'modifiedAt',
        orderBy: 'asc',
        count: 'true',
        page: '1',
        limit: '8',
      },
    ]);
  });

  test.each([-1, 501])('first: %d is refused before any call', async (first) => {
    prepare();
    const { page, errors } = await ask(`first: ${first}`);
    expect(page).toBeNull();
    expect(errors).toMatchObject([
      { path: ['groups', 'nodes', 0, 'channels'], extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect(channelCalls()).toEqual([]);
  });
});

describe('page after page', () => {
  test.each([
    [1, 1000],
    [7, 1000],
    [22, 1000],
    [23, 1000],
    [4, 3],
    [5, 10],
  ])('of %d, where the server gives %d at most: each channel once', async (first, cap) => {
    prepare();
    stage.sandbox.maxLimit = cap;
    const seen: unknown[] = [];
    let after = '';
    for (let hasNextPage = true; hasNextPage;) {
      const { page, errors } = await ask(`first: ${first}${after}`);
      expect(errors).toBeUndefined();
      expect(page.totalCount).toBe(23);
      expect(page.pageInfo.hasPreviousPage).toBe(after !== '');
      seen.push(...page.nodes);
      ({ hasNextPage } = page.pageInfo);
      expect(hasNextPage).toBe(seen.length < 23);
      after = `, after: "${page.pageInfo.endCursor}"`;
    }
    expect(seen).toEqual(names(active));
  });

  test('from any place, also one inside of a moment', async () => {
    prepare();
    // 7 share a moment; their order is that of their ids.
    for (const channel of stage.sandbox.data.channels.slice(5, 12)) {
      channel['modifiedAt'] = momentOf(6);
    }
    const { page: whole } = await ask('first: 500', 'edges { cursor node { name } }');
    const edges: any[] = whole.edges;
    for (const [index, { cursor }] of edges.entries()) {
      const { page } = await ask(`first: 4, after: "${cursor}"`, 'nodes { name }');
      const rest = edges.slice(index + 1, index + 5);
      expect(page.nodes).toEqual(rest.map(({ node }) => node));
    }
  });

  test('the total behind a cursor takes a call of its own, where it is asked for', async () => {
    prepare();
    const { page } = await ask('first: 3');
    const args = `first: 3, after: "${page.pageInfo.endCursor}"`;
    await ask(args, 'nodes { name }');
    expect(channelCalls()).toHaveLength(1);
    expect((await ask(args)).page.totalCount).toBe(23);
    expect(channelCalls()).toHaveLength(2);
  });
});

describe('a cursor', () => {
  const cursorOf = async (args: string) => {
    prepare();
    return String((await ask(args)).page.pageInfo.endCursor);
  };
  const refused = {
    page: null,
    errors: [expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } })],
  };

  test.each([
    ['another group', '', '', 2],
    ['another search', '', 'search: "channel 2"', 1],
    ['no search', 'search: "channel 2"', '', 1],
    ['inactive ones too', '', 'includeInactive: true', 1],
  ])('is refused by %s, without a call', async (_, from, to, group) => {
    const cursor = await cursorOf(from);
    const args = [to, `after: "${cursor}"`].filter(Boolean).join(', ');
    expect(await ask(args, PAGE, group)).toEqual(refused);
    expect(channelCalls()).toEqual([]);
  });

  test.each([
    ['another size', 'first: 3', 'first: 9'],
    ['what means the same', '', 'search: "", includeInactive: false'],
  ])('is good for %s', async (_, from, to) => {
    const cursor = await cursorOf(from);
    const { page, errors } = await ask(`${to}, after: "${cursor}"`);
    expect(errors).toBeUndefined();
    expect(page.nodes.length).toBeGreaterThan(0);
  });

  test.each(['', ' ', 'nonsense', 'e30', '"\'<>'])(
    'that is none is refused: %j',
    async (cursor) => {
      prepare();
      expect(await ask(`after: ${JSON.stringify(cursor)}`)).toEqual(refused);
      expect(channelCalls()).toEqual([]);
    },
  );
});

test('a channel without an id is null, with an error at its path; the rest of the page is complete', async () => {
  prepare();
  stage.sandbox.data.channels[1] = rawChannel(2, { _id: 'none' });
  const { page, errors } = await ask('first: 3');
  expect(page.nodes).toEqual([{ name: 'Channel 1' }, null, { name: 'Channel 3' }]);
  expect(page.edges[1]).toEqual({ cursor: expect.any(String), node: null });
  const path = ['groups', 'nodes', 0, 'channels'];
  expect(errors?.map((error) => [error.path, error.extensions.code])).toEqual([
    [[...path, 'nodes', 1], 'UPSTREAM_INVALID_RESPONSE'],
    [[...path, 'edges', 1, 'node'], 'UPSTREAM_INVALID_RESPONSE'],
  ]);
  const next = await ask(`first: 1, after: "${page.edges[1].cursor}"`);
  expect(next.page.nodes).toEqual([{ name: 'Channel 3' }]);
});
