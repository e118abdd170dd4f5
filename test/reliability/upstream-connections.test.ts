import type { Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import type { Fault, FaultCall } from '../support/fault-server.ts';
import { type FaultStage, GROUPS, LISTING, useFaultStage } from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';
import { range } from '../support/stage.ts';

/*
 * A connection that died while it was idle is no failure of Cotalker. The call goes again over a new connection,
 * and neither the retry budget nor the circuit breaker counts it.
 */

const { stage } = useFaultStage();
const ONCE = { retry: { attempts: 1 }, breaker: { minCalls: 1 } };

/** Sockets that have served a call until `isDead` is set end without an answer to the next. */
function dyingWhileIdle(end: Fault) {
  const served = new WeakSet<Socket>();
  const state = { isDead: false, died: 0, isHeld: false, held: [] as Socket[] };
  const answer = (): Fault => (socket) => {
    if (state.isDead && served.has(socket)) {
      state.died += 1;
      end(socket);
      return;
    }
    if (!state.isDead) served.add(socket);
    if (state.isHeld) state.held.push(socket);
    else faults.json(GROUPS)(socket);
  };
  /** Has `count` calls answered only once all of them have come, so that each takes a connection. */
  const openAll = async ({ upstream, ask }: FaultStage, count: number): Promise<void> => {
    state.isHeld = true;
    const asked = Promise.all(range(count).map((n) => ask(LISTING, { token: `t${n}` })));
    await upstream.untilCalled(count);
    state.isHeld = false;
    for (const socket of state.held) faults.json(GROUPS)(socket);
    await asked;
    expect(upstream.accepted).toBe(count);
    state.isDead = true;
  };
  return { state, answer, openAll };
}

test.each<[string, Fault]>([
  ['closed', faults.drop],
  ['reset', faults.reset],
])('60 requests on 32 connections that were %s while idle lose none', async (_, end) => {
  const { state, answer, openAll } = dyingWhileIdle(end);
  const it = await stage(answer, { resilience: ONCE });
  await openAll(it, 32);
  const answers = await Promise.all(range(60).map((n) => it.ask(LISTING, { token: `t${n}` })));
  expect(answers.flatMap(({ codes }) => codes)).toEqual([]);
  expect(state.died).toBeGreaterThan(0);
});

test('one dead connection takes the other idle ones with it', async () => {
  const { state, answer, openAll } = dyingWhileIdle(faults.drop);
  const it = await stage(answer, { resilience: ONCE });
  await openAll(it, 3);
  expect((await it.ask()).codes).toEqual([]);
  expect((await it.ask()).codes).toEqual([]);
  expect(state.died).toBe(1);
});

test('a new connection that dies is a failure, and so is a second one', async () => {
  const { upstream, ask } = await stage(() => faults.drop, { resilience: ONCE });
  expect((await ask()).codes).toEqual(['UPSTREAM_UNAVAILABLE']);
  expect(upstream.calls).toHaveLength(1);
});

test('a connection that dies within an answer is not asked again', async () => {
  const { upstream, ask } = await stage(
    (_: FaultCall, nth) =>
      nth === 1 ? faults.json(GROUPS) : faults.rawAndEnd('HTTP/1.1 200 OK\r\ncontent-le'),
    { resilience: ONCE },
  );
  await ask();
  await ask();
  expect(upstream.calls).toHaveLength(2);
});
