import { expect, test } from '@jest/globals';
import { createCaller } from '../../../src/cotalker/call.ts';
import { CotalkerError } from '../../../src/cotalker/errors.ts';
import type { Answer, CallContext, RateLimit } from '../../../src/cotalker/exchange.ts';
import { createQuotas } from '../../../src/cotalker/quota/in-quota.ts';
import { createExpectedCalls } from '../../../src/cotalker/resilience/expected-calls.ts';
import { contextOf, requestOf } from '../../support/call-context.ts';
import { tokenOf } from '../../support/quota-upstream.ts';

/* What answers of Cotalker, and calls that got none, come to in the quota of a company. */

const callerOf = (user: string) =>
  createCaller({ authorization: `Bearer ${tokenOf('acme', user)}`, admin: false, tracing: {} });
const WELL: Answer = { status: 200, body: {} };
/** None of these calls is answered a second time. */
const FOR_EVER = 600_000;

/** So many calls of a company, and a Cotalker that answers as each call says. */
function open(calls: number) {
  const expected = createExpectedCalls();
  const observer = { refused: () => undefined, waited: () => undefined };
  const quotas = createQuotas({ calls, windowMs: FOR_EVER, share: 1 }, expected, observer);
  type Outcome = (context: CallContext) => Promise<Answer>;
  const send = (request: ReturnType<typeof requestOf>, outcome: Outcome) =>
    quotas.pace((_, context) => outcome(context))(
      { template: '/v2/groups' },
      contextOf({ request }),
    );
  const sent =
    (status: number, rateLimit?: RateLimit): Outcome =>
    async ({ sent: told }) => {
      Object.assign(told, { count: told.count + 1, at: performance.now(), rateLimit });
      if (status !== 200) throw new CotalkerError('UPSTREAM_UNAVAILABLE', 'as told', { status });
      return WELL;
    };
  /** What becomes of a call: its answer, an error, or that it waits. */
  const ask = async (request: ReturnType<typeof requestOf>, outcome: Outcome): Promise<unknown> => {
    const answered = send(request, outcome).then(
      ({ status }) => status,
      (error: unknown) => (error instanceof CotalkerError ? error.status : error),
    );
    const waits = new Promise((resolve) => setImmediate(() => setImmediate(resolve, 'waits')));
    return Promise.race([answered, waits]);
  };
  const begin = (user: string, document?: string) => {
    const since = performance.now();
    const owner = { since, deadline: since + 60_000, document };
    return requestOf({ caller: callerOf(user), owner });
  };
  return { quotas, expected, ask, sent, begin };
}

test.each([
  [200, true],
  [403, true],
  [404, true],
  [401, false],
  [429, false],
  [500, false],
])('a token whose calls are answered %i is one of its company: %s', async (status, isMember) => {
  const { quotas, ask, sent, begin } = open(3);
  await ask(begin('other'), sent(200));
  for (let n = 0; n < 2; n += 1) await ask(begin('user'), sent(status));
  expect(quotas.isAtLimit(callerOf('other'))).toBe(isMember);
});

test('a request whose token is refused in the middle of it holds nobody of the company back', async () => {
  const { quotas, expected, ask, sent, begin } = open(10);
  const before = begin('other');
  await ask(before, sent(200));
  quotas.leave(before.owner);
  const company = 'company acme';
  expected.note('menu', { calls: 9, ms: 1, cpuMs: 1 }, company);
  expected.note('board', { calls: 6, ms: 1, cpuMs: 1 }, company);
  const refused = begin('user', 'menu');
  expect([await ask(refused, sent(200)), await ask(refused, sent(401))]).toEqual([200, 401]);
  // Of the other seven calls that such a document makes, one comes.
  expect(await ask(refused, sent(401))).toBe(401);
  expect(await ask(begin('other', 'board'), sent(200))).toBe(200);
});

test('a call that did not go out takes nothing of what Cotalker says that is left', async () => {
  const { ask, sent, begin } = open(50);
  const left: RateLimit = { left: { calls: 2, ms: FOR_EVER }, policies: [] };
  expect(await ask(begin('user'), sent(200, left))).toBe(200);
  const unsent = () => Promise.reject(new CotalkerError('UPSTREAM_UNAVAILABLE', 'it is open'));
  for (let n = 0; n < 3; n += 1) expect(await ask(begin('user'), unsent)).toBeUndefined();
  const outcomes = [];
  for (let n = 0; n < 3; n += 1) outcomes.push(await ask(begin('user'), sent(200)));
  expect(outcomes).toEqual([200, 200, 'waits']);
});
