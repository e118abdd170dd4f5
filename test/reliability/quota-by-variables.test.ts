import { afterEach, expect, test } from '@jest/globals';
import { startGateway } from '../support/gateway.ts';
import { startQuotaUpstream, tokenOf } from '../support/quota-upstream.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** One call, or four. */
const ASKED = `query Asked($isMore: Boolean!, $search: String) {
  a: groups(filter: { search: $search }) { totalCount }
  b: groups(filter: { search: "b" }) @include(if: $isMore) { totalCount }
  c: groups(filter: { search: "c" }) @include(if: $isMore) { totalCount }
  d: groups(filter: { search: "d" }) @include(if: $isMore) { totalCount }
}`;
/** Longer than any test: what is spent stays so. */
const QUOTA = { calls: 4, windowMs: 600_000, share: 1 };

test('what a document took with other variables says nothing of what it takes now: it is refused whole', async () => {
  const upstream = await startQuotaUpstream(QUOTA.windowMs);
  upstream.limit = QUOTA.calls;
  const gateway = await startGateway(upstream.url, {
    limits: { callsPerRequest: 250, perOwner: 10, total: 256, quota: QUOTA },
    resilience: {},
  });
  closing.push(gateway.close, upstream.close);
  const ask = (isMore: boolean, search: string) =>
    gateway.ask(ASKED, { token: tokenOf('acme'), variables: { isMore, search } });
  expect((await ask(false, 'first')).body.errors).toBeUndefined();
  const { status, body } = await ask(true, 'second');
  expect([status, body.data]).toEqual([429, undefined]);
  expect(upstream.calls).toHaveLength(1);
  expect((await ask(false, 'third')).body.errors).toBeUndefined();
});
