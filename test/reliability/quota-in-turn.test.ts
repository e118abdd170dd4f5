import { afterEach, expect, test } from '@jest/globals';
import { type Events, subscribe } from '../support/events.ts';
import { startGateway } from '../support/gateway.ts';
import { startQuotaUpstream, tokenOf } from '../support/quota-upstream.ts';

/* A company at its limit: who goes first, and what an operator sees of it. */

const ONE = 'query One($search: String) { groups(filter: { search: $search }) { totalCount } }';
const COMPANY = 'acme-5d1c';
const QUOTA = { calls: 5, windowMs: 2000 };
const WINDOWS = 3;

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function open(quota = QUOTA) {
  const upstream = await startQuotaUpstream(quota.windowMs);
  upstream.limit = quota.calls;
  const gateway = await startGateway(upstream.url, {
    limits: { callsPerRequest: 250, perOwner: 10, total: 256, quota: { ...quota, share: 1 } },
    resilience: {},
    live: { pollMs: 20, maxSubscriptions: 10 },
    requestDeadlineMs: 60_000,
    isMetered: true,
  });
  closing.push(gateway.close, upstream.close);
  const token = tokenOf(COMPANY, 'caller');
  let asked = 0;
  const ask = async (user = token): Promise<number> => {
    asked += 1;
    const variables = { search: `${asked}` };
    const { status, body } = await gateway.ask(ONE, { token: user, variables });
    expect(body.errors).toBeUndefined();
    return status;
  };
  /** So many that wait for so many windows. */
  const press = () => Promise.all(Array.from({ length: QUOTA.calls * WINDOWS }, () => ask()));
  return { upstream, gateway, token, ask, press };
}

test('callers who wait go before live polls that wait', async () => {
  const { upstream, gateway, token, ask, press } = await open();
  const follower = tokenOf(COMPANY, 'follower');
  const events: Events = await subscribe(gateway.url, 'subscription { groupChanged { cursor } }', {
    token: follower,
  });
  closing.unshift(() => events.leave());
  await ask();
  const pollsOf = (calls: typeof upstream.calls): number =>
    calls.filter((call) => call.token === follower).length;
  while (pollsOf(upstream.calls) < 3) await ask();
  const from = upstream.calls.length;
  await press();
  const places = upstream.calls
    .map((call, place) => (call.token === token && place >= from ? place : -1))
    .filter((place) => place >= 0);
  // Once there are none but those who wait, no poll comes between them; it waits as well, and has its turn after them.
  const waited = upstream.calls.slice(places[QUOTA.calls], places.at(-1));
  expect([waited.length, pollsOf(waited)]).toEqual([QUOTA.calls * (WINDOWS - 1) - 1, 0]);
  const before = pollsOf(upstream.calls);
  while (pollsOf(upstream.calls) === before) await new Promise((resolve) => setTimeout(resolve, 5));
});

test('a colleague of somebody whose program asks 60 times at once waits for few of these, and is served', async () => {
  const { ask } = await open({ calls: 10, windowMs: 1000 });
  const colleague = tokenOf(COMPANY, 'colleague');
  for (const user of [undefined, colleague]) await ask(user);
  let waiting = 60;
  const program = Array.from({ length: waiting }, () => ask().finally(() => (waiting -= 1)));
  while (waiting > 50) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await ask(colleague)).toBe(200);
  // 25 were in turn, and each window is of ten. In the order of coming, none were left.
  expect(waiting).toBeGreaterThan(5);
  await Promise.all(program);
});

test('is seen by an operator: how much of its quota it uses, how long its calls wait, and not who it is', async () => {
  const { gateway, ask, press } = await open();
  await ask();
  expect(await gateway.metrics()).toContain('cotalker_gateway_quota_busiest_ratio 0.2\n');
  const pressing = press();
  while (!(await gateway.metrics()).includes('cotalker_gateway_quota_busiest_ratio 1\n'))
    await new Promise((resolve) => setTimeout(resolve, 5));
  await pressing;
  const metrics = await gateway.metrics();
  const [, count] = /quota_wait_seconds_count (\d+)/.exec(metrics) ?? [];
  expect(Number(count)).toBeGreaterThanOrEqual(QUOTA.calls * (WINDOWS - 1));
  expect(metrics).not.toContain(COMPANY);
  const line = gateway.logs.find(({ msg }) => String(msg).startsWith('companies are at their'));
  expect(line).toMatchObject({ waited: expect.any(Number), refused: {} });
  expect(JSON.stringify(gateway.logs)).not.toContain(COMPANY);
});
