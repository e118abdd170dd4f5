import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createTurns } from '../src/turns.ts';

/** A clock that only work moves on. */
let clock = 1000;
const block = (ms: number): void => void (clock += ms);
beforeEach(() => {
  clock = 1000;
  jest.spyOn(performance, 'now').mockImplementation(() => clock);
});
afterEach(() => {
  jest.restoreAllMocks();
});

test('gives the processor at once to who asks while the turn is young', async () => {
  const turns = createTurns(5);
  expect(turns.take('goOn')).toBeUndefined();
  expect(turns.take('goOn')).toBeUndefined();
  expect(turns.lateMs).toBe(0);
  await nextTurn();
  expect(turns.take('goOn')).toBeUndefined();
});

test('then in the order of asking, in turns that others share', async () => {
  const turns = createTurns(5);
  const order: number[] = [];
  const work = (n: number): void => {
    order.push(n);
    block(4);
  };
  let turnsOfOthers = 0;
  let isOver = false;
  const look = (): void => {
    turnsOfOthers += 1;
    if (!isOver) setImmediate(look);
  };
  look();
  await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      const turn = turns.take('goOn');
      if (turn !== undefined) await turn;
      work(n);
    }),
  );
  isOver = true;
  expect(order).toEqual(Array.from({ length: 20 }, (_, n) => n));
  // Two of them fit a turn.
  expect(turnsOfOthers).toBeGreaterThanOrEqual(8);
  // The last has waited for all of the others.
  expect(turns.lateMs).toBeGreaterThan(60);
});

test('who asks later does not overtake who waits', async () => {
  const turns = createTurns(1);
  const order: string[] = [];
  void turns.take('goOn');
  block(2);
  const first = turns.take('goOn')?.then(() => order.push('first'));
  await nextTurn().then(() => block(2));
  await turns.take('goOn');
  order.push('second');
  await first;
  expect(order).toEqual(['first', 'second']);
});

const started = (
  turns: ReturnType<typeof createTurns>,
  work: 'begin' | 'goOn',
  run: () => void,
) => {
  const turn = turns.take(work);
  if (turn === undefined) run();
  return turn?.then(run);
};

test('what has been begun goes on before more is begun', async () => {
  const turns = createTurns(5);
  const order: string[] = [];
  const work = (name: string) => () => {
    order.push(name);
    block(3);
  };
  await Promise.all([
    started(turns, 'goOn', work('a1')),
    started(turns, 'begin', work('b')),
    started(turns, 'begin', work('c')),
    started(turns, 'goOn', work('a2')),
    started(turns, 'goOn', work('a3')),
    started(turns, 'goOn', work('a4')),
  ]);
  expect(order).toEqual(['a1', 'a2', 'a3', 'a4', 'b', 'c']);
});

test('beginning takes a fifth of a turn while others go on, and all of it where none do', () => {
  const begunAtOnce = (turns: ReturnType<typeof createTurns>): number => {
    let count = 0;
    for (; turns.take('begin') === undefined; count += 1) clock += 1;
    return count;
  };
  expect(begunAtOnce(createTurns(50))).toBe(50);
  const turns = createTurns(50);
  void turns.take('goOn');
  expect(begunAtOnce(turns)).toBe(10);
});

test('who has waited for long begins, however much goes on', async () => {
  const turns = createTurns(5);
  let hasBegun = false;
  const goOn = async (): Promise<void> => {
    while (!hasBegun) {
      await started(turns, 'goOn', () => block(6));
      await nextTurn();
    }
  };
  const since = performance.now();
  const others = [goOn(), goOn()];
  await started(turns, 'begin', () => (hasBegun = true));
  expect(performance.now() - since).toBeGreaterThan(90);
  await Promise.all(others);
});

describe('by a clock that only work moves on', () => {
  test('who still waits is late, whoever else is let in at once', async () => {
    const turns = createTurns(5);
    void turns.take('goOn');
    clock += 2;
    const turn = turns.take('begin');
    clock += 1;
    expect(turns.take('goOn')).toBeUndefined();
    expect(turns.lateMs).toBe(1);
    clock += 30;
    expect(turns.lateMs).toBe(31);
    expect(await turn).toBe(31);
  });

  test('who has waited for long begins in the part of each turn that is for beginning', async () => {
    const turns = createTurns(5);
    const order: string[] = [];
    const work = (name: string) => () => {
      order.push(name);
      clock += 1;
    };
    void turns.take('goOn');
    clock += 5;
    const begins = ['b', 'b', 'b'].map((name) => started(turns, 'begin', work(name)));
    const others = Array.from({ length: 12 }, () => started(turns, 'goOn', work('g')));
    clock += 200;
    await Promise.all([...begins, ...others]);
    expect(order.join('')).toBe('bggggbggggbgggg');
  });
});
