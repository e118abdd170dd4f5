import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { startGateway } from '../support/gateway.ts';
import { startQuotaUpstream, tokenOf } from '../support/quota-upstream.ts';

const ONE = 'query One($search: String) { groups(filter: { search: $search }) { totalCount } }';
const CALLS = 5;
const WINDOW_MS = 300;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

test.each([
  ['', 4, {}],
  // Then the calls in flight would have second attempts, if there were places for them.
  [' for more than half of the deadline', 1, { requestDeadlineMs: 3200, givesUpSilent: true }],
])(
  'a Cotalker that stands still%s gets no more calls than it may count at once',
  async (_, times, options) => {
    const upstream = await startQuotaUpstream(WINDOW_MS);
    upstream.limit = CALLS;
    const gateway = await startGateway(upstream.url, {
      limits: {
        ...{ callsPerRequest: 250, perOwner: 10, total: 256 },
        quota: { calls: CALLS, windowMs: WINDOW_MS, share: 1 },
      },
      resilience: {},
      ...options,
    });
    closing.push(gateway.close, upstream.close);
    const token = tokenOf('acme');
    const ask = async (search: string): Promise<boolean> =>
      (await gateway.ask(ONE, { token, variables: { search } })).body.errors === undefined;
    expect(await ask('first')).toBe(true);
    await sleep(2 * WINDOW_MS);
    upstream.standsUntil = performance.now() + 6 * WINDOW_MS;
    const answers = await Promise.all(Array.from({ length: times * CALLS }, (_, n) => ask(`${n}`)));
    expect(answers).toEqual(Array(times * CALLS).fill(true));
    expect(upstream.calls.filter(({ status }) => status === 429)).toEqual([]);
  },
);
