import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createCaller } from '../../../src/cotalker/call.ts';
import { abortError, CotalkerError, OVERTAKEN } from '../../../src/cotalker/errors.ts';
import type { Answer, Exchange } from '../../../src/cotalker/exchange.ts';
import { compose } from '../../../src/cotalker/pipeline.ts';
import { createQuotas, type QuotaLimits } from '../../../src/cotalker/quota/in-quota.ts';
import { UNTOLD } from '../../../src/cotalker/quota/quota-observer.ts';
import { createExpectedCalls } from '../../../src/cotalker/resilience/expected-calls.ts';
import { RETRY_DEFAULTS, retried } from '../../../src/cotalker/resilience/retry.ts';
import { contextOf, requestOf } from '../../support/call-context.ts';
import { tokenOf } from '../../support/quota-upstream.ts';

/* Which calls have second attempts, and at whose turns. */

const GET = { template: '/v2/groups' } as const;
const OK: Answer = { status: 200, body: {} };
const COMPANY = 'company acme';
const FOR_EVER = { windowMs: 600_000, share: 1 };

/** A call at Cotalker. The test says what becomes of it. */
interface Sent {
  /** Its path, and which attempt it is. */
  readonly name: string;
  /** Nothing has come of it for long. */
  silence(): void;
  answer(): void;
  fail(error: Error): void;
}

const settled = () => sleep(5);

/** Calls of one company whose token is accepted. */
async function open(quota: QuotaLimits) {
  const calls: Sent[] = [];
  const wire: Exchange = (_, { path, sent, attempt, beside, onSilent, signal }) =>
    new Promise((resolve, reject) => {
      Object.assign(sent, { count: sent.count + 1, at: performance.now() });
      signal.addEventListener('abort', () => reject(abortError(signal)));
      calls.push({
        name: `${path} ${beside === undefined ? attempt : 'second'}`,
        silence: () => onSilent?.(() => reject(OVERTAKEN)),
        answer: () => resolve(OK),
        fail: reject,
      });
    });
  const expected = createExpectedCalls();
  const quotas = createQuotas(quota, expected, UNTOLD);
  const retries = { ...RETRY_DEFAULTS, baseMs: 1, isPaced: true };
  const exchange = compose([retried(() => false, retries), quotas.pace], wire);
  const begin = (document?: string) => {
    const authorization = `Bearer ${tokenOf('acme')}`;
    const since = performance.now();
    return requestOf({
      caller: createCaller({ authorization, admin: false, tracing: {} }),
      owner: { since, deadline: since + 60_000, document },
    });
  };
  const ask = (request: ReturnType<typeof requestOf>, path: string): Promise<unknown> =>
    exchange(GET, contextOf({ request, path })).then(
      ({ status }) => status,
      (error: unknown) => error,
    );
  const names = () => calls.map(({ name }) => name);
  const first = begin();
  const accepted = ask(first, 'accepted');
  while (calls.length === 0) await settled();
  calls[0]?.answer();
  await accepted;
  quotas.leave(first.owner);
  calls.length = 0;
  return { quotas, expected, calls, names, begin, ask };
}

test('they are none of the calls that the document is known to take', async () => {
  const { quotas, expected, calls, begin, ask } = await open({ calls: 20, ...FOR_EVER });
  const menu = begin('menu');
  const answers = ['a', 'b', 'c'].map((path) => ask(menu, path));
  for (const call of calls.slice()) call.silence();
  await settled();
  expect(calls).toHaveLength(6);
  for (const call of calls.slice(3)) call.answer();
  expect(await Promise.all(answers)).toEqual([200, 200, 200]);
  quotas.leave(menu.owner);
  expect(expected.of('menu', COMPANY).calls).toBe(3);
});

test('while they are under way, nobody takes the places of the calls that are left', async () => {
  const { expected, calls, names, begin, ask } = await open({ calls: 11, ...FOR_EVER });
  expected.note('menu', { calls: 6, ms: 1, cpuMs: 1 }, COMPANY);
  expected.note('board', { calls: 2, ms: 1, cpuMs: 1 }, COMPANY);
  const menu = begin('menu');
  for (const path of ['a', 'b', 'c']) void ask(menu, path);
  for (const call of calls.slice()) call.silence();
  await settled();
  void ask(begin('board'), 'board');
  for (const path of ['d', 'e', 'f']) void ask(menu, path);
  await settled();
  expect(names().sort()).toEqual(
    ['a 1', 'a second', 'b 1', 'b second', 'c 1', 'c second', 'd 1', 'e 1', 'f 1'].sort(),
  );
});

test('they take none of the places that are left for the calls of their own request', async () => {
  const { expected, calls, names, begin, ask } = await open({ calls: 7, ...FOR_EVER });
  expected.note('menu', { calls: 6, ms: 1, cpuMs: 1 }, COMPANY);
  const menu = begin('menu');
  for (const path of ['a', 'b', 'c']) void ask(menu, path);
  for (const call of calls.slice()) call.silence();
  for (const path of ['d', 'e', 'f']) void ask(menu, path);
  await settled();
  expect(names()).toEqual(['a 1', 'b 1', 'c 1', 'd 1', 'e 1', 'f 1']);
});

test('they stand in no line: a place that comes free is for a call that has had none', async () => {
  const { calls, names, begin, ask } = await open({ calls: 2, windowMs: 200, share: 1 });
  void ask(begin(), 'a');
  await sleep(150);
  void ask(begin(), 'b');
  calls[0]?.silence();
  await sleep(200);
  expect(names()).toEqual(['a 1', 'b 1']);
});

test('a first attempt that fails is made again, though the second stands in line for a grant', async () => {
  let grants = true;
  const { calls, names, begin, ask } = await open({
    ...{ calls: 9, windowMs: 200, share: 1 },
    shared: () => async (statement) => ({
      ...{ granted: grants ? statement.wanted : 0, entitled: 9, others: 0, answered: 0 },
      ...{ limit: 9, version: 1, pauseMs: 0, nextMs: undefined, instances: 2 },
    }),
  });
  const answer = ask(begin(), 'a');
  await settled();
  grants = false;
  calls[0]?.silence();
  await settled();
  expect(names()).toEqual(['a 1']);
  calls[0]?.fail(new CotalkerError('UPSTREAM_UNAVAILABLE', '503', { isTransient: true }));
  await settled();
  grants = true;
  while (calls.length < 2) await settled();
  expect(names()).toEqual(['a 1', 'a 2']);
  calls[1]?.answer();
  expect(await answer).toBe(200);
});

test.each([
  // 20 are saved, and each ten calls that go well earn one for those after them.
  ['few calls to a Cotalker that is slow have one', 'first', 20 + 19],
  ['all calls have one whose connection is dead', 'second', 200],
])('%s', async (_, winner, seconds) => {
  const { calls, names, begin, ask } = await open({ calls: 1000, ...FOR_EVER });
  const isSecond = ({ name }: Sent): boolean => name.endsWith('second');
  for (let wave = 0; wave < 20; wave += 1) {
    const request = begin();
    const before = calls.length;
    const answers = Array.from({ length: 10 }, (__, n) => ask(request, `${wave} ${n}`));
    for (const call of calls.slice(before)) call.silence();
    await settled();
    for (const call of calls.slice(before))
      if (isSecond(call) === (winner === 'second')) call.answer();
    await settled();
    for (const call of calls.slice(before)) call.answer();
    expect(await Promise.all(answers)).toEqual(Array(10).fill(200));
  }
  expect(names().filter((name) => name.endsWith('second'))).toHaveLength(seconds);
});
