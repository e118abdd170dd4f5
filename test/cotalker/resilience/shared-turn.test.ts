import { afterEach, expect, jest, test } from '@jest/globals';
import { createPipeline } from '../../../src/cotalker/pipeline.ts';
import { CallLine } from '../../../src/cotalker/resilience/call-line.ts';
import { contextOf, requestOf } from '../../support/call-context.ts';

// The files of a worker share their modules, and what is put in their place.
afterEach(() => void jest.restoreAllMocks());

const LIMITS = { callsPerRequest: 9, perOwner: 9, total: 1 };
const QUOTA = { calls: 1, windowMs: 100, share: 1 };

test.each([
  ['slot', LIMITS],
  ['quota', { ...LIMITS, total: 9, quota: QUOTA }],
])('who is answered by a call that another’s %s has made waits no longer', async (_, limits) => {
  const { exchange, leave } = createPipeline(async () => ({ status: 200, body: {} }), { limits });
  const entered = jest.spyOn(CallLine.prototype, 'take');
  const requests = [requestOf(), requestOf(), requestOf()];
  const paths = ['/v2/first', '/v2/groups', '/v2/groups'];
  const answers = requests.map((request, n) =>
    exchange({ template: '/v2/groups' }, contextOf({ request, path: paths[n] ?? '' })),
  );
  await Promise.all(answers);
  for (const { owner } of requests) leave(owner);
  expect(entered.mock.calls.length).toBeGreaterThan(1);
  const lines = entered.mock.contexts.filter((line) => line instanceof CallLine);
  expect(lines.map(({ isStanding }) => isStanding)).toEqual(lines.map(() => false));
});
