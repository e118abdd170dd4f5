import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import { startGateway } from '../support/gateway.ts';
import { startQuotaUpstream, tokenOf } from '../support/quota-upstream.ts';

const QUOTA = { calls: 50, windowMs: 1000 };
const QUERY = 'query One($search: String) { groups(filter: { search: $search }) { totalCount } }';
/** How long a company has been at its limit when new users come, and how long they may need to get in. */
const BUSY_MS = 5000;
const NEW = 10;
const WINDOWS_EACH = 3;

const upstream = await startQuotaUpstream(QUOTA.windowMs, 20);
upstream.limit = QUOTA.calls;
const gateway = await startGateway(upstream.url, {
  limits: { callsPerRequest: 100, perOwner: 10, total: 256, quota: { ...QUOTA, share: 1 } },
  resilience: {},
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
});

let asked = 0;
const ask = (token: string) =>
  gateway.ask(QUERY, { token, variables: { search: `${(asked += 1)}` } });

/** A user who asks again as soon as there is an answer, whatever it is. */
async function askOnAndOn(token: string, isOver: () => boolean): Promise<number> {
  let served = 0;
  while (!isOver()) {
    const { body, headers } = await ask(token);
    if (body.errors === undefined) served += 1;
    else await sleep(Number(headers.get('retry-after') ?? 1) * 1000);
  }
  return served;
}

/** A user who comes for the first time, and asks again as told. */
async function comeIn(token: string): Promise<void> {
  for (;;) {
    const { body } = await ask(token);
    if (body.errors === undefined) return;
    expect(body.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    await sleep(Number(body.errors[0].extensions.retryAfter) * 1000);
  }
}

test('new users get in at a company that is always at its limit', async () => {
  let isOver = false;
  const users = Array.from({ length: 80 }, (_, n) =>
    askOnAndOn(tokenOf('busy', `user ${n}`), () => isOver),
  );
  await sleep(BUSY_MS);
  const begin = performance.now();
  await Promise.all(Array.from({ length: NEW }, (_, n) => comeIn(tokenOf('busy', `new ${n}`))));
  const windows = (performance.now() - begin) / QUOTA.windowMs;
  isOver = true;
  await Promise.all(users);
  expect(windows).toBeLessThan(NEW * WINDOWS_EACH);
});
