import { describe, expect, test } from '@jest/globals';
import { abortError, CotalkerError } from '../../../src/cotalker/errors.ts';
import { type Call, createCaller } from '../../../src/cotalker/call.ts';
import type { Answer, Exchange, RequestContext } from '../../../src/cotalker/exchange.ts';
import type { Release } from '../../../src/cotalker/resilience/terms.ts';
import { createFlights } from '../../../src/cotalker/sharing/coalesce.ts';
import { contextOf, requestOf } from '../../support/call-context.ts';

const tick = () => new Promise<void>((resolve) => void setImmediate(resolve));
const call: Call = { template: '/v2/groups' };

interface Turn {
  readonly come: () => void;
  readonly refuse: (error: Error) => void;
  isGivenBack: boolean;
}

/** Flights whose calls and turns are settled by hand. */
function bench() {
  const { join: joinFlight, open } = createFlights();
  const calls: {
    readonly signal: AbortSignal;
    answer: (value: string) => void;
    fail: (error: Error) => void;
  }[] = [];
  const turns: Turn[] = [];
  const queueing = new Set<RequestContext>();
  /** How often a call was opened, and not joined to one in flight. */
  let opened = 0;

  const takeTurn = (request: RequestContext): Promise<Release> =>
    new Promise((resolve, refuse) => {
      const turn: Turn = {
        come: () => resolve(() => void (turn.isGivenBack = true)),
        refuse,
        isGivenBack: false,
      };
      turns.push(turn);
      const { signal } = request;
      signal.addEventListener('abort', () => refuse(abortError(signal)));
      if (!queueing.has(request)) turn.come();
    });
  /** Takes a turn and makes the call, as `in-line.ts` does. */
  const next: Exchange = (_, { signal, waitForSlot }) =>
    new Promise<Answer>((resolve, reject) => {
      waitForSlot(
        takeTurn,
        (release) => {
          const end = (settle: () => void): void => {
            release();
            settle();
          };
          calls.push({
            signal,
            answer: (body) => end(() => resolve({ status: 200, body })),
            fail: (error) => end(() => reject(error)),
          });
        },
        reject,
      );
    });
  const exchange = joinFlight((...asked) => {
    opened += 1;
    return open(next)(...asked);
  });

  /** @param queues Whether the turn of the one who joins is for the test to give. */
  const join = (
    path: string,
    { queues = false, signal = new AbortController().signal, token = 'a', again = false } = {},
  ) => {
    const caller = createCaller({ authorization: token, admin: false, tracing: {} });
    const request = requestOf({ caller, signal });
    if (queues) queueing.add(request);
    const joined = exchange({ ...call, again }, contextOf({ request, path })).then(
      ({ body }) => body,
    );
    joined.catch(() => undefined);
    return joined;
  };
  return { calls, turns, join, opened: () => opened };
}

describe('a call in flight', () => {
  test('is shared by all who join it, and forgotten when it ends', async () => {
    const { calls, join, opened } = bench();
    const [a, b] = [join('k'), join('k')];
    await tick();
    expect(calls).toHaveLength(1);
    expect(opened()).toBe(1);
    calls[0]?.answer('one');
    expect([await a, await b]).toEqual(['one', 'one']);

    const later = join('k');
    await tick();
    calls[1]?.answer('two');
    expect(await later).toBe('two');
  });

  test.each<
    [string, { readonly path?: string; readonly token?: string; readonly again?: boolean }]
  >([
    ['of another path', { path: 'l' }],
    ['of another caller', { token: 'b' }],
    ['that is to be made again', { again: true }],
  ])('is not shared with one %s', async (_, { path = 'k', ...other }) => {
    const { calls, join } = bench();
    void join('k');
    void join(path, other);
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
    const { calls, join, opened } = bench();
    const leaving = [new AbortController(), new AbortController()];
    for (const { signal } of leaving) void join('k', { signal });
    await tick();
    leaving[0]?.abort();
    await tick();
    expect(calls[0]?.signal.aborted).toBe(false);
    leaving[1]?.abort();
    await tick();
    expect(calls[0]?.signal.aborted).toBe(true);

    const later = join('k');
    await tick();
    expect(opened()).toBe(2);
    // The end of the call that was taken down does not end the one after it.
    calls[0]?.fail(new Error('aborted'));
    await tick();
    const joined = join('k');
    expect(opened()).toBe(2);
    calls[1]?.answer('fresh');
    expect([await later, await joined]).toEqual(['fresh', 'fresh']);
  });

  test('has left already makes no call', async () => {
    const { calls, turns, join } = bench();
    await expect(join('k', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
    });
    await tick();
    expect([calls, turns]).toEqual([[], []]);
  });

  test('has left while the call waits for its turn is told why by the line', async () => {
    const { turns, join } = bench();
    const leaving = new AbortController();
    const joined = join('k', { queues: true, signal: leaving.signal });
    await tick();
    turns[0]?.refuse(new CotalkerError('RATE_LIMITED', ''));
    leaving.abort();
    await expect(joined).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  test('leaves in the moment in which its turn comes makes no call; the turn is given back', async () => {
    const { calls, turns, join } = bench();
    const leaving = new AbortController();
    const joined = join('k', { queues: true, signal: leaving.signal });
    await tick();
    turns[0]?.come();
    leaving.abort();
    await expect(joined).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    await tick();
    expect(calls).toHaveLength(0);
    expect(turns[0]?.isGivenBack).toBe(true);
  });
});

describe('a call that waits for its turn', () => {
  test('goes at the first turn of any who wait for it; the later turn is given back', async () => {
    const { calls, turns, join } = bench();
    const [a, b] = [join('k', { queues: true }), join('k', { queues: true })];
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
    const { calls, turns, join } = bench();
    const leaving = new AbortController();
    void join('k', { queues: true, signal: leaving.signal });
    const b = join('k', { queues: true });
    await tick();
    leaving.abort();
    turns[1]?.come();
    await tick();
    calls[0]?.answer('one');
    expect(await b).toBe('one');
  });

  test('leaves behind who is refused a turn, and goes for the other', async () => {
    const { calls, turns, join } = bench();
    const [a, b] = [join('k', { queues: true }), join('k', { queues: true })];
    await tick();
    turns[0]?.refuse(new Error('too late'));
    await expect(a).rejects.toThrow('too late');
    turns[1]?.come();
    await tick();
    calls[0]?.answer('one');
    expect(await b).toBe('one');
  });

  test('that another has made is not lost to who is refused a turn', async () => {
    const { calls, turns, join } = bench();
    const [a, b] = [join('k', { queues: true }), join('k')];
    await tick();
    turns[0]?.refuse(new Error('too late'));
    await tick();
    calls[0]?.answer('one');
    expect([await a, await b]).toEqual(['one', 'one']);
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
