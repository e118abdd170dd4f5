import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createShortTurns } from '../../../src/cotalker/wire/short-turns.ts';
import { range } from '../../support/stage.ts';

const WORK_MS = 4;

/** Takes the processor for so long. */
function work(): void {
  const end = performance.now() + WORK_MS;
  while (performance.now() < end);
}

test('answers that came together take many turns, in their order, with what follows from each ahead of the next', async () => {
  const shortTurns = createShortTurns();
  const done: string[] = [];
  const turns = new Set<number>();
  let turn = 0;
  for (const n of range(30))
    shortTurns.run(() => {
      work();
      turns.add(turn);
      done.push(`answer ${n}`);
      void Promise.resolve().then(() => done.push(`what follows ${n}`));
    }, 0);
  while (done.length < 60) {
    await nextTurn();
    turn += 1;
  }
  // Those of the first turn are worked off in one callback here, so what follows from them comes after.
  const later = range(20).map((n) => n + 10);
  expect(done.slice(-40)).toEqual(later.flatMap((n) => [`answer ${n}`, `what follows ${n}`]));
  // 120 ms of work, some 10 a turn; a slow machine takes more turns.
  expect(turns.size).toBeGreaterThanOrEqual(8);
});

test('one that comes alone is worked off at once', () => {
  const shortTurns = createShortTurns();
  let isDone = false;
  shortTurns.run(() => (isDone = true), 0);
  expect([isDone, shortTurns.isBehind]).toEqual([true, false]);
});

test('where answers wait, the oldest request goes first, and each fourth turn to the answer that came first', async () => {
  const shortTurns = createShortTurns();
  const done: number[] = [];
  // The first uses up the turn, so that the others wait. The last of them is for the request that began first.
  for (const since of [99, 8, 7, 6, 5, 4, 3, 2, 1])
    shortTurns.run(() => {
      if (since === 99) for (let n = 0; n < 3; n += 1) work();
      done.push(since);
    }, since);
  expect(shortTurns.isBehind).toBe(true);
  while (done.length < 9) await nextTurn();
  expect(done).toEqual([99, 1, 2, 3, 8, 4, 5, 6, 7]);
  expect(shortTurns.isBehind).toBe(false);
});
