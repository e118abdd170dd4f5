import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { useListener } from '../../support/listening.ts';

/*
 * Whose answer is cut off, where its caller does not read it and another request needs room.
 */

const PLACES = 4;
const BIG = Buffer.alloc(16 * 1024 * 1024, 'x');
const CONNECTIONS = { patienceMs: 50, checkIntervalMs: 10, sendTimeoutMs: 600_000 };

const { listen, open: connect } = useListener();

/** `/big` answers 16 MB, and `/work` is never done. Cotalker accepts every token. */
async function start() {
  const began: ServerResponse[] = [];
  const base = await listen(
    ({ url = '' }, response, { follow }) => {
      follow(() => ({ hasCalled: true, token: 'accepted', isTurnedAway: false }));
      began.push(response);
      if (url !== '/work') response.end(url === '/big' ? BIG : 'served');
    },
    {
      ...{ maxInFlight: PLACES, requestDeadlineMs: 600_000, exemptMs: 0 },
      ...{ corsOrigins: [], connections: CONNECTIONS },
    },
  );
  const statusOf = async (token: string, path = '/'): Promise<number> => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(base + path, { headers })).status;
  };
  /** @returns What the gateway answers by. */
  const open = async (token: string, path: string): Promise<ServerResponse> => {
    const connection = await connect(base);
    const before = began.length;
    if (path === '/big') connection.socket.pause();
    connection.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n\r\n`);
    while (began.length === before) await sleep(2);
    return began[before] as ServerResponse;
  };
  for (const token of ['slow', 'greedy', 'other', 'third']) expect(await statusOf(token)).toBe(200);
  return { statusOf, open };
}

/** None of the new ones is ever told to be accepted: they are not done. */
const CALLERS = [
  ['a caller', ['greedy', 'greedy', 'greedy']],
  ['unknown tokens', ['new-1', 'new-2', 'new-3']],
] as const;

test.each(CALLERS)('%s above their share cut off no answer of another', async (_, [a, b, c]) => {
  const { statusOf, open } = await start();
  const download = await open('slow', '/big');
  await open(a, '/work');
  await open(b, '/work');
  const until = performance.now() + 10 * CONNECTIONS.patienceMs;
  while (performance.now() < until) {
    expect(await statusOf(c)).toBe(503);
    await sleep(CONNECTIONS.checkIntervalMs);
  }
  expect(download.destroyed).toBe(false);

  // Once all places are taken, it does give way: it has been slow enough for that.
  await open('other', '/work');
  while ((await statusOf('third')) === 503) await sleep(CONNECTIONS.checkIntervalMs);
  expect(download.destroyed).toBe(true);
});

test.each(CALLERS)('%s cut off one of their own', async (_, [a, b, c]) => {
  const { statusOf, open } = await start();
  const download = await open(a, '/big');
  await open(b, '/work');
  while ((await statusOf(c)) === 503) await sleep(CONNECTIONS.checkIntervalMs);
  expect(download.destroyed).toBe(true);
});
