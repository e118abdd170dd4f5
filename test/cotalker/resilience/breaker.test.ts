import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  type Breaker,
  BREAKER_DEFAULTS,
  createBreaker,
} from '../../../src/cotalker/resilience/breaker.ts';
import { CotalkerError, invalidResponse } from '../../../src/cotalker/errors.ts';

let time: number;
let breaker: Breaker;
beforeEach(() => {
  time = 1_000_000;
  breaker = createBreaker({ ...BREAKER_DEFAULTS, now: () => time });
});

const waiting = new AbortController().signal;
const left = AbortSignal.abort();
const late = AbortSignal.abort(new DOMException('', 'TimeoutError'));
const down = new CotalkerError('UPSTREAM_UNAVAILABLE', '', { status: 503 });
const refused = new CotalkerError('RATE_LIMITED', '', { status: 429, retryAfter: 1 });
const gone = new CotalkerError('UPSTREAM_UNAVAILABLE', 'the caller went away');

const succeed = (): Promise<string> => breaker.run(waiting, async () => 'served');
const fail = (error: Error = down, signal = waiting): Promise<unknown> =>
  breaker.run(signal, () => Promise.reject(error)).catch((caught: unknown) => caught);
const times = async (count: number, act: () => Promise<unknown>): Promise<void> => {
  for (let n = 0; n < count; n += 1) await act();
};
/** A call whose end is up to the test. */
function callOpenEnded() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let isMade = false;
  const run = (signal: AbortSignal) =>
    breaker
      .run(signal, () => {
        isMade = true;
        return promise;
      })
      .catch((error: unknown) => error);
  return { run, resolve, reject, isMade: () => isMade };
}

describe('opens', () => {
  test.each([
    [0, 20, 19],
    [10, 10, 9],
    [30, 30, 29],
  ])('%d successes: at failure %d, not at %d', async (successes, failures, before) => {
    await times(successes, succeed);
    await times(before, fail);
    expect(breaker.isOpen()).toBe(false);
    await times(failures - before, fail);
    expect(breaker.isOpen()).toBe(true);
  });

  test('not by successes', async () => {
    await times(19, fail);
    await times(1, succeed);
    expect(breaker.isOpen()).toBe(false);
    await fail();
    expect(breaker.isOpen()).toBe(true);
  });

  test('by the last ten seconds alone', async () => {
    await times(19, fail);
    time += 10_000;
    await times(19, fail);
    expect(breaker.isOpen()).toBe(false);
    await fail();
    expect(breaker.isOpen()).toBe(true);
  });

  test('by failures spread over ten seconds', async () => {
    for (let n = 0; n < 20; n += 1) {
      expect(breaker.isOpen()).toBe(false);
      await fail();
      time += 450;
    }
    expect(breaker.isOpen()).toBe(true);
  });
});

describe('counts', () => {
  test.each<[string, Error, AbortSignal]>([
    ['503', down, waiting],
    ['500', new CotalkerError('UPSTREAM_UNAVAILABLE', '', { status: 500 }), waiting],
    ['no answer', new CotalkerError('UPSTREAM_UNAVAILABLE', ''), waiting],
    ['an answer cut off', invalidResponse(''), waiting],
    ['the deadline', new CotalkerError('UPSTREAM_TIMEOUT', ''), late],
    ['a 503 by the deadline', down, late],
    ['a defect', new TypeError(), waiting],
  ])('%s as a failure', async (_, error, signal) => {
    await times(20, () => fail(error, signal));
    expect(breaker.isOpen()).toBe(true);
  });

  test.each<[string, Error]>([
    ['401', new CotalkerError('UNAUTHENTICATED', '', { status: 401 })],
    ['403', new CotalkerError('FORBIDDEN', '', { status: 403 })],
    ['404', new CotalkerError('NOT_FOUND', '', { status: 404 })],
    ['a redirect', invalidResponse('', 302)],
    ['200 with an unreadable body', invalidResponse('', 200)],
  ])('%s as an answer', async (_, error) => {
    await times(30, () => fail(error));
    await times(29, fail);
    expect(breaker.isOpen()).toBe(false);
    await fail();
    expect(breaker.isOpen()).toBe(true);
  });

  test.each<[string, Error, AbortSignal]>([
    ['a caller who went away', gone, left],
    ['429', refused, waiting],
  ])('%s not at all', async (_, error, signal) => {
    await times(100, () => fail(error, signal));
    await times(19, fail);
    expect(breaker.isOpen()).toBe(false);
    await fail();
    expect(breaker.isOpen()).toBe(true);
  });
});

describe('open', () => {
  beforeEach(() => times(20, fail));

  test('refuses without the call', async () => {
    const call = callOpenEnded();
    expect(await call.run(waiting)).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(call.isMade()).toBe(false);
  });

  test('is not closed by a probe that is answered 429: the next call is a probe as well', async () => {
    time += 5000;
    await fail(refused);
    const [probe, other] = [callOpenEnded(), callOpenEnded()];
    const probed = probe.run(waiting);
    expect(await other.run(waiting)).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    probe.resolve('served');
    expect(await probed).toBe('served');
    expect(await succeed()).toBe('served');
  });

  test('lets one probe through after five seconds, and closes when it succeeds', async () => {
    time += 4999;
    expect(breaker.isOpen()).toBe(true);
    time += 1;
    // Ready for a probe: whoever looks at this to send no more calls would keep it open for ever.
    expect(breaker.isOpen()).toBe(false);
    const [probe, other] = [callOpenEnded(), callOpenEnded()];
    const probed = probe.run(waiting);
    expect([probe.isMade(), breaker.isOpen()]).toEqual([true, true]);
    expect(await other.run(waiting)).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    probe.resolve('served');
    expect(await probed).toBe('served');
    await times(19, fail);
    expect(breaker.isOpen()).toBe(false);
    await fail();
    expect(breaker.isOpen()).toBe(true);
  });

  test('waits another five seconds after a probe that fails', async () => {
    time += 5000;
    await fail();
    time += 4999;
    expect(breaker.isOpen()).toBe(true);
    time += 1;
    expect(await succeed()).toBe('served');
    expect(breaker.isOpen()).toBe(false);
  });

  test('lets the next one probe where the caller of the probe went away', async () => {
    time += 5000;
    const probe = callOpenEnded();
    const probed = probe.run(left);
    probe.reject(gone);
    await probed;
    expect(breaker.isOpen()).toBe(false);
    const next = callOpenEnded();
    void next.run(waiting);
    expect([next.isMade(), breaker.isOpen()]).toEqual([true, true]);
    next.resolve('served');
  });

  test('is closed by a probe that is answered 401', async () => {
    time += 5000;
    await fail(new CotalkerError('UNAUTHENTICATED', '', { status: 401 }));
    expect(breaker.isOpen()).toBe(false);
    expect(await succeed()).toBe('served');
  });
});

test('calls from before it opened do not count after it closed', async () => {
  const old = Array.from({ length: 30 }, callOpenEnded);
  const ended = old.map(({ run }) => run(waiting));
  await times(20, fail);
  time += 5000;
  await succeed();
  for (const { reject } of old) reject(down);
  await Promise.all(ended);
  expect(breaker.isOpen()).toBe(false);
});
