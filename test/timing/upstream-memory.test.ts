import { existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Fault, type FaultServer, startFaultServer } from '../support/fault-server.ts';
import { figure, GROUPS, LISTING } from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';

/*
 * What an upstream sends costs the gateway less than 50 MB of memory, whatever it is. Measured from
 * outside, on the gateway's own process.
 */

const LIMIT_MB = 50;
const BOMB_BYTES = 200e6;

let upstream: FaultServer;
let gateway: GatewayProcess;
beforeAll(async () => {
  upstream = await startFaultServer(() => faults.json(GROUPS));
  gateway = await startGatewayProcess(upstream.url, {
    LOG_LEVEL: 'silent',
    REQUEST_DEADLINE_MS: '2000',
  });
  for (let n = 0; n < 50; n += 1) await ask();
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
});

async function ask(): Promise<string[]> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer token' },
    body: JSON.stringify({ query: LISTING }),
  });
  const { errors = [] } = (await response.json()) as { errors?: any[] };
  return errors.map(({ extensions }) => extensions.code);
}

/** Blanks without an end, as fast as they are taken, in chunks of the size. */
const endlessChunks =
  (size: number): Fault =>
  (socket) => {
    socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
    const block = `${size.toString(16)}\r\n${' '.repeat(size)}\r\n`.repeat(65_536 / size);
    const write = (): void => {
      while (!socket.destroyed && socket.write(block));
    };
    socket.on('drain', write);
    write();
  };
const stacked = (codings: number): Fault =>
  faults.text('x', { 'content-encoding': Array(codings).fill('gzip').join(',') });

/** Ten megabytes of the item, in a listing. */
const unfolding = (item: string, coding?: 'gzip'): Fault => {
  const items = Array<string>(Math.floor(10e6 / (item.length + 1))).fill(item);
  const body = `{"data":{"groups":[${items.join(',')}]}}`;
  return coding ? faults.text(gzipSync(body), { 'content-encoding': coding }) : faults.text(body);
};

(existsSync('/proc/self/clear_refs') ? describe : describe.skip)('costs less than 50 MB', () => {
  test.each<[string, Fault]>([
    ['a 200 MB gzip bomb', faults.bomb('gzip', BOMB_BYTES)],
    ['a 200 MB deflate bomb', faults.bomb('deflate', BOMB_BYTES)],
    ['a 200 MB brotli bomb', faults.bomb('br', BOMB_BYTES)],
    ['a 200 MB zstd bomb', faults.bomb('zstd', BOMB_BYTES)],
    ['a body without an end', faults.endlessBody],
    ['chunks without an end', endlessChunks(65_536)],
    ['chunks of one byte without an end', endlessChunks(1)],
    ['a header without an end', faults.endlessHeader],
    ['headers without an end', faults.endlessHeaders],
    ['2,500 codings one in the other', stacked(2500)],
    ['500 codings one in the other', stacked(500)],
    ['10 MB of empty records', unfolding('{}')],
    ['10 MB of empty records, as 10 KB of gzip', unfolding('{}', 'gzip')],
    ['10 MB of lists in lists', faults.text('['.repeat(10e6))],
  ])('%s', async (name, fault) => {
    upstream.answer = () => fault;
    const before = gateway.memory();
    gateway.resetPeak();
    const start = performance.now();
    expect(await ask()).toEqual(['UPSTREAM_INVALID_RESPONSE']);
    const ms = performance.now() - start;
    await upstream.untilOpen(1);
    const cost = gateway.peak() - before;
    figure(name, `${Math.max(0, Math.round(cost))} MB, refused after ${Math.round(ms)} ms`);
    expect(cost).toBeLessThan(LIMIT_MB);
    // And the process is well.
    upstream.answer = () => faults.json(GROUPS);
    expect(await ask()).toEqual([]);
  });
});
