import { describe, expect, test } from '@jest/globals';
import { Worker } from 'node:worker_threads';
import type { Fault } from '../support/fault-server.ts';
import { figure, GROUPS, inMs, useFaultStage } from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';

/*
 * One deadline for a GraphQL request: whatever the upstream does, the answer comes when the deadline has
 * passed, or up to 100 ms later.
 */

const { stage, stageAt } = useFaultStage();
const DEADLINE_MS = 400;
const GRACE_MS = 100;
const OPTIONS = { requestDeadlineMs: DEADLINE_MS };

let latest = 0;
const expectInTime = (ms: number, deadlineMs = DEADLINE_MS): void => {
  expect(ms).toBeGreaterThan(deadlineMs - 5);
  expect(ms).toBeLessThan(deadlineMs + GRACE_MS);
  latest = Math.max(latest, ms - deadlineMs);
  figure('answered after the deadline, at the latest so far', inMs(latest));
};

describe('the deadline holds, with UPSTREAM_TIMEOUT', () => {
  const slowChunks: Fault = (socket) => {
    socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
    const timer = setInterval(() => socket.write('1;ext=1\r\n \r\n'), 200);
    socket.on('close', () => clearInterval(timer));
  };

  test.each<[string, Fault]>([
    ['no answer', faults.hang],
    ['headers of one byte each 200 ms', faults.drippingHead],
    ['a body of one byte each 200 ms', faults.drippingBody()],
    ['chunks of one byte each 200 ms', slowChunks],
    ['a body that stops halfway', faults.raw('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{')],
    ['headers that stop halfway', faults.raw('HTTP/1.1 200 OK\r\ncontent-le')],
    ['interim answers without an end', faults.endlessInterim],
  ])('%s', async (_, fault) => {
    const { upstream, ask } = await stage(() => fault, OPTIONS);
    const { ms, codes, body, status } = await ask();
    expect([codes, body.data, status]).toEqual([['UPSTREAM_TIMEOUT'], { groups: null }, 200]);
    expectInTime(ms);
    // And the connection is given up with it.
    expect(await upstream.untilOpen(0)).toBeLessThan(GRACE_MS);
  });

  test('a connection that is never accepted', async () => {
    const { url, close } = await startDeafServer();
    const { ask } = await stageAt(url, OPTIONS);
    const { ms, codes } = await ask();
    await close();
    expect(codes).toEqual(['UPSTREAM_TIMEOUT']);
    expectInTime(ms);
  });

  test('a queue for the slots: calls that never had their turn', async () => {
    const limits = { callsPerRequest: 250, perOwner: 1, total: 1 };
    const { upstream, ask } = await stage(() => faults.hang, { ...OPTIONS, limits });
    const answers = await Promise.all(['a', 'b', 'c'].map((token) => ask(undefined, { token })));
    expect(upstream.calls).toHaveLength(1);
    for (const { ms, codes } of answers) {
      expect(codes).toEqual(['UPSTREAM_TIMEOUT']);
      expectInTime(ms);
    }
  });

  test('calls one after the other: it is the request’s, not each call’s', async () => {
    let n = 0;
    const nextPage: Fault = (socket) => {
      n += 1;
      const modifiedAt = new Date(Date.UTC(2024, 0, 1) + n * 1000).toISOString();
      const page = { groups: [{ _id: String(n).padStart(24, '0'), modifiedAt }], count: 1e6 };
      setTimeout(() => faults.json({ data: page })(socket), 150);
    };
    const { upstream, ask } = await stage(() => nextPage, OPTIONS);
    const { ms, codes } = await ask('{ mainMenu { __typename } }');
    expect(codes).toEqual(['UPSTREAM_TIMEOUT']);
    expect(upstream.calls).toHaveLength(3);
    expectInTime(ms);
  });

  test('attempts one after the other', async () => {
    const refuse: Fault = (socket) => setTimeout(() => faults.status(503)(socket), 250);
    const resilience = { retry: { random: () => 0 } };
    const { upstream, ask } = await stage(() => refuse, { ...OPTIONS, resilience });
    const { ms, codes } = await ask();
    expect(codes).toEqual(['UPSTREAM_TIMEOUT']);
    expect(upstream.calls).toHaveLength(2);
    expectInTime(ms);
  });
});

describe('what was fetched is served', () => {
  const groups = [1, 2, 3].map((n) => ({ _id: String(n).padStart(24, '0'), nameDisplay: `G${n}` }));
  const listed = faults.json({ data: { groups, count: 3 } });

  test('the listing is complete where the look-up behind it hangs', async () => {
    const { ask } = await stage(
      ({ path }) => (path === '/v2/groups' ? listed : faults.hang),
      OPTIONS,
    );
    const { ms, codes, body } = await ask('{ groups { totalCount nodes { __typename } } }');
    expect(body.data).toEqual({ groups: { totalCount: 3, nodes: [null, null, null] } });
    expect(codes).toEqual(['UPSTREAM_TIMEOUT']);
    expectInTime(ms);
    figure(
      'served with a hanging look-up',
      'the listing and its total; 3 nodes null, each with its error',
    );
  });

  test('a field is complete where its sibling hangs', async () => {
    const { ask } = await stage(
      ({ query }) => (query.has('groupType') ? faults.hang : faults.json(GROUPS)),
      OPTIONS,
    );
    const { ms, body } = await ask(
      '{ groups { totalCount } links: groups(filter: { type: LINK }) { totalCount } }',
    );
    expect(body.data).toEqual({ groups: { totalCount: 0 }, links: null });
    expect(body.errors).toMatchObject([
      { path: ['links'], extensions: { code: 'UPSTREAM_TIMEOUT' } },
    ]);
    expectInTime(ms);
  });
});

/** Listens and accepts nothing: its event loop stands still, and its queue of connections is full. */
async function startDeafServer(): Promise<{ url: string; close: () => Promise<unknown> }> {
  const worker = new Worker(
    `const { createServer, connect } = require('node:net');
    const { parentPort } = require('node:worker_threads');
    const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      parentPort.postMessage(server.address().port);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });`,
    { eval: true },
  );
  const port = await new Promise<number>((resolve) => worker.once('message', resolve));
  const { connect } = await import('node:net');
  const fillers = [1, 2, 3].map(() => connect(port, '127.0.0.1').on('error', () => undefined));
  await new Promise((resolve) => setTimeout(resolve, 50));
  return {
    url: `http://127.0.0.1:${port}/api`,
    close: () => {
      for (const filler of fillers) filler.destroy();
      return worker.terminate();
    },
  };
}
