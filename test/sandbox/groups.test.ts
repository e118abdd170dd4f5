import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSandbox, planted, type RawRecord, type Sandbox } from '../../sandbox/index.ts';
import { admin, ask, data, idsOf, records, user } from './ask.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await createSandbox();
});
afterEach(() => sandbox.close());

const all = '/v2/groups?limit=100&isActive=all';
const found = async (query: string, headers: Record<string, string> = user): Promise<unknown[]> =>
  idsOf(await records(sandbox, `${all}&${query}`, headers));

describe('who sees what', () => {
  const hidden = Object.values(planted.groups.adminOnly);

  test('admin-only groups show in admin mode alone', async () => {
    const seen = await found('');
    expect(seen).toHaveLength(42);
    expect(seen).not.toEqual(expect.arrayContaining([hidden[0]]));
    expect(await found('', { authorization: admin.authorization })).toEqual(seen);

    const more = await found('', admin);
    expect(more).toHaveLength(45);
    expect(more).toEqual(expect.arrayContaining(hidden));
  });

  test('one group, in admin mode', async () => {
    for (const id of [planted.groups.documented[0], hidden[0]])
      expect(await data(sandbox, `/v2/groups/${id}`, admin)).toMatchObject({ _id: id });
  });
});

describe('kinds', () => {
  test('link: what has a target, whatever else its payload says', async () => {
    const links = await found('groupType=link');
    expect(links).toHaveLength(8);
    expect(links).toEqual(expect.arrayContaining(Object.values(planted.links)));
    expect(links).not.toContain(planted.groups.blankLink);
    expect(await found('isLink=true')).toEqual(links);
  });

  test('task: what a task group names, be it inactive', async () => {
    const tasks = await found('groupType=task');
    const inactive = sandbox.data.taskGroups.find(
      ({ _id }) => _id === planted.taskGroups.inactive,
    )?.['group'];
    expect(tasks).toHaveLength(17);
    expect(tasks).toContain(inactive);
    expect(await found('isTaskGroup=true')).toEqual(tasks);
  });

  test('channel: all others, so that the three make up the whole', async () => {
    const channels = await found('groupType=channel');
    expect(channels).toHaveLength(17);
    expect(channels).toContain(planted.groups.blankLink);
    expect(await found('isLink=false&isTaskGroup=false')).toEqual(channels);
  });

  test('categories', async () => {
    const { category, categoryWithGaps } = planted.groups;
    expect(await found('hasCatergories=true')).toEqual([categoryWithGaps, category]);
    expect(await found('hasCatergories=false')).toHaveLength(40);
  });
});

describe('filters', () => {
  test('isActive, which means active where it is not sent', async () => {
    const active = await records(sandbox, '/v2/groups?limit=100');
    expect(active).toHaveLength(38);
    expect(idsOf(active)).toEqual(expect.arrayContaining(planted.groups.documented));
    expect(idsOf(await records(sandbox, '/v2/groups?isActive=true&limit=100'))).toEqual(
      idsOf(active),
    );
    expect(idsOf(await records(sandbox, '/v2/groups?isActive=false'))).toEqual(
      planted.groups.inactive,
    );
  });

  test('search, in keywords alone, of either case', async () => {
    expect(await found('search=EVE')).toContain(planted.groups.documented[2]);
    expect(await found('search=Prevenci%C3%B3n')).toEqual([planted.groups.lineage[0]]);
    // A word of its code, and a keyword as well.
    expect(await found('search=works')).toEqual([planted.groups.withActions]);
    // Words of a name and of a code.
    expect(await found('search=South')).toEqual([]);
    expect(await found('search=best_group')).toEqual([]);
  });

  test('dates: at, after, from, before, until', async () => {
    const { tied, tiedAt, withoutModifiedAt } = planted.groups;
    const later = await found(`modified_gt=${tiedAt}`);
    expect(await found(`modified=${tiedAt}`)).toEqual(tied);
    expect(await found(`modified_gte=${tiedAt}`)).toHaveLength(later.length + 4);
    expect(later).not.toContain(withoutModifiedAt);
    expect(await found('modified_gte=1970-01-01T00:00:00.000Z')).toHaveLength(41);

    const [, seed] = planted.groups.documented;
    const at = '2020-10-14T19:38:39.585Z';
    expect(await found(`created=${at}`)).toEqual([seed]);
    expect(await found(`created_gte=${at}&created_lte=${at}`)).toEqual([seed]);
    expect(await found(`created_gt=${at}`)).not.toContain(seed);
    expect(await found(`created_lt=${at}`)).not.toContain(seed);
  });
});

describe('order', () => {
  const byDate = (list: RawRecord[]): unknown[] => list.map((group) => group['modifiedAt']);

  test('modifiedAt: missing first, ties as inserted', async () => {
    const list = await records(sandbox, `${all}&sortBy=modifiedAt`);
    const dates = byDate(list);
    expect(dates[0]).toBeUndefined();
    expect(dates.slice(1)).toEqual(dates.slice(1).toSorted());

    const start = dates.indexOf(planted.groups.tiedAt);
    const tied = idsOf(list.slice(start, start + 4));
    expect(tied).toEqual(planted.groups.tied);
    expect(tied).not.toEqual(tied.toSorted());
  });

  test('desc: missing last, ties still as inserted', async () => {
    const list = await records(sandbox, `${all}&sortBy=modifiedAt&orderBy=desc`);
    expect(list.at(-1)).toMatchObject({ _id: planted.groups.withoutModifiedAt });
    const start = byDate(list).indexOf(planted.groups.tiedAt);
    expect(idsOf(list.slice(start, start + 4))).toEqual(planted.groups.tied);
  });

  test('as inserted where no order is asked for', async () => {
    const visible = idsOf(sandbox.data.groups).filter(
      (id) => !sandbox.data.adminOnlyGroupIds.has(String(id)),
    );
    expect(await found('')).toEqual(visible);
    expect(await found('orderBy=desc')).toEqual(visible);
  });
});

test('malformed records are listed and break nothing', async () => {
  const malformed = [null, 'text', [], { _id: 7, link: 'x', modifiedAt: 12, isActive: null }];
  sandbox.data.groups.push(...(malformed as unknown as RawRecord[]));
  sandbox.data.taskGroups.push(null as unknown as RawRecord);
  sandbox.data.users.push(null as unknown as RawRecord);

  const list = await records(sandbox, '/v2/groups?limit=100&groupType=channel&sortBy=modifiedAt');
  expect(list).toEqual(expect.arrayContaining(malformed));
  expect(await found('search=x&created_gt=2000-01-01T00:00:00.000Z')).not.toContain(7);
  expect(await records(sandbox, '/v2/users?limit=100')).toContain(null);
  expect((await ask(sandbox, `/v2/groups/${planted.groups.category}`, admin)).status).toBe(200);
});
