import { afterEach, expect, test } from '@jest/globals';
import { figure } from '../support/fault-stage.ts';
import { startGateway } from '../support/gateway.ts';
import { startQuotaUpstream, tokenOf } from '../support/quota-upstream.ts';

/* Calls of one company that never cease to wait, at a Cotalker that allows something else than the gateway begins with. */

const ONE = 'query One($search: String) { groups(filter: { search: $search }) { totalCount } }';
const WINDOW_MS = 200;
const BEGINS_WITH = 5;
/** Long enough to try more after twelve windows, and then every two: 24 windows for 12 steps. */
const LASTS_MS = 40 * WINDOW_MS;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

test.each([
  ['twice as much', 2 * BEGINS_WITH, 2 * BEGINS_WITH],
  ['no limit', Infinity, 3 * BEGINS_WITH],
])('the pace rises where Cotalker allows more: %s', async (_, allowed, reached) => {
  const upstream = await startQuotaUpstream(WINDOW_MS, 5);
  upstream.limit = allowed;
  const quota = { calls: BEGINS_WITH, windowMs: WINDOW_MS, share: 1 };
  const gateway = await startGateway(upstream.url, {
    limits: { callsPerRequest: 250, perOwner: 10, total: 256, quota },
    resilience: {},
  });
  closing.push(gateway.close, upstream.close);
  const token = tokenOf('acme');
  let asked = 0;
  const end = performance.now() + LASTS_MS;
  const users = Array.from({ length: 6 * BEGINS_WITH }, async () => {
    while (performance.now() < end) {
      asked += 1;
      const { body } = await gateway.ask(ONE, { token, variables: { search: `${asked}` } });
      expect(body.errors).toBeUndefined();
    }
  });
  await Promise.all(users);
  const whole = upstream.calls.filter(({ status }) => status === 200).map(({ at }) => at);
  const most = Math.max(
    ...whole.map((from) => whole.filter((at) => at >= from && at < from + WINDOW_MS).length),
  );
  const refused = upstream.calls.length - whole.length;
  figure('calls in a window where it began with 5', `${most}, ${refused} refused`);
  expect(most).toBeGreaterThanOrEqual(reached);
  expect(refused).toBeLessThan(0.05 * upstream.calls.length);
});
