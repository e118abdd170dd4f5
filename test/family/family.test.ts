import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import fc from '../support/properties.ts';
import {
  createSandbox,
  type Fault,
  FIRST_READINGS,
  type Readings,
  type Sandbox,
} from '../../sandbox/index.ts';
import { startGateway } from '../support/gateway.ts';
import { createSmallCompany } from './company.ts';
import { type Answers, askAll, withoutUnknownCounts } from './questions.ts';

/*
 * The family of upstreams that the documentation allows: each reading that it leaves open is a parameter. Whichever
 * of them a gateway meets, and it knows nothing of it beforehand, the same query has the same answer.
 */

interface Upstream extends Readings {
  /** How many records a page holds at the most. */
  readonly cap: number;
  /** Whether all task groups may be listed, or only those of a group. */
  readonly wholeList: 'there' | 'forbidden';
}

const CHOICES = {
  cap: [1000, 100, 10, 4, 3],
  count: ['total', 'wider', 'page', 'none', { tasks: 'page' }, { groups: 'wider' }],
  countName: ['mixed', 'count', 'counter'],
  wholeList: ['there', 'forbidden'],
  groupIds: ['all', 'first', 'last', 'none', 'refused', 'fails', 'ignored'],
  propertyIds: ['all', 'first', 'last', 'none', 'refused', 'fails', 'ignored', 'commas'],
  userIds: ['all', 'first', 'last', 'none', 'refused', 'fails', 'ignored', 'commas', 'pathOnly'],
  userPath: ['there', 'missing', 'forbidden'],
  noId: ['refused', 'fails', 'nothing'],
  smstateAll: ['taskGroup', 'company'],
  statesName: ['theirTaskGroup', 'none'],
  skip: ['cap', 'asked'],
  dates: ['iso', 'epoch'],
  missing: ['absent', 'null', 'empty'],
  property: ['mixed', 'id', 'populated'],
  taskGroupsKey: ['taskgroups', 'values'],
  // One that takes no notice of words is another upstream: it is refused, see `task-filters`.
  taskSearch: ['followed'],
  oneTask: ['bare', 'task'],
  written: ['record', 'id', 'sent'],
  // One that tells the first ten alone is another upstream, too.
  taskPages: ['followed', 'ignored'],
  foundTasks: ['active', 'all'],
  propertiesEnvelope: [true, false],
  triggers: ['mixed', 'manual', 'task-ui'],
  messages: ['mixed', 'older', 'newer'],
  messagesBack: ['there', 'ignored', 'refused'],
  mpp: ['asked', 'ignored'],
  messagesBoundary: ['inclusive', 'exclusive'],
  messagesOrder: ['oldestFirst', 'newestFirst'],
  messagesEnvelope: ['bare', 'data'],
  messagesCreatedAt: ['epoch', 'iso'],
  unsentIsActive: ['active', 'all'],
} as const satisfies { readonly [K in keyof Upstream]: readonly Upstream[K][] };

const FIRST: Upstream = { ...FIRST_READINGS, cap: 1000, wholeList: 'there' };

/** Each reading by itself, so that a failure names its cause. */
const SINGLES = Object.entries(CHOICES).flatMap(([name, choices]) =>
  choices.slice(1).map((choice): Partial<Upstream> => ({ [name]: choice })),
);

const MIXED_UPSTREAMS = 150;
/** So that a failure comes again. */
const SEED = 20_261_128;
const anyUpstream = fc.record(
  Object.fromEntries(
    Object.entries(CHOICES).map(([name, choices]) => [name, fc.constantFrom(...choices)]),
  ),
) as fc.Arbitrary<Upstream>;
/** Whether there is a way to ask for people, and one for task groups: without one, no client can be right. */
const canBeAsked = ({ userIds, userPath, groupIds, wholeList }: Upstream): boolean =>
  (userIds !== 'pathOnly' || userPath === 'there') &&
  (groupIds !== 'ignored' || wholeList === 'there');
const MIXED = fc.sample(anyUpstream.filter(canBeAsked), { seed: SEED, numRuns: MIXED_UPSTREAMS });

let sandbox: Sandbox;
let expected: Answers;
beforeAll(async () => {
  sandbox = await createSandbox({ data: createSmallCompany() });
  expected = await answersOf(FIRST);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

/** What a gateway answers that meets the upstream for the first time. */
async function answersOf({ cap, wholeList, ...readings }: Upstream): Promise<Answers> {
  Object.assign(sandbox, { readings, maxLimit: cap });
  if (wholeList === 'forbidden') {
    const isWhole: Fault['matches'] = ({ query }) => query.every(([key]) => key !== 'groupIds');
    sandbox.fail({ template: '/v2/task-groups', matches: isWhole, status: 403 });
  }
  // Compiling takes longer than what is asked once.
  const gateway = await startGateway(sandbox.url, {
    ...{ traits: {}, compileAfter: Infinity },
    // Pages of four records take thousands of calls.
    requestDeadlineMs: 60_000,
  });
  try {
    return await askAll(gateway);
  } finally {
    await gateway.close();
  }
}

async function expectTheSame(differs: Partial<Upstream>): Promise<void> {
  const answers = await answersOf({ ...FIRST, ...differs });
  const wanted = withoutUnknownCounts(expected, answers);
  // Which takes a tenth of the time of `toEqual`, and says nothing of what differs.
  if (!isDeepStrictEqual(answers, wanted)) expect(answers).toEqual(wanted);
}

test('the first reading: all is there, and counted', () => {
  expect(JSON.stringify(expected)).not.toMatch(/"errors"|"totalCount":null/);
  expect(expected).toMatchObject({
    groups: { data: { all: { totalCount: 11 }, tasks: { totalCount: 5 } } },
    'tasks, page by page': [22, 22, 22, 22].map((totalCount, page) => ({
      totalCount,
      pageInfo: { hasNextPage: page < 3 },
    })),
    'messages, page by page': [5, 5, 5, 5, 3].map((length, page) => ({
      pageInfo: { hasNextPage: page < 4 },
      nodes: { length },
    })),
  });
});

test('there are 200 upstreams or more', () => {
  const all = [...SINGLES, ...MIXED].map((upstream) => JSON.stringify(upstream));
  expect(new Set(all).size).toBeGreaterThanOrEqual(200);
});

test.each(SINGLES)('one reading: %j', expectTheSame);

test.each(MIXED)('any readings: %j', expectTheSame);
