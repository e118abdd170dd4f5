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
  const inShortTurns = createShortTurns();
  const done: string[] = [];
  const turns = new Set<number>();
  let turn = 0;
  for (const n of range(30))
    inShortTurns(() => {
      work();
      turns.add(turn);
      done.push(`answer ${n}`);
      void Promise.resolve().then(() => done.push(`what follows ${n}`));
    });
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
  const inShortTurns = createShortTurns();
  let isDone = false;
  inShortTurns(() => (isDone = true));
  expect(isDone).toBe(true);
});
