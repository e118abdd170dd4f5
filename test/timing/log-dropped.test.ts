import { closeSync, openSync } from 'node:fs';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { figure, inMs } from '../support/fault-stage.ts';
import { freePort } from '../support/free-port.ts';
import { openRaw } from '../support/raw.ts';
import { endAll, start } from '../support/program.ts';

/*
 * Lines that cannot be written are dropped and counted, and the end comes soon after the last answer.
 */

afterEach(endAll);

const PATIENCE_MS = 280_000;
/** More lines than the 4 MB that wait in memory: some 450 bytes each, with an id of 128 characters. */
const REQUESTS = 12_000;
const LANES = 8;
/** So many are pipelined at once: with more than 500 that wait, a connection is cut. */
const AT_ONCE = 100;
/** Promised, from the last answer on, where nobody else uses the machine. */
const END_MS = 1000;
/** After SIGTERM, the gateway answers what is on its way for so long at least; see `src/http/drain.ts`. */
const DRAIN_MS = 100 + 2 * 20;
const TICK_MS = 10;
const GET =
  'GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nhost: x\r\n' +
  `x-request-id: ${'i'.repeat(128)}\r\n\r\n`;

/** Adds up by how much timers come late from now on. @returns Ends it, with the sum in milliseconds. */
function watchLag(): () => number {
  let last = performance.now();
  let lag = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    lag += Math.max(0, now - last - TICK_MS);
    last = now;
  }, TICK_MS);
  return () => {
    clearInterval(timer);
    return lag;
  };
}

/** Pipelines so many requests, and resolves once all are answered. */
async function askOften(url: string): Promise<void> {
  const lane = async (): Promise<void> => {
    const connection = await openRaw(url);
    let answers = 0;
    connection.socket.on('data', (part) => {
      answers += part.toString('latin1').split('HTTP/1.1 200').length - 1;
    });
    for (let asked = AT_ONCE; asked <= REQUESTS / LANES; asked += AT_ONCE) {
      connection.write(GET.repeat(AT_ONCE));
      while (answers < asked) await sleep(1);
    }
    connection.socket.destroy();
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

test.each(['on a disk without room', 'where nobody reads'])(
  'a log %s: lines are dropped and counted, and the end comes within a second',
  async (where) => {
    const isFull = where.includes('disk');
    const file = isFull ? openSync('/dev/full', 'w') : undefined;
    const [port, adminPort] = [await freePort(), await freePort()];
    const program = start(
      { COTALKER_API_URL: 'http://127.0.0.1:9/api', PORT: `${port}`, ADMIN_PORT: `${adminPort}` },
      { stdout: file ?? 'pipe' },
    );
    if (file !== undefined) closeSync(file);
    const url = `http://127.0.0.1:${port}`;
    while (!(await fetch(`${url}/ready`).catch(() => undefined))?.ok) await sleep(20);
    program.process.stdout?.pause();

    await askOften(url);
    const metrics = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
    const dropped = Number(/^cotalker_gateway_log_lines_dropped_total (\d+)$/m.exec(metrics)?.[1]);
    expect(dropped).toBeGreaterThan(0);
    expect(dropped).toBeLessThan(REQUESTS);

    const lagOf = watchLag();
    const signalled = performance.now();
    program.process.kill('SIGTERM');
    const [code] = await once(program.process, 'exit');
    const ms = performance.now() - signalled;
    const lag = lagOf();
    figure(
      `log ${where}: end`,
      `${inMs(ms)}, timers ${inMs(lag)} late, ${dropped} of ${REQUESTS} lines dropped`,
    );
    expect(code).toBe(0);
    expect(ms).toBeLessThan(DRAIN_MS + END_MS + lag);
    program.process.stdout?.resume();
  },
  PATIENCE_MS,
);
