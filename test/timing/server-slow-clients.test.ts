import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { ListenerOptions } from '../../src/http/server.ts';
import { figure, inMs } from '../support/fault-stage.ts';
import { useListener } from '../support/listening.ts';
import type { RawConnection } from '../support/raw.ts';

/** Small enough for a test, and told apart by their values. */
const SHORT = {
  ...{ headersTimeoutMs: 300, requestTimeoutMs: 700, keepAliveTimeoutMs: 1000, sendTimeoutMs: 500 },
  ...{ patienceMs: 100, checkIntervalMs: 50 },
};
/** Node keeps an idle connection longer than it says, for a request that is on its way. */
const NODE_BUFFER_MS = 1000;
/** How late a test on a busy machine may see it. */
const LATE_MS = 700;
const BIG = Buffer.alloc(16 * 1024 * 1024, 'x');

const { listen, open } = useListener();
let responses: ServerResponse[] = [];
afterEach(() => {
  responses = [];
});

/** A server that tells how long the body was; `/big` answers 16 MB, and `/work` is never done. */
function start(options: Partial<ListenerOptions> = {}): Promise<string> {
  return listen(
    (request, response) => {
      responses.push(response);
      let bytes = 0;
      request.on('data', (part: Buffer) => (bytes += part.length));
      request.on('end', () => {
        if (request.url === '/work') return;
        response.end(request.url === '/big' ? BIG : `read ${bytes} bytes`);
      });
      request.on('error', () => undefined);
    },
    {
      maxInFlight: 100,
      requestDeadlineMs: 10_000,
      corsOrigins: [],
      connections: SHORT,
      ...options,
    },
  );
}

/** Writes the text again and again until the connection has ended. */
async function drip(connection: RawConnection, text: string): Promise<number> {
  const timer = setInterval(() => connection.write(text), 20);
  const ms = await connection.closed;
  clearInterval(timer);
  return ms;
}

const GET = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n';
const GET_BIG = 'GET /big HTTP/1.1\r\nhost: x\r\n\r\n';
const POST = 'POST / HTTP/1.1\r\nhost: x\r\n';
const statusOf = ({ received }: RawConnection): number => Number(received.split(' ')[1]);

let latest = 0;
function expectAbout(ms: number, expected: number): void {
  latest = Math.max(latest, ms - expected);
  figure('slow client cut after its limit, at the latest so far', inMs(latest));
  expect(ms).toBeGreaterThanOrEqual(expected - 20);
  expect(ms).toBeLessThan(expected + LATE_MS);
}

describe('a connection is cut', () => {
  test('that sends nothing', async () => {
    const silent = await open(await start());
    expectAbout(await silent.closed, SHORT.headersTimeoutMs);
    // A client that opens connections ahead would take it for the answer to its first request.
    expect(silent.received).toBe('');
  });

  test('whose headers come a byte at a time', async () => {
    const slow = await open(await start(), 'GET / HTTP/1.1\r\nhost: x\r\nx-long: ');
    expectAbout(await drip(slow, 'x'), SHORT.headersTimeoutMs);
    expect(statusOf(slow)).toBe(408);
  });

  test.each([
    ['a length', 'content-length: 1000', 'x'],
    ['chunks', 'transfer-encoding: chunked', '1\r\nx\r\n'],
  ])('whose body, sent with %s, comes a byte at a time', async (_, header, part) => {
    const slow = await open(await start(), `${POST}${header}\r\n\r\n`);
    expectAbout(await drip(slow, part), SHORT.requestTimeoutMs);
    expect(statusOf(slow)).toBe(408);
  });

  test('that is idle after a request', async () => {
    const idle = await open(await start(), GET);
    await idle.until(/read 0/);
    const ms = await idle.closed;
    expect(ms).toBeGreaterThanOrEqual(SHORT.keepAliveTimeoutMs);
    expect(ms).toBeLessThan(SHORT.keepAliveTimeoutMs + NODE_BUFFER_MS + LATE_MS);
  });

  test.each([
    ['at all', 0],
    ['but a little now and then', 50],
  ])('that does not take its answer %s', async (_, everyMs) => {
    const unread = await open(await start(), GET_BIG);
    unread.socket.pause();
    const asked = performance.now();
    const sips = setInterval(() => unread.socket.read(1000), everyMs || 60_000);
    while (responses.length === 0) await sleep(5);
    const [response] = responses;
    if (response && !response.closed) await once(response, 'close');
    clearInterval(sips);
    expectAbout(performance.now() - asked, SHORT.sendTimeoutMs);
    expect(response?.writableFinished).toBe(false);
    // What had not gone out is not kept.
    expect(response?.socket?.writableLength).toBe(0);
  });
});

describe('where every place is taken by slow callers', () => {
  const PLACES = 3;
  const asks = async (url: string): Promise<number> => (await fetch(url)).status;
  const fill = (url: string, text: string): Promise<RawConnection[]> =>
    Promise.all(Array.from({ length: PLACES }, () => open(url, text)));

  test('one with an answer that is not taken gives way, once it has been waited for', async () => {
    const patienceMs = 1000;
    const url = await start({
      maxInFlight: PLACES,
      connections: { ...SHORT, requestTimeoutMs: 60_000, sendTimeoutMs: 60_000, patienceMs },
    });
    const slow = await fill(url, GET_BIG);
    for (const { socket } of slow) socket.pause();
    // Without a token they share, so the last place is for others.
    while (responses.length < PLACES - 1) await sleep(5);
    expect(await asks(url)).toBe(503);
    await sleep(patienceMs + 3 * SHORT.checkIntervalMs);
    expect(await asks(url)).toBe(200);
    // One, and no more than were needed.
    expect(responses.filter(({ destroyed, closed }) => destroyed && closed)).toHaveLength(2);
  });

  test('one that the gateway is at work on does not', async () => {
    const url = await start({ maxInFlight: PLACES });
    await fill(url, 'GET /work HTTP/1.1\r\nhost: x\r\n\r\n');
    await sleep(SHORT.patienceMs + 3 * SHORT.checkIntervalMs);
    expect(await asks(url)).toBe(503);
  });
});

describe('what no caller needs', () => {
  test('headers above 16 kB', async () => {
    const large = await open(
      await start(),
      `GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(17_000)}`,
    );
    await large.closed;
    expect(statusOf(large)).toBe(431);
  });

  test('more connections than are taken', async () => {
    const url = await start({ connections: { ...SHORT, maxConnections: 2 } });
    const first = await open(url, GET);
    const second = await open(url, GET);
    await Promise.all([first.until(/read/), second.until(/read/)]);
    const third = await open(url, GET);
    await third.closed;
    expect(third.received).toBe('');
  });

  test.each(['nonsense\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n', `${POST}content-length: x\r\n\r\n`])(
    'a request such as %j',
    async (text) => {
      const wrong = await open(await start(), text);
      await wrong.closed;
      expect(statusOf(wrong)).toBe(400);
      expect(wrong.received).not.toContain('nonsense');
    },
  );
});
