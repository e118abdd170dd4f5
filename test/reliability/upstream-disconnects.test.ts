import { expect, test } from '@jest/globals';
import type { Fault } from '../support/fault-server.ts';
import { GROUPS, LISTING, useFaultStage } from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';

/*
 * A caller that disconnects closes its upstream sockets, whatever they are doing, unless another caller waits
 * for the same call. How soon: test/timing/upstream-disconnects.test.ts.
 */

const { stage } = useFaultStage();
const STAYS_MS = 300;
/** Nothing but the caller's leaving ends a call sooner than the test gives up. */
const LONG = { requestDeadlineMs: 600_000 };

/** A caller that can go away: its socket closes with it. */
function caller() {
  const controller = new AbortController();
  return { signal: controller.signal, leave: () => controller.abort() };
}
const gone = async (answer: Promise<unknown>): Promise<void> => {
  await expect(answer).rejects.toThrow(/abort/i);
};

test.each<[string, Fault]>([
  ['before an answer', faults.hang],
  ['in the headers', faults.drippingHead],
  ['in the body', faults.drippingBody()],
  ['in the body of an error', faults.drippingBody(500)],
  ['in a body without an end', faults.drip(faults.openHead(), ' '.repeat(1e6), 1)],
])('%s', async (_, fault) => {
  const { upstream, ask } = await stage(() => fault, LONG);
  const { signal, leave } = caller();
  const left = gone(ask(LISTING, { signal }));
  await upstream.untilCalled(1);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(upstream.open).toBe(1);
  leave();
  await upstream.untilOpen(0);
  await left;
});

test('all sockets of a query with many calls, and none is made any more', async () => {
  const { upstream, ask } = await stage(() => faults.hang, LONG);
  const { signal, leave } = caller();
  const fields = Array.from(
    { length: 20 },
    (_, n) => `f${n}: groups(filter: { search: "${n}" }) { totalCount }`,
  );
  const left = gone(ask(`{ ${fields.join(' ')} }`, { signal }));
  await upstream.untilCalled(10);
  expect(upstream.open).toBe(10);
  leave();
  await upstream.untilOpen(0);
  await left;
  expect(upstream.calls).toHaveLength(10);
});

test('while it waits for a slot: its call is never made', async () => {
  const limits = { callsPerRequest: 250, perOwner: 1, total: 1 };
  const { upstream, ask } = await stage(() => faults.hang, { limits, requestDeadlineMs: 1500 });
  const first = ask(LISTING, { token: 'first' });
  await upstream.untilCalled(1);
  const { signal, leave } = caller();
  const left = gone(ask(LISTING, { token: 'second', signal }));
  await new Promise((resolve) => setTimeout(resolve, 50));
  leave();
  await left;
  expect((await first).codes).toEqual(['UPSTREAM_TIMEOUT']);
  upstream.answer = () => faults.json(GROUPS);
  expect((await ask(LISTING, { token: 'third' })).codes).toEqual([]);
  expect(upstream.calls.map(({ headers }) => headers['authorization'])).toEqual([
    'Bearer first',
    'Bearer third',
  ]);
});

test('while it waits to try again: it is not tried again', async () => {
  const { upstream, ask } = await stage(() => faults.status(503), {
    resilience: { retry: { baseMs: 2000, capMs: 2000, random: () => 0.999 } },
  });
  const { signal, leave } = caller();
  const left = gone(ask(LISTING, { signal }));
  await upstream.untilCalled(1);
  await new Promise((resolve) => setTimeout(resolve, 50));
  leave();
  await left;
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(upstream.calls).toHaveLength(1);
});

test('a call that another caller shares goes on, until that one leaves as well', async () => {
  const { upstream, ask } = await stage(() => faults.hang, LONG);
  const [a, b] = [caller(), caller()];
  const left = [a, b].map(({ signal }) => gone(ask(LISTING, { signal })));
  await upstream.untilCalled(1);
  await new Promise((resolve) => setTimeout(resolve, 50));
  a.leave();
  await new Promise((resolve) => setTimeout(resolve, STAYS_MS));
  expect([upstream.open, upstream.calls.length]).toEqual([1, 1]);
  b.leave();
  await upstream.untilOpen(0);
  await Promise.all(left);
});

test('the one who stays is served', async () => {
  const { upstream, ask } = await stage(
    () => (socket) => setTimeout(() => faults.json(GROUPS)(socket), 300),
  );
  const { signal, leave } = caller();
  const left = gone(ask(LISTING, { signal }));
  const served = ask(LISTING);
  await upstream.untilCalled(1);
  leave();
  await left;
  expect((await served).body).toEqual({ data: { groups: { totalCount: 0 } } });
  expect(upstream.calls).toHaveLength(1);
});
