import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { KnownTraits } from '../../src/cotalker/traits/index.ts';
import {
  type Family,
  GROUPS,
  isTaskGroup,
  PLAIN,
  startFamily,
  TAKES,
} from '../support/family-upstream.ts';
import { startGateway } from '../support/gateway.ts';
import { range } from '../support/stage.ts';

/*
 * The sheet marks what can be read in two ways. Whichever holds, an answer is the same.
 */

const QUERY = `{ groups(first: 500) { nodes { __typename ... on TaskGroup {
  stateMachines { name states { id name transitions { to { id name } } } }
  tasks { nodes { state { name } assignee { name } followers { name } } } } } } }`;

let upstream: Awaited<ReturnType<typeof startFamily>>;
beforeAll(async () => {
  upstream = await startFamily();
});
afterAll(() => upstream.close());

const pathsOf = (calls: typeof upstream.calls): string[] =>
  calls.map(({ url }) =>
    url
      .replace(/\?.*/, '')
      .replace(/[0-9a-f]{24}/, '{id}')
      .slice('/api'.length),
  );

/** Asks one gateway after the other query, and counts the calls of each. */
async function ask(family: Partial<Family>, queries: readonly string[], traits: KnownTraits = {}) {
  upstream.family = { ...PLAIN, ...family };
  const limits = { callsPerRequest: 400, perOwner: 10, total: 100 };
  const gateway = await startGateway(upstream.url, { traits, limits, maxQueryCost: 1e6 });
  const answers = [];
  for (const query of queries) {
    upstream.calls.length = 0;
    const { body } = await gateway.ask(query);
    answers.push({ body, calls: pathsOf(upstream.calls) });
  }
  const learnt = gateway.logs.filter(({ msg }) => msg === 'learnt').length;
  await gateway.close();
  return { answers, learnt };
}

const count = (calls: readonly string[], path: string): number =>
  calls.filter((call) => call === path).length;

test('any upstream of the family gives the same answer', async () => {
  const {
    answers: [plain],
  } = await ask({}, [QUERY]);
  const types = plain?.body.data.groups.nodes.map((node: any) => node.__typename);
  expect(types).toEqual(range(GROUPS).map((n) => (isTaskGroup(n) ? 'TaskGroup' : 'StandardGroup')));
  expect(plain?.body.errors).toBeUndefined();
  expect(JSON.stringify(plain?.body.data).match(/"name":"[UP]/g)?.length).toBeGreaterThan(20);
  expect(JSON.stringify(plain?.body.data)).toContain('"assignee":null');

  const family = fc.record<Family>({
    groupIds: fc.constantFrom(...TAKES),
    ids: fc.constantFrom(...TAKES),
    cap: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.constant(1000)),
    count: fc.constantFrom('total', 'wider', 'page', 'none'),
    states: fc.constantFrom('taskGroup', 'company'),
    namesTaskGroup: fc.boolean(),
    userPath: fc.constantFrom('there', 'missing', 'forbidden'),
    isBare: fc.boolean(),
    wholeList: fc.constantFrom('there', 'there', 'forbidden'),
  });
  await fc.assert(
    fc.asyncProperty(family, async (each) => {
      // One that follows no groupIds, and lists nothing without, tells nobody.
      fc.pre(each.wholeList === 'there' || each.groupIds !== 'ignores');
      // Of state machines that name no task group, nobody can tell whose they are.
      fc.pre(each.states === 'taskGroup' || each.namesTaskGroup);
      const { answers } = await ask(each, [QUERY, QUERY]);
      for (const { body } of answers) expect(body).toEqual(plain?.body);
    }),
    { numRuns: 200 },
  );
}, 120_000);

describe('task groups', () => {
  const TYPES = '{ groups(first: 500) { nodes { __typename } } }';
  const ONE = '{ groups(first: 1) { nodes { __typename } } }';
  const lookUps = async (family: Partial<Family>, query: string) =>
    (await ask(family, [query, query])).answers.map(({ calls }) => count(calls, '/v2/task-groups'));

  test.each<[string, Partial<Family>, number[]]>([
    ['one list, whose count is learnt to be of all', { count: 'total' }, [2, 1]],
    ['one list, and a look behind it where its count is of the page', { count: 'page' }, [2, 2]],
    ['the same without a count', { count: 'none' }, [2, 2]],
    ['the same where the count is wider', { count: 'wider' }, [2, 2]],
    ['two pages', { cap: 3 }, [2, 2]],
    ['each group alone where the list is barred', { wholeList: 'forbidden' }, [17, 16]],
  ])('of a page take %s', async (_, family, calls) =>
    expect(await lookUps({ groupIds: 'first', ...family }, TYPES)).toEqual(calls),
  );

  test.each<[string, Partial<Family>, number[]]>([
    ['one call', {}, [1, 1]],
    ['one more where groupIds is ignored', { groupIds: 'ignores' }, [3, 1]],
  ])('of one group take %s', async (_, family, calls) =>
    expect(await lookUps(family, ONE)).toEqual(calls),
  );
});

describe('states', () => {
  const STATES =
    '{ groups(first: 500) { nodes { ... on TaskGroup { tasks { nodes { state { id } } } } } } }';
  const PATH = '/v1/tasks/{id}/sm/smstate/all';

  test.each<[string, Partial<Family>, KnownTraits, number[]]>([
    ['of the company: one call', { states: 'company' }, {}, [1, 1]],
    ['of the task group: one call each', {}, {}, [4, 4]],
    ['of the task group, against what was known', {}, { states: 'company' }, [4, 4]],
  ])('%s', async (_, family, traits, calls) => {
    const { answers } = await ask(family, [STATES, STATES], traits);
    for (const { body } of answers) expect(JSON.stringify(body.data)).not.toContain('"state":null');
    expect(answers.map(({ calls }) => count(calls, PATH))).toEqual(calls);
  });
});

describe('people', () => {
  const PEOPLE =
    '{ groups(first: 500) { nodes { ... on TaskGroup { tasks { nodes { followers { name } } } } } } }';

  test.each<[string, Partial<Family>, number[], number[]]>([
    ['repeated keys', { ids: 'all' }, [2, 2], [0, 0]],
    ['commas', { ids: 'commas' }, [3, 2], [0, 0]],
    ['one by one', { ids: 'first' }, [9, 8], [0, 0]],
  ])('%s', async (_, family, lists, paths) => {
    const { answers } = await ask(family, [PEOPLE, PEOPLE]);
    expect(answers.map(({ calls }) => count(calls, '/v2/users'))).toEqual(lists);
    expect(answers.map(({ calls }) => count(calls, '/v2/users/{id}'))).toEqual(paths);
  });
});
