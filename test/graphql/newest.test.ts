import { describe, expect, test } from '@jest/globals';
import { FIRST_READINGS } from '../../sandbox/index.ts';
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

const LIST = 'totalCount nodes { ... on MenuEntry { id } } pageInfo { hasNextPage endCursor }';

async function ask(args: string) {
  const { body } = await stage.gateway.ask(`{ groups(${args}) { ${LIST} } }`);
  return { page: body.data.groups, errors: body.errors };
}

/** All pages, to the end that the list tells of itself; `between` runs after each. */
async function walk(first: number, between: (page: number) => void = () => undefined) {
  const ids: string[] = [];
  let args = `order: NEWEST, first: ${first}`;
  for (let number = 1; number < 40; number += 1) {
    const { page, errors } = await ask(args);
    expect(errors).toBeUndefined();
    ids.push(...page.nodes.map(({ id }: { id: string }) => id));
    if (!page.pageInfo.hasNextPage) break;
    args = `order: NEWEST, first: ${first}, after: "${page.pageInfo.endCursor}"`;
    between(number);
  }
  return ids;
}

/** Three of each moment, the latest first; of one moment, the largest id. */
const groups = range(12).map((n) => rawGroup(n, { modifiedAt: momentOf(Math.floor(n / 3)) }));
const newest = range(12).toReversed().map(idOf);

describe('groups by the latest change', () => {
  test.each([1, 2, 4, 500])(
    '%i on a page of the gateway, whatever Cotalker has on one',
    async (first) => {
      for (const cap of [1000, 4, 2]) {
        plant(stage, groups.toReversed());
        stage.sandbox.maxLimit = cap;
        expect(await walk(first)).toEqual(newest);
      }
    },
  );

  test('of one moment, on pages that hold fewer', async () => {
    plant(
      stage,
      range(9).map((n) => rawGroup(n, { modifiedAt: momentOf(1) })),
    );
    stage.sandbox.maxLimit = 2;
    expect(await walk(4)).toEqual(range(9).toReversed().map(idOf));
  });

  test('without a date come last', async () => {
    plant(stage, [rawGroup(1, { modifiedAt: undefined }), rawGroup(2), rawGroup(3)]);
    expect(await walk(2)).toEqual([3, 2, 1].map(idOf));
  });

  test('what stays as it is is neither missed nor told twice while others change', async () => {
    plant(
      stage,
      groups.map((group) => ({ ...group })),
    );
    const changed = [2, 9].map(idOf);
    const ids = await walk(3, (page) => {
      const group = stage.sandbox.data.groups.find(({ _id }) => _id === changed[page - 1]);
      if (group) group['modifiedAt'] = momentOf(100 + page);
    });
    const stays = newest.filter((id) => !changed.includes(id));
    expect(ids.filter((id) => stays.includes(id))).toEqual(stays);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('under a filter, with its size', async () => {
    plant(stage, groups);
    const since = await ask(`order: NEWEST, filter: { modifiedSince: "${momentOf(3)}" }`);
    expect(since.page).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: false } });
    expect(since.page.nodes).toEqual([12, 11, 10, 9].map((n) => ({ id: idOf(n) })));
  });

  test('a cursor is of its order alone, and no call is made for another', async () => {
    plant(stage, groups);
    const { page } = await ask('order: NEWEST, first: 2');
    const forwards = await ask('first: 2');
    stage.sandbox.calls.length = 0;
    for (const args of [
      `after: "${page.pageInfo.endCursor}"`,
      `order: NEWEST, after: "${forwards.page.pageInfo.endCursor}"`,
      'order: NEWEST, first: 501',
    ])
      expect((await ask(args)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(stage.sandbox.calls).toEqual([]);
  });

  test('their size alone takes one group, and looks at the cursor all the same', async () => {
    plant(stage, groups);
    const { page } = await ask('order: NEWEST, first: 2');
    const sizeOf = (args: string) => stage.gateway.ask(`{ groups(${args}) { totalCount } }`);
    stage.sandbox.calls.length = 0;
    const { body } = await sizeOf(`order: NEWEST, after: "${page.pageInfo.endCursor}"`);
    expect(body).toEqual({ data: { groups: { totalCount: 12 } } });
    expect(stage.sandbox.calls.map((call) => queryOf(call)['limit'])).toEqual(['1']);
    expect((await sizeOf('order: NEWEST, after: "x"')).body.errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  test('that cannot be read are errors in their places, and paging goes on behind them', async () => {
    plant(stage, [rawGroup(1), { modifiedAt: momentOf(2) }, rawGroup(3)]);
    const first = await ask('order: NEWEST, first: 2');
    expect(first.page.nodes).toEqual([{ id: idOf(3) }, null]);
    expect(first.errors).toMatchObject([{ extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } }]);
    const rest = await ask(`order: NEWEST, first: 2, after: "${first.page.pageInfo.endCursor}"`);
    expect(rest.page).toMatchObject({ nodes: [{ id: idOf(1) }], pageInfo: { hasNextPage: false } });
  });

  test('an empty page, and a failure', async () => {
    plant(stage, []);
    expect((await ask('order: NEWEST')).page).toMatchObject({ nodes: [], totalCount: 0 });
    stage.sandbox.fail({ template: '/v2/groups', status: 500 });
    expect((await ask('order: NEWEST')).errors).toMatchObject([{ path: ['groups'] }]);
  });
});

describe('channels by the latest change', () => {
  const query = (ids: readonly number[]) =>
    `{ ${ids
      .map(
        (n) => `g${n}: group(id: "${idOf(n)}") { ... on StandardGroup {
          channels(order: NEWEST, first: 3) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } } }`,
      )
      .join('\n')} }`;

  test.each([[[1]], [[1, 2, 3, 4]]])('of the groups %j', async (ids) => {
    plant(
      stage,
      range(4).map((n) => rawGroup(n)),
    );
    stage.sandbox.readings = { ...FIRST_READINGS, count: 'none' };
    stage.sandbox.data.channels = range(20).map((n) => ({
      ...{
        _id: idOf(0x100 + n),
        group: idOf(1 + (n % 4)),
        modifiedAt: momentOf(Math.floor(n / 8)),
      },
    }));
    const { body } = await stage.gateway.ask(query(ids));
    expect(body.errors).toBeUndefined();
    for (const n of ids) {
      const own = range(20)
        .filter((one) => 1 + (one % 4) === n)
        .toReversed();
      const { channels } = body.data[`g${n}`];
      expect(channels).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true } });
      expect(channels.nodes).toEqual(own.slice(0, 3).map((one) => ({ id: idOf(0x100 + one) })));
    }
    expect(endpoints(stage.sandbox)).toContain('/v2/channels');
  });
});
