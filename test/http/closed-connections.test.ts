import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { ClosedConnections } from '../../src/http/closed-connections.ts';
import type { ConnectionLimits } from '../../src/http/connection-limits.ts';
import type { Listener } from '../../src/http/server.ts';
import { useListener } from '../support/listening.ts';

const SHORT = {
  ...{ headersTimeoutMs: 100, requestTimeoutMs: 200, sendTimeoutMs: 100, checkIntervalMs: 20 },
};
/** What is sent has come by then. */
const SLOWER = { ...SHORT, headersTimeoutMs: 1000, requestTimeoutMs: 1500 };
const LONG = { headersTimeoutMs: 60_000, requestTimeoutMs: 60_000 };
const BIG = Buffer.alloc(16 * 1024 * 1024, 'x');
const GET = 'GET /graphql?query={a} HTTP/1.1\r\nhost: x\r\n';
const POST = 'POST /graphql HTTP/1.1\r\nhost: x\r\n';

const NONE = new ClosedConnections().counts;

const { listen, open, load } = useListener();

const start = (limits: Partial<ConnectionLimits>): Promise<string> =>
  listen((_, response) => void response.end(BIG), {
    ...{ maxInFlight: 100, requestDeadlineMs: 10_000, corsOrigins: [], connections: limits },
  });
async function untilClosed(count: number): Promise<Listener['load']['closed'] | undefined> {
  const sum = () => Object.values(load()?.closed ?? {}).reduce((a, b) => a + b, 0);
  while (sum() < count) await sleep(5);
  // Once each, whatever else is heard of it.
  await sleep(50);
  return load()?.closed;
}

test.each<[string, Partial<ConnectionLimits>, string, object]>([
  ['silent', SHORT, '', { silent: 1 }],
  ['late with its headers', SLOWER, GET, { late: 1 }],
  ['late with its body', SLOWER, `${POST}content-length: 9\r\n\r\nx`, { late: 1 }],
  [
    'in the way of other bodies',
    { ...LONG, maxBodies: 0 },
    `${POST}content-length: 9\r\n\r\n`,
    { made_room: 1 },
  ],
  [
    'extended too much',
    LONG,
    `${POST}transfer-encoding: chunked\r\n\r\n1;${'x'.repeat(20_000)}`,
    { too_large: 1 },
  ],
  ['TLS', LONG, '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', { malformed: 1 }],
  ['pipelined', LONG, `${GET}\r\n`.repeat(600), { pipelined: 1 }],
  ['no HTTP', LONG, 'nonsense\r\n\r\n', { malformed: 1 }],
  ['too large', LONG, `${GET}x: ${'x'.repeat(20_000)}\r\n\r\n`, { too_large: 1 }],
])('a connection is counted that is closed for what is %s', async (_, limits, text, expected) => {
  const { closed } = await open(await start(limits), text);
  await closed;
  expect(await untilClosed(1)).toEqual({ ...NONE, ...expected });
});

test('one whose caller does not read its answer is counted', async () => {
  const { socket } = await open(await start({ ...LONG, sendTimeoutMs: 100, checkIntervalMs: 20 }));
  socket.pause();
  socket.write(`${GET}\r\n`);
  expect(await untilClosed(1)).toEqual({ ...NONE, unread: 1 });
});

test('one above the most that may be open is counted', async () => {
  const url = await start({ ...LONG, maxConnections: 1 });
  await open(url);
  await (
    await open(url)
  ).closed;
  expect(await untilClosed(1)).toEqual({ ...NONE, too_many: 1 });
});

test.each<[string, string, 'FIN' | 'RST']>([
  ['in half a head', GET, 'FIN'],
  ['in half a head', GET, 'RST'],
  ['in half a body', `${POST}content-length: 9\r\n\r\nx`, 'FIN'],
  ['in half a body', `${POST}content-length: 9\r\n\r\nx`, 'RST'],
  ['after a request', `${GET}\r\n`, 'FIN'],
  ['after a request', `${GET}\r\n`, 'RST'],
])('one that its caller closes is not counted: %s, by %s', async (_, text, how) => {
  const url = await start(LONG);
  const { socket, closed, until } = await open(url, text);
  if (text.endsWith('\r\n\r\n')) await until(/x{99}$/);
  else await sleep(50);
  if (how === 'FIN') socket.end();
  else socket.resetAndDestroy();
  await closed;
  // What is counted comes after it.
  await open(url, 'nonsense\r\n\r\n');
  expect(await untilClosed(1)).toEqual({ ...NONE, malformed: 1 });
});
