import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import DataLoader from 'dataloader';
import { IdleWatch } from '../../../src/cotalker/sharing/when-quiet.ts';

const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));
const LONG = 60_000;

/** A watch, a log of what it called back, and calls that are settled by hand. */
function bench(patienceMs = LONG) {
  const idle = new IdleWatch(patienceMs);
  const log: string[] = [];
  const wait = (name: string, turn?: 'last') => idle.whenIdle(() => log.push(name), turn);
  const call = () => {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    return { done: idle.watch(promise), resolve, reject };
  };
  /** Resolves once as many were called back, which takes a few turns of the event loop. */
  const logged = async (count: number): Promise<void> => {
    while (log.length < count) await sleep(1);
  };
  return { idle, log, wait, call, logged };
}

test('calls back once, soon, where nothing is pending', async () => {
  const { log, wait, logged } = bench();
  wait('a');
  expect(log).toEqual([]);
  await logged(1);
  expect(log).toEqual(['a']);
  await sleep(5);
  expect(log).toEqual(['a']);
});

test('waits for all that is pending, whether it goes well or not', async () => {
  const { log, wait, call, logged } = bench();
  const [first, second] = [call(), call()];
  wait('a');
  first.resolve(undefined);
  await sleep(5);
  expect(log).toEqual([]);
  second.reject(new Error('broken'));
  await expect(second.done).rejects.toThrow('broken');
  await logged(1);
  expect(log).toEqual(['a']);
});

test('a watched promise keeps its outcome', async () => {
  const { idle } = bench();
  await expect(idle.watch(Promise.resolve(3))).resolves.toBe(3);
});

test('nobody loses patience while a promise waits for its turn', async () => {
  const { idle, log, wait, call, logged } = bench(30);
  call();
  const { promise, resolve } = Promise.withResolvers<undefined>();
  void idle.inTurn(promise);
  wait('a');
  await sleep(60);
  expect(log).toEqual([]);
  resolve(undefined);
  await sleep(5);
  expect(log).toEqual([]);
  await logged(1);
  expect(log).toEqual(['a']);
});

describe('waits for what follows from an answer', () => {
  test.each([
    ['promise jobs', () => Promise.resolve().then(() => undefined)],
    ['a tick', () => new Promise<void>((resolve) => process.nextTick(resolve))],
    [
      'a batch of a DataLoader',
      () => new DataLoader<string, string>(async (keys) => keys).load('key').then(() => undefined),
    ],
    [
      'batches that lead to batches',
      async () => {
        for (let level = 0; level < 5; level += 1)
          await new DataLoader<number, number>(async (keys) => keys).load(level);
      },
    ],
  ])('%s', async (_, step) => {
    const { log, wait, call, logged } = bench();
    const first = call();
    wait('people');
    let second: ReturnType<typeof call> | undefined;
    const chain = first.done.then(step).then(() => {
      second = call();
    });
    first.resolve(undefined);
    await chain;
    await sleep(5);
    expect(log).toEqual([]);
    second?.resolve(undefined);
    await logged(1);
    expect(log).toEqual(['people']);
  });
});

describe('who waits to be last', () => {
  test('comes after all others, and after what those lead to', async () => {
    const { idle, log, wait, call, logged } = bench();
    wait('people', 'last');
    let channel: ReturnType<typeof call> | undefined;
    idle.whenIdle(() => {
      log.push('channels');
      channel = call();
    });
    await logged(1);
    expect(log).toEqual(['channels']);
    wait('more people', 'last');
    wait('more channels');
    channel?.resolve(undefined);
    await logged(4);
    expect(log).toEqual(['channels', 'more channels', 'people', 'more people']);
  });

  test('comes after one whose call starts a few promise jobs later', async () => {
    const { idle, log, wait, call, logged } = bench();
    idle.whenIdle(() => {
      log.push('channels');
      void new DataLoader<string, string>(async (keys) => {
        void call();
        return keys;
      }).load('key');
    });
    wait('people', 'last');
    await logged(1);
    await sleep(10);
    expect(log).toEqual(['channels']);
  });

  test('waits for nobody where nobody else waits', async () => {
    const { log, wait, logged } = bench();
    wait('people', 'last');
    await logged(1);
    expect(log).toEqual(['people']);
  });
});

describe('patience', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });
  /** Each millisecond by itself, and then the promises that settle meanwhile. */
  const pass = async (ms: number): Promise<void> => {
    for (let n = 0; n < ms; n += 1) {
      jest.advanceTimersByTime(1);
      await Promise.resolve();
    }
  };

  test('ends: what never settles holds up nobody, the order stays', async () => {
    const { log, wait, call } = bench(30);
    void call();
    wait('people', 'last');
    wait('channels');
    await pass(10);
    expect(log).toEqual([]);
    await pass(40);
    expect(log).toEqual(['channels', 'people']);
    wait('later', 'last');
    await pass(10);
    expect(log).toEqual(['channels', 'people', 'later']);
  });

  test('counts from the start of the watch', async () => {
    const { log, wait, call } = bench(30);
    await pass(40);
    void call();
    wait('a');
    await pass(10);
    expect(log).toEqual(['a']);
  });

  test('is not lost by a wait that ended in time', async () => {
    const { log, wait, call } = bench(30);
    const first = call();
    wait('a');
    first.resolve(undefined);
    await pass(5);
    void call();
    await pass(10);
    wait('b');
    expect(log).toEqual(['a']);
    await pass(40);
    expect(log).toEqual(['a', 'b']);
  });
});
