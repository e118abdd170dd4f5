import { afterEach, expect, test } from '@jest/globals';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { type QuotaUpstream, startQuotaUpstream, tokenOf } from '../support/quota-upstream.ts';

/** Longer than any test: what is spent stays so. */
const FOR_EVER = 600_000;
const FOUR = `query Four($last: String) {
  a: groups(filter: { search: "a" }) { totalCount }
  b: groups(filter: { search: "b" }) { totalCount }
  c: groups(filter: { search: "c" }) { totalCount }
  last: groups(filter: { search: $last }) { totalCount }
}`;
const token = tokenOf('acme');

let upstream: QuotaUpstream;
let gateway: TestGateway;
afterEach(async () => {
  await gateway.close();
  await upstream.close();
});
async function open(calls: number): Promise<void> {
  upstream = await startQuotaUpstream(FOR_EVER, 200);
  upstream.limit = calls;
  const quota = { calls, windowMs: FOR_EVER, share: 1 };
  gateway = await startGateway(upstream.url, {
    limits: { callsPerRequest: 250, perOwner: 10, total: 256, quota },
    resilience: {},
    isMetered: true,
  });
}
const ask = (last: string) => gateway.ask(FOUR, { token, variables: { last } });

test('a request needs room for its own calls alone, and for none that it shares', async () => {
  await open(9);
  expect((await ask('first')).body.errors).toBeUndefined();
  // Four calls of the one, and one of the other: five are left.
  const answers = await Promise.all([ask('second'), ask('third')]);
  expect(answers.map(({ status, body }) => [status, body.errors])).toEqual(
    Array(2).fill([200, undefined]),
  );
  expect(upstream.calls).toHaveLength(9);
  // What it shared counts when the next ones are expected: this one makes four.
  expect((await ask('fourth')).status).toBe(429);
});

test('a request that is refused has one error, however many of its fields need a call', async () => {
  await open(4);
  expect((await ask('first')).body.errors).toBeUndefined();
  const { status, body } = await ask('second');
  expect([status, body.data]).toEqual([429, undefined]);
  expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(['RATE_LIMITED']);
  expect(await gateway.metrics()).toContain('errors_total{code="RATE_LIMITED"} 1\n');
});
