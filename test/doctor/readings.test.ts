import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createCompany,
  createSandbox,
  FIRST_READINGS,
  type Readings,
  type Sandbox,
} from '../../sandbox/index.ts';
import { type DriftProxy, startDriftProxy } from '../support/drift-proxy.ts';
import { type Examined, examineAt, idsWith } from '../support/examination.ts';

/* Each reading that the documentation leaves open: none is broken, and the doctor says which it is. */

let sandbox: Sandbox;
let proxy: DriftProxy;
beforeAll(async () => {
  sandbox = await createSandbox();
  proxy = await startDriftProxy(sandbox.url);
});
beforeEach(() => {
  Object.assign(sandbox, { data: createCompany(), readings: FIRST_READINGS });
});
afterAll(async () => {
  await proxy.close();
  await sandbox.close();
});

const examined = async (readings: Partial<Readings>): Promise<Examined> => {
  sandbox.readings = { ...FIRST_READINGS, ...readings };
  return examineAt(sandbox.url);
};
const seenBy = ({ findings }: Examined, check: string): string | undefined =>
  findings.find(({ id }) => id === check)?.seen;

test('the first reading, as a gateway would learn it', async () => {
  const examination = await examined({});
  expect(idsWith('held', examination)).toHaveLength(examination.findings.length);
  const total = { groups: 'total', channels: 'total', tasks: 'total', taskGroups: 'total' };
  expect(examination.learnt).toEqual({
    counts: total,
    pages: { groups: 42, channels: 67, tasks: 64, taskGroups: 17 },
    batches: { properties: { way: 'repeated', most: 9 }, users: { way: 'repeated', most: 10 } },
    states: 'taskGroup',
  });
});

const COUNTS = ['groups-count', 'channels-count', 'tasks-count'];

describe('is told', () => {
  test.each<[Partial<Readings>, string | readonly string[], string]>([
    [{}, COUNTS, 'It is the total'],
    [{ count: 'page' }, COUNTS, 'It is how many are on the page'],
    [{ count: 'wider' }, COUNTS, 'It is more than what a filter leaves'],
    [{ count: 'none' }, COUNTS, 'There is none.'],
    [{ countName: 'counter' }, COUNTS, 'as counter.'],
    [{ countName: 'count' }, COUNTS, 'as count.'],
    [{}, 'task-groups-group-ids', 'with the key repeated.'],
    [{ groupIds: 'first' }, 'task-groups-group-ids', 'alone, since the first of several came.'],
    [{ groupIds: 'last' }, 'task-groups-group-ids', 'alone, since the last of several came.'],
    [{ groupIds: 'none' }, 'task-groups-group-ids', 'one by one alone.'],
    [{ groupIds: 'refused' }, 'task-groups-group-ids', 'one by one alone.'],
    [{ groupIds: 'ignored' }, 'task-groups-group-ids', 'not looked at: 17 task groups came.'],
    [{ propertyIds: 'first' }, 'properties-ids', 'one by one alone, since the first'],
    [{ propertyIds: 'last' }, 'properties-ids', 'one by one alone, since the last'],
    [{ propertyIds: 'refused' }, 'properties-ids', 'one by one alone.'],
    [{ propertyIds: 'commas' }, 'properties-ids', 'with commas between them'],
    [{ userIds: 'first' }, 'users-ids', 'one by one alone, since the first'],
    [{ userIds: 'commas' }, 'users-ids', 'with commas between them'],
    [{ userIds: 'pathOnly' }, 'users-ids', 'one by one alone, in the path.'],
    [{ smstateAll: 'company' }, 'states-scope', 'are of other task groups.'],
    [{ dates: 'epoch' }, 'dates', 'Epoch milliseconds are in createdAt'],
    [{ messages: 'newer' }, 'dates', 'Epoch milliseconds are in lastMessage.createdAt;'],
    [{ messages: 'older' }, 'dates', 'All are ISO 8601.'],
    [{ missing: 'empty' }, 'empty-values', 'An empty text is in modifiedAt'],
    [{ missing: 'null', messages: 'older' }, 'empty-values', 'null in modifiedAt, parent'],
    [{ taskGroupsKey: 'values' }, 'task-groups-envelope', 'under data.values.'],
    [{ propertiesEnvelope: false }, 'properties-envelope', 'under properties.'],
    [{ property: 'id' }, 'properties-ids', 'with the key repeated'],
    [{ property: 'populated', triggers: 'task-ui' }, 'enumerations', 'There is no other'],
    [{ skip: 'asked', unsentIsActive: 'all' }, 'page-size', 'came on one page.'],
  ])('%j', async (readings, checks, seen) => {
    const examination = await examined(readings);
    expect(idsWith('broken', examination)).toEqual([]);
    for (const check of [checks].flat()) expect(seenBy(examination, check)).toContain(seen);
  });
});

test('is learnt', async () => {
  const { learnt } = await examined({
    ...{ count: { tasks: 'page', groups: 'wider' }, propertyIds: 'commas', userIds: 'pathOnly' },
    smstateAll: 'company',
  });
  expect(learnt).toMatchObject({
    counts: { tasks: 'page', groups: 'wider', channels: 'total' },
    batches: { properties: { way: 'commas' }, users: { way: 'path' } },
    states: 'company',
  });
});

test('where no more than 10 ids are taken at once', async () => {
  proxy.drift = {
    answer: (passing) => {
      if (passing.query.getAll('id').length > 10) passing.status = 400;
    },
  };
  const examination = await examineAt(proxy.url);
  expect(idsWith('broken', examination)).toEqual([]);
  expect(seenBy(examination, 'users-ids')).toContain('but not 30 at once');
});

test.each([
  [
    { 'ratelimit-limit': '50, 50;w=5;name="canary"', 'retry-after': 'soon' },
    'RateLimit says 50 calls in 5 s.',
  ],
  [
    { 'ratelimit-policy': '"canary";q=50;w=5', ratelimit: '"canary";r=12;t=3' },
    'RateLimit says 50 calls in 5 s, 12 are left for 3 s.',
  ],
  [{ 'x-ratelimit-limit': '50 canary' }, 'X-ratelimit-limit says 50.'],
])('limits that headers tell of, in numbers alone: %j', async (headers, seen) => {
  sandbox.fail({ headers });
  const examination = await examineAt(sandbox.url);
  sandbox.reset();
  expect(seenBy(examination, 'limits-of-use')).toBe(seen);
  expect(JSON.stringify(examination)).not.toContain('canary');
});
