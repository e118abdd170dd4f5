import { describe, expect, test } from '@jest/globals';
import { createCoalescer } from '../../../src/cotalker/sharing/coalesce.ts';
import type { Release } from '../../../src/cotalker/resilience/slots.ts';

const tick = () => new Promise<void>((resolve) => void setImmediate(resolve));

/** A coalescer whose calls and turns are settled by hand. */
function bench() {
  const coalescer = createCoalescer<string>();
  const calls: {
    readonly signal: AbortSignal;
    answer: (value: string) => void;
    fail: (error: Error) => void;
  }[] = [];
  const turns: { readonly come: () => void; isGivenBack: boolean }[] = [];

  const start = (signal: AbortSignal): Promise<string> =>
    new Promise((answer, fail) => calls.push({ signal, answer, fail }));
  const queue = (): Promise<Release> =>
    new Promise((resolve) => {
      const turn = {
        come: () => resolve(() => void (turn.isGivenBack = true)),
        isGivenBack: false,
      };
      turns.push(turn);
    });
  const atOnce = (): Promise<Release> => {
    const turn = queue();
    turns.at(-1)?.come();
    return turn;
  };
  const join = (key: string, { turn = atOnce, signal = new AbortController().signal } = {}) => {
    const joined = coalescer.join(key, signal, turn, start);
    joined.catch(() => undefined);
    return joined;
  };
  return { coalescer, calls, turns, queue, join };
}

describe('a call in flight', () => {
  test('is shared by all who join it, and forgotten when it ends', async () => {
    const { coalescer, calls, join } = bench();
    const [a, b] = [join('k'), join('k')];
    await tick();
    expect(calls).toHaveLength(1);
    expect(coalescer.has('k')).toBe(true);
    calls[0]?.answer('one');
    expect([await a, await b]).toEqual(['one', 'one']);
    expect(coalescer.has('k')).toBe(false);

    const later = join('k');
    await tick();
    calls[1]?.answer('two');
    expect(await later).toBe('two');
  });

  test('is not shared under another key', async () => {
    const { calls, join } = bench();
    void join('k');
    void join('l');
    await tick();
    expect(calls).toHaveLength(2);
  });

  test('that fails, fails all who wait for it, and nobody later', async () => {
    const { calls, join } = bench();
    const [a, b] = [join('k'), join('k')];
    await tick();
    calls[0]?.fail(new Error('broken'));
    await expect(a).rejects.toThrow('broken');
    await expect(b).rejects.toThrow('broken');
    const later = join('k');
    await tick();
    expect(calls).toHaveLength(2);
    calls[1]?.answer('fine');
    expect(await later).toBe('fine');
  });
});

describe('who leaves', () => {
  test.each([
    ['the first', 0],
    ['the second', 1],
  ])('(%s) goes with an error of their own; the call goes on', async (_, who) => {
    const { calls, join } = bench();
    const leaving = new AbortController();
    const joined = [0, 1].map((n) => join('k', n === who ? { signal: leaving.signal } : {}));
    await tick();
    leaving.abort(new DOMException('late', 'TimeoutError'));
    await expect(joined[who]).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
    expect(calls[0]?.signal.aborted).toBe(false);
    calls[0]?.answer('one');
    expect(await joined[1 - who]).toBe('one');
  });

  test('last takes the call down, and nobody joins it any more', async () => {
    const { coalescer, calls, join } = bench();
    const leaving = [new AbortController(), new AbortController()];
    for (const { signal } of leaving) void join('k', { signal });
    await tick();
    leaving[0]?.abort();
    await tick();
    expect(calls[0]?.signal.aborted).toBe(false);
    leaving[1]?.abort();
    await tick();
    expect(calls[0]?.signal.aborted).toBe(true);
    expect(coalescer.has('k')).toBe(false);

    const later = join('k');
    await tick();
    // The end of the call that was taken down does not end the one after it.
    calls[0]?.fail(new Error('aborted'));
    await tick();
    expect(coalescer.has('k')).toBe(true);
    calls[1]?.answer('fresh');
    expect(await later).toBe('fresh');
  });

  test('has left already makes no call', async () => {
    const { calls, turns, queue, join } = bench();
    const joined = join('k', { signal: AbortSignal.abort(), turn: queue });
    await expect(joined).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    turns[0]?.come();
    await tick();
    expect(calls).toHaveLength(0);
    expect(turns[0]?.isGivenBack).toBe(true);
  });
});

describe('a call that waits for its turn', () => {
  test('goes at the first turn of any who wait for it; the later turn is given back', async () => {
    const { calls, turns, queue, join } = bench();
    const [a, b] = [join('k', { turn: queue }), join('k', { turn: queue })];
    await tick();
    expect(calls).toHaveLength(0);
    turns[1]?.come();
    await tick();
    expect(calls).toHaveLength(1);
    turns[0]?.come();
    await tick();
    expect(calls).toHaveLength(1);
    expect(turns.map(({ isGivenBack }) => isGivenBack)).toEqual([true, false]);
    calls[0]?.answer('one');
    expect([await a, await b]).toEqual(['one', 'one']);
    expect(turns[1]?.isGivenBack).toBe(true);
  });

  test('still goes when the one who asked first has left', async () => {
    const { calls, turns, queue, join } = bench();
    const leaving = new AbortController();
    void join('k', { turn: queue, signal: leaving.signal });
    const b = join('k', { turn: queue });
    await tick();
    leaving.abort();
    turns[1]?.come();
    await tick();
    calls[0]?.answer('one');
    expect(await b).toBe('one');
  });

  test('takes no turn of those who join after it has gone', async () => {
    const { turns, join } = bench();
    void join('k');
    await tick();
    void join('k');
    expect(turns).toHaveLength(1);
  });

  test('gives its turn back when it fails', async () => {
    const { calls, turns, join } = bench();
    void join('k');
    await tick();
    expect(turns[0]?.isGivenBack).toBe(false);
    calls[0]?.fail(new Error('broken'));
    await tick();
    expect(turns[0]?.isGivenBack).toBe(true);
  });
});
