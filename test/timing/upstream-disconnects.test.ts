import { expect, test } from '@jest/globals';
import { subscribe } from '../support/events.ts';
import type { Fault } from '../support/fault-server.ts';
import { figure, inMs, LISTING, useFaultStage } from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';

/*
 * A caller that disconnects closes its upstream sockets within 300 ms: promised, and some ten times what it takes.
 */

const { stage } = useFaultStage();
const LIMIT_MS = 300;

let latest = 0;
const expectSoon = (ms: number): void => {
  latest = Math.max(latest, ms);
  figure('upstream socket closed after a disconnect, at the latest so far', inMs(latest));
  expect(ms).toBeLessThan(LIMIT_MS);
};

test.each<[string, Fault]>([
  ['before an answer', faults.hang],
  ['in the headers', faults.drippingHead],
  ['in the body', faults.drippingBody()],
  ['in a body without an end', faults.drip(faults.openHead(), ' '.repeat(1e6), 1)],
])('%s', async (_, fault) => {
  const { upstream, ask } = await stage(() => fault);
  const leaving = new AbortController();
  const left = expect(ask(LISTING, { signal: leaving.signal })).rejects.toThrow(/abort/i);
  await upstream.untilCalled(1);
  leaving.abort();
  expectSoon(await upstream.untilOpen(0));
  await left;
});

test('a poll, once the last who follows the list has left', async () => {
  const opening = faults.json({ data: { groups: [], count: 0 } });
  const { gateway, upstream } = await stage(
    ({ query }) => (query.get('orderBy') === 'desc' ? opening : faults.hang),
    { live: { pollMs: 50, maxSubscriptions: 1 } },
  );
  const events = await subscribe(gateway.url, 'subscription { groupChanged { cursor } }');
  await upstream.untilCalled(2);
  events.leave();
  expectSoon(await upstream.untilOpen(0));
});
