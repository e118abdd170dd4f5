import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { createListener, type Listener } from '../../src/http/server.ts';
import { closedLoop, createClient } from '../support/load.ts';
import { loadAtPace } from '../support/paced-load.ts';

/*
 * That an overload ends with its load, though those who were turned away come again at once: to the gateway they look
 * like as many. How soon by the clock of the line: test/http/overload/line.test.ts.
 */

/** Of the processor for each request, so 125 a second can be served. */
const COST_MS = 8;
const PER_SECOND = 400;
const SECONDS = 5;
const CALLERS = 20;
/** It is over after 1.5 s, and took two minutes. A machine that does other work as well may have it tried again. */
const LONGEST_MS = 20_000;

let listener: Listener;
afterEach(() => listener.stop({ delayMs: 0, timeoutMs: 0 }));

function spin(): void {
  const start = process.cpuUsage();
  const spent = (): number => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  while (spent() < COST_MS);
}

test('once three times too much is over, 20 callers who never wait before they ask again are all served', async () => {
  listener = createListener(
    (_, response) => {
      spin();
      response.setHeader('content-length', '2');
      response.end('{}');
    },
    { maxInFlight: 1000, requestDeadlineMs: 10_000, exemptMs: 0, corsOrigins: [] },
  );
  const url = await listener.listen({ host: '127.0.0.1', port: 0 });
  const overload = loadAtPace({ url, query: '{}', perSecond: PER_SECOND, seconds: SECONDS });
  await sleep((SECONDS - 1) * 1000);
  const client = createClient({ url, query: '{}', token: () => 'other' });
  const refusedIn = async (seconds: number): Promise<number> => {
    const samples = await closedLoop(client, { width: CALLERS, seconds });
    return samples.filter(({ status }) => status === 503).length;
  };
  const load = { isOver: false };
  const before = overload.finally(() => (load.isOver = true));
  // They are there before it is over, since a pause would end it as well.
  let during = 0;
  while (!load.isOver) during += await refusedIn(0.5);
  expect((await before).filter(({ status }) => status === 503).length).toBeGreaterThan(0);
  expect(during).toBeGreaterThan(0);
  const start = performance.now();
  while ((await refusedIn(1)) > 0) expect(performance.now() - start).toBeLessThan(LONGEST_MS);
  client.close();
});
