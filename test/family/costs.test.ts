import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { KnownTraits } from '../../src/cotalker/traits/index.ts';
import {
  createSandbox,
  type Fault,
  FIRST_READINGS,
  type Readings,
  type Sandbox,
  type SandboxCall,
} from '../../sandbox/index.ts';
import { startGateway } from '../support/gateway.ts';
import { createSmallCompany, ids } from './company.ts';

/*
 * What it costs to find out which reading an upstream follows: each query is asked again and again of a
 * gateway that meets the upstream for the first time.
 */

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ data: createSmallCompany() });
});
beforeEach(() => {
  sandbox.reset();
  Object.assign(sandbox, { readings: FIRST_READINGS, maxLimit: 1000 });
});
afterAll(() => sandbox.close());

interface Asked {
  /** How often an endpoint was called by each of the queries. */
  calls(template: string): number[];
  readonly answers: readonly string[];
  /** What the log tells of the upstream. */
  readonly learnt: readonly (readonly [fact: unknown, reading: unknown])[];
}

const askTwice = (query: string, readings: Partial<Readings> = {}, traits: KnownTraits = {}) => {
  sandbox.readings = { ...FIRST_READINGS, ...readings };
  return ask(query, 2, traits);
};

async function ask(query: string, times: number, traits: KnownTraits = {}): Promise<Asked> {
  const gateway = await startGateway(sandbox.url, { traits, compileAfter: Infinity });
  const rounds: { answer: string; calls: readonly SandboxCall[] }[] = [];
  for (let round = 0; round < times; round += 1) {
    const before = sandbox.calls.length;
    const { body } = await gateway.ask(query);
    rounds.push({ answer: JSON.stringify(body), calls: sandbox.calls.slice(before) });
  }
  await gateway.close();
  return {
    answers: rounds.map(({ answer }) => answer),
    learnt: gateway.logs
      .filter(({ msg }) => msg === 'learnt of Cotalker')
      .map(({ fact, reading }) => [fact, reading]),
    calls: (template) =>
      rounds.map(({ calls }) => calls.filter((call) => call.template === template).length),
  };
}

describe('task groups', () => {
  const TYPES = '{ groups { nodes { __typename } } }';
  const ONE = `{ group(id: "${ids.diary}") { __typename } }`;

  test.each<[string, Partial<Readings>, number[]]>([
    ['one list, whose count is learnt to be of all', {}, [2, 1]],
    ['one list, and a look behind it where its count is of the page', { count: 'page' }, [2, 2]],
    ['the same without a count', { count: 'none' }, [2, 2]],
    ['the same where the count is wider', { count: 'wider' }, [2, 1]],
  ])('of a page take %s', async (_, readings, calls) => {
    const asked = await askTwice(TYPES, { groupIds: 'first', ...readings });
    expect(asked.calls('/v2/task-groups')).toEqual(calls);
  });

  test('of a page take two pages, where there are two', async () => {
    sandbox.maxLimit = 4;
    expect((await askTwice(TYPES)).calls('/v2/task-groups')).toEqual([2, 2]);
  });

  test('of a page take one call for each group where the list is barred, and one more in each request to find out', async () => {
    const isWhole: Fault['matches'] = ({ query }) => query.every(([key]) => key !== 'groupIds');
    sandbox.fail({ template: '/v2/task-groups', matches: isWhole, status: 403 });
    expect((await askTwice(TYPES)).calls('/v2/task-groups')).toEqual([9, 9]);
  });

  test.each<[string, Partial<Readings>, number[]]>([
    ['one call', {}, [1, 1]],
    ['the whole list where groupIds is ignored', { groupIds: 'ignored' }, [3, 1]],
  ])('of one group take %s', async (_, readings, calls) => {
    expect((await askTwice(ONE, readings)).calls('/v2/task-groups')).toEqual(calls);
  });
});

describe('states', () => {
  const STATES = `{ groups(filter: { type: TASK }) { nodes { ... on TaskGroup {
    tasks { nodes { state { id type } } } } } } }`;

  test.each<[string, Partial<Readings>, KnownTraits, number[]]>([
    ['of the company: one call', { smstateAll: 'company' }, {}, [1, 1]],
    ['of the task group: one call each', {}, {}, [3, 3]],
    ['of the task group, against what was known', {}, { states: 'company' }, [3, 3]],
  ])('%s', async (_, readings, traits, calls) => {
    const asked = await askTwice(STATES, readings, traits);
    expect(asked.calls('/v1/tasks/{id}/sm/smstate/all')).toEqual(calls);
    for (const answer of asked.answers) expect(answer).not.toContain('"state":null');
  });
});

// Nine, of whom one is nobody: whether no more than eight come at once, a call for the one tells.
describe('people', () => {
  const PEOPLE = `{ groups(filter: { type: TASK }) { nodes { ... on TaskGroup {
    tasks { nodes { followers { name } } } } } } }`;

  test.each<[string, Partial<Readings>, number[], number[]]>([
    ['repeated keys', {}, [2, 2], [0, 0]],
    ['commas', { userIds: 'commas' }, [3, 2], [0, 0]],
    ['one by one', { userIds: 'first' }, [10, 9], [0, 0]],
    ['one by one, after two refusals', { userIds: 'refused' }, [11, 9], [0, 0]],
    ['one by one in the path', { userIds: 'pathOnly' }, [3, 0], [9, 9]],
  ])('%s', async (_, readings, lists, paths) => {
    const asked = await askTwice(PEOPLE, readings);
    expect(asked.calls('/v2/users')).toEqual(lists);
    expect(asked.calls('/v2/users/{id}')).toEqual(paths);
    expect(asked.answers[0]).toContain('"name":"gloria"');
    expect(asked.answers[1]).toBe(asked.answers[0]);
  });

  test.each([
    ['once: that was chance', 1, [11, 2, 2]],
    ['twice, as for each that asks for several', 4, [11, 11, 9]],
  ])('where several fail %s', async (_, times, calls) => {
    const hasSeveral: Fault['matches'] = ({ query }) =>
      query.filter(([key]) => key === 'id').length > 1 ||
      query.some(([, value]) => value.includes(','));
    sandbox.fail({ template: '/v2/users', matches: hasSeveral, status: 500, times });
    const asked = await ask(PEOPLE, 3);
    expect(asked.calls('/v2/users')).toEqual(calls);
    for (const answer of asked.answers) expect(answer).toBe(asked.answers[0]);
  });
});

describe('the operator is told each fact once, when it is found out', () => {
  const ALL = `{ groups(filter: { type: TASK }) { totalCount nodes { ... on TaskGroup {
    tasks(first: 3) { totalCount pageInfo { hasNextPage } nodes { state { name type } followers { name } } } } } } }`;
  const FIRST = [
    ['count of groups', 'total'],
    ['count of tasks', 'total'],
    ['ids of properties', 'repeated'],
    ['ids of users', 'repeated'],
    ['states of smstate/all', 'taskGroup'],
  ];

  test.each<[string, Partial<Readings>, number, unknown[][]]>([
    ['the first reading', {}, 1000, FIRST],
    [
      'others',
      { count: 'page', propertyIds: 'commas', userIds: 'pathOnly', smstateAll: 'company' },
      2,
      [
        ['count of groups', 'page'],
        ['count of tasks', 'page'],
        ['ids of properties', 'commas'],
        ['ids of users', 'path'],
        ['records on a page of tasks, at the most', 2],
        ['states of smstate/all', 'company'],
      ],
    ],
  ])('%s', async (_, readings, cap, facts) => {
    sandbox.maxLimit = cap;
    const { learnt } = await askTwice(ALL, readings);
    const told = learnt.filter(([fact]) => !String(fact).includes('taskGroups'));
    expect(told.toSorted()).toEqual(facts);
  });
});

test('a server that refuses so late a date as no record has: no total is told, and it is not asked again', async () => {
  const isProbe: Fault['matches'] = ({ query }) => query.some(([, value]) => value.startsWith('9'));
  sandbox.fail({ matches: isProbe, status: 400 });
  const query = `{ group(id: "${ids.works}") { ... on TaskGroup { tasks(first: 7) {
    totalCount pageInfo { hasNextPage } } } } }`;
  const asked = await askTwice(query);
  const tasks = { totalCount: null, pageInfo: { hasNextPage: true } };
  const answer = JSON.stringify({ data: { group: { tasks } } });
  expect(asked.answers).toEqual([answer, answer]);
  expect(asked.calls('/v2/task-groups/{id}/tasks')).toEqual([3, 2]);
});
