import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import fc from '../support/properties.ts';
import { subscribe } from '../support/events.ts';
import { readSamples } from '../support/metrics.ts';
import {
  idOf,
  momentOf,
  plant,
  range,
  rawGroup,
  rawTaskGroup,
  useStage,
} from '../support/stage.ts';

/* Lists of more than one page beside the response cache: nothing is missed for a page that is kept. */

const stage = useStage({
  ...{ caching: { ttlMs: 60_000 }, isMetered: true },
  live: { pollMs: 100, maxSubscriptions: 3 },
});
let clock = 1000;
/** Changes a group, now: it moves to the end of the list. */
function change(n: number): void {
  clock += 1;
  const group = stage.sandbox.data.groups.find(({ _id }) => _id === idOf(n));
  Object.assign(group ?? {}, { modifiedAt: momentOf(clock) });
}

const PAGE = `query ($first: Int!, $after: String) { groups(first: $first, after: $after) {
  nodes { __typename ... on MenuEntry { id } } pageInfo { endCursor hasNextPage } } }`;

/** A walk through all groups; `between` is called after each page. */
async function walk(first: number, between: () => void = () => undefined) {
  const ids: string[] = [];
  const sources: string[][] = [];
  for (let after: string | null = null, hasNextPage = true; hasNextPage;) {
    const { body }: any = await stage.gateway.ask(PAGE, {
      ...{ variables: { first, after }, headers: { 'x-explain': 'true' } },
    });
    expect(body.errors).toBeUndefined();
    ids.push(...body.data.groups.nodes.map(({ id }: any) => id));
    const { requests } = body.extensions.upstream;
    sources.push(
      requests.filter(({ path }: any) => path === '/v2/groups').map(({ source }: any) => source),
    );
    ({ endCursor: after, hasNextPage } = body.data.groups.pageInfo);
    between();
  }
  return { ids, sources };
}

test('only the first page of a walk is from the cache, and what moved meanwhile shows again', async () => {
  plant(
    stage,
    range(6).map((n) => rawGroup(n)),
  );
  const once = await walk(2);
  expect(once.sources).toEqual([['made'], ['made'], ['made']]);
  change(1);
  const { ids, sources } = await walk(2);
  expect(sources[0]).toEqual(['remembered']);
  expect(sources.slice(1).flat()).not.toContain('remembered');
  expect(new Set(ids)).toEqual(new Set(range(6).map(idOf)));
  expect(ids.filter((id) => id === idOf(1))).toHaveLength(2);
});

test('whatever changes between pages and walks, a walk meets every group', async () => {
  plant(
    stage,
    range(8).map((n) => rawGroup(n)),
  );
  let cached = 0;
  const step = fc.record({
    first: fc.integer({ min: 1, max: 5 }),
    changes: fc.array(fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 3 }), { maxLength: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
      for (const { first, changes } of steps) {
        const left = [...changes];
        const { ids, sources } = await walk(first, () => left.shift()?.forEach(change));
        expect(new Set(ids)).toEqual(new Set(range(8).map(idOf)));
        if (sources[0]?.includes('remembered')) cached += 1;
        expect(sources.slice(1).flat()).not.toContain('remembered');
      }
    }),
    { numRuns: 40 },
  );
  expect(cached).toBeGreaterThan(20);
});

test('a list that takes several pages by number is of one age, as a whole', async () => {
  plant(
    stage,
    range(5).map((n) => rawGroup(n)),
    range(5).map((n) => rawTaskGroup(n)),
  );
  stage.sandbox.maxLimit = 2;
  const KINDS = '{ groups(first: 5) { nodes { __typename ... on MenuEntry { id } } } }';
  const kinds = async (headers: Record<string, string> = {}) => {
    const { body } = await stage.gateway.ask(KINDS, { headers });
    return body.data.groups.nodes.map(({ id, __typename }: any) => [id, __typename]);
  };
  const tasks = (from: number) =>
    range(5).map((n) => [idOf(n), n < from ? 'StandardGroup' : 'TaskGroup']);
  const headers = { 'cache-control': 'no-cache' };
  expect(await kinds(headers)).toEqual(tasks(1));
  // With page 1 as it was, and page 2 as it is, the third would be in neither.
  stage.sandbox.data.taskGroups.shift();
  expect(await kinds()).toEqual(tasks(1));
  expect(await kinds(headers)).toEqual(tasks(2));
});

test('so are tasks', async () => {
  const task = (n: number) => ({
    _id: idOf(0x2000 + n),
    name: `Task ${n}`,
    taskGroup: idOf(0x1001),
  });
  plant(stage, [rawGroup(1)], [rawTaskGroup(1)]);
  stage.sandbox.data.tasks = range(5).map(task);
  stage.sandbox.maxLimit = 2;
  const TASKS =
    '{ groups { nodes { ... on TaskGroup { tasks(first: 4) { nodes { name } totalCount } } } } }';
  const names = async (headers: Record<string, string> = {}) => {
    const { body } = await stage.gateway.ask(TASKS, { headers });
    return body.data.groups.nodes[0].tasks.nodes.map(({ name }: any) => name);
  };
  await names({ 'cache-control': 'no-cache' });
  expect(await names()).toEqual(['Task 1', 'Task 2', 'Task 3', 'Task 4']);
  stage.sandbox.data.tasks.shift();
  expect(await names()).toEqual(['Task 2', 'Task 3', 'Task 4', 'Task 5']);
});

test('what is followed is never looked for in the cache', async () => {
  plant(
    stage,
    range(3).map((n) => rawGroup(n)),
  );
  // The page that a feed begins with is kept, as it was before a change.
  await stage.gateway.ask('{ groups(first: 999) { totalCount } }');
  await stage.gateway.ask('{ groups(first: 1000) { totalCount } }');
  change(1);
  const lookups = async () =>
    readSamples(await stage.gateway.metrics())
      .filter(({ name }) => name.endsWith('cache_lookups_total'))
      .map(({ value }) => value);
  const before = await lookups();
  const events = await subscribe(
    stage.gateway.url,
    'subscription { groupChanged { node { ... on MenuEntry { id } } } }',
  );
  await sleep(300);
  change(2);
  expect(await events.next()).toMatchObject({ data: { groupChanged: { node: { id: idOf(2) } } } });
  events.leave();
  expect(await lookups()).toEqual(before);
});
