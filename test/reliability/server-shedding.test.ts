import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { GROUPS, LISTING, useFaultStage } from '../support/fault-stage.ts';
import type { Fault, FaultServer } from '../support/fault-server.ts';
import type { TestGateway } from '../support/gateway.ts';
import * as faults from '../support/faults.ts';
import { startFull } from '../support/full-gateway.ts';
import { readSamples } from '../support/metrics.ts';
import { openRaw, type RawConnection, rawPost } from '../support/raw.ts';

/*
 * Past MAX_INFLIGHT a request is turned away with 503, before its body is read; and what tells how the
 * gateway is, is answered all the same. How soon: test/timing/server-shedding.test.ts.
 */

const { stage } = useFaultStage();
const PLACES = 5;
const CLOSE = { connection: 'close' };

let connections: RawConnection[] = [];
afterEach(() => {
  for (const { socket } of connections) socket.destroy();
  connections = [];
});
async function open({ url }: Pick<TestGateway, 'url'>, text: string): Promise<RawConnection> {
  const connection = await openRaw(url);
  connections.push(connection);
  connection.write(text);
  return connection;
}

describe('past MAX_INFLIGHT', () => {
  test('503 with OVERLOADED and Retry-After, and no call', async () => {
    const { gateway, upstream, release } = await startFull(stage, PLACES);
    await gateway.ask(LISTING);
    for (let n = 0; n < 20; n += 1) {
      const { status, headers, body } = await gateway.ask(LISTING);
      const retryAfter = Number(headers.get('retry-after'));
      expect([1, 2]).toContain(retryAfter);
      expect([status, body]).toEqual([
        503,
        {
          errors: [
            {
              message: 'The gateway takes no more requests at the moment.',
              extensions: { code: 'OVERLOADED', retryAfter },
            },
          ],
        },
      ]);
    }
    expect(upstream.calls).toHaveLength(PLACES);
    await release();
  });

  test('the answer comes before the body, and the connection serves on', async () => {
    const { gateway, release } = await startFull(stage, PLACES);
    const body = JSON.stringify({ query: '{ __typename }' });
    const late = await open(gateway, rawPost('{ __typename }').slice(0, -body.length));
    await late.until(/^HTTP\/1\.1 503 .*OVERLOADED/s);
    late.write(body);
    await release();
    late.write(rawPost('{ __typename }', CLOSE));
    expect(await late.until(/"__typename"/)).toContain('HTTP/1.1 200 OK');
  });

  test('a caller who asks ahead whether to send its body is told not to', async () => {
    const { gateway, release } = await startFull(stage, PLACES);
    const head =
      'POST /graphql HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 9\r\n\r\n';
    const asking = await open(gateway, head);
    await asking.closed;
    expect(asking.received).toMatch(/^HTTP\/1\.1 503 /);
    await release();
    expect(await (await open(gateway, head)).until(/^HTTP/)).toMatch(/^HTTP\/1\.1 100 Continue/);
  });

  test.each([
    ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
    ['application/json', 'application/json; charset=utf-8'],
    [
      'application/json, application/graphql-response+json;q=0.5',
      'application/json; charset=utf-8',
    ],
    ['*/*', 'application/json; charset=utf-8'],
  ])('in %s, where that is asked for', async (accept, type) => {
    const { gateway, release } = await startFull(stage, PLACES);
    const { headers } = await gateway.ask(LISTING, { headers: { accept } });
    expect(headers.get('content-type')).toBe(type);
    await release();
  });

  test('a page of a listed origin can read why, and its preflight passes', async () => {
    const origin = 'https://app.example.com';
    const { gateway, release } = await startFull(stage, PLACES, { corsOrigins: [origin] });
    const { headers } = await gateway.ask(LISTING, { headers: { origin } });
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-expose-headers')).toContain('retry-after');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const preflight = await fetch(`${gateway.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    await release();
  });

  test('/health and /ready answer, no other address passes for them', async () => {
    const { gateway, release } = await startFull(stage, PLACES);
    for (const path of ['/health', '/ready', '/health?x', '/ready?graphql']) {
      expect([path, (await fetch(gateway.url + path)).status]).toEqual([path, 200]);
    }
    // As a proxy may write it (RFC 9112, section 3.2.2).
    const whole = await open(gateway, 'GET http://x/health HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(await whole.until(/^HTTP\/1\.1 \d+/)).toMatch(/^HTTP\/1\.1 200 /);
    for (const path of ['/graphql?x=/health', '/graphql/health', '/health/', '//health', '/']) {
      expect([path, (await fetch(gateway.url + path)).status]).toEqual([path, 503]);
    }
    await release();
  });

  test('places are free again as soon as answers are out, and when callers go away', async () => {
    const { gateway, release } = await startFull(stage, PLACES);
    const answers = await release();
    expect(answers.map(({ status, body }) => [status, body.data])).toEqual(
      Array(PLACES).fill([200, { groups: { totalCount: 0 } }]),
    );
    const token = null;
    expect((await gateway.ask(LISTING, { token })).status).toBe(200);

    const other = await stage(() => faults.hang, { maxInFlight: 1 });
    const leaving = await open(other.gateway, rawPost(LISTING));
    await other.upstream.untilCalled(1);
    expect((await other.ask()).status).toBe(503);
    leaving.socket.destroy();
    await other.upstream.untilOpen(0);
    expect((await other.ask(LISTING, { token })).status).toBe(200);
  });
});

async function untilSettled(asked: readonly Promise<unknown>[], count: number): Promise<void> {
  let settled = 0;
  for (const one of asked) void one.then(() => (settled += 1));
  while (settled < count) await sleep(2);
}

describe('nobody takes the place of another', () => {
  const PLACES = 20;
  /** A gateway where a token that Cotalker has accepted, and others that it has not, hold as many as they get. */
  async function startHeld(exemptMs = 0) {
    const held: Socket[] = [];
    let isHeld = false;
    const next: Fault[] = [];
    const { gateway, upstream } = await stage(
      () => (socket) =>
        isHeld ? void held.push(socket) : (next.shift() ?? faults.json(GROUPS))(socket),
      { maxInFlight: PLACES, exemptMs },
    );
    await gateway.ask(LISTING, { token: 'greedy' });
    await gateway.ask(LISTING, { token: 'other' });
    /** A token asks before, once for each of these statuses. */
    const answerBefore = async (token: string, statuses: readonly number[]): Promise<void> => {
      isHeld = false;
      for (const status of statuses) {
        next.push(status === 200 ? faults.json(GROUPS) : faults.status(status));
        await gateway.ask(LISTING, { token });
      }
      isHeld = true;
    };
    isHeld = true;
    const ask = (token: string, n = 0) =>
      gateway.ask(`{ groups(first: ${n + 1}) { nodes { ... on MenuEntry { id } } } }`, { token });
    const release = async (asked: readonly Promise<unknown>[]): Promise<void> => {
      isHeld = false;
      for (const socket of held) faults.json(GROUPS)(socket);
      await Promise.all(asked);
    };
    return { gateway, upstream, ask, answerBefore, release };
  }

  test('one token has half of the places, and others find room', async () => {
    const { upstream, ask, release } = await startHeld();
    const asked = Array.from({ length: PLACES * 2 }, (_, n) => ask('greedy', n));
    await Promise.all([upstream.untilCalled(2 + PLACES / 2), untilSettled(asked, PLACES * 1.5)]);
    const other = ask('other');
    await upstream.untilCalled(3 + PLACES / 2);
    await release([...asked, other]);
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 503)).toHaveLength(PLACES * 1.5);
    expect((await other).status).toBe(200);
  });

  test('all made-up tokens together have no more, however many there are', async () => {
    const { upstream, ask, release } = await startHeld();
    const asked = Array.from({ length: PLACES * 2 }, (_, n) => ask(`made-up-${n}`));
    await Promise.all([upstream.untilCalled(2 + PLACES / 2), untilSettled(asked, PLACES * 1.5)]);
    const other = ask('other');
    await release([...asked, other]);
    expect((await other).status).toBe(200);
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 503)).toHaveLength(PLACES * 1.5);
  });

  test.each<[readonly number[], number]>([
    [[403], 200],
    [[404], 200],
    [[400], 503],
    [[200, 401], 503],
  ])(
    'beside many strangers, a token that Cotalker has answered %j before gets %d',
    async (statuses, expected) => {
      const { upstream, ask, answerBefore, release } = await startHeld();
      await answerBefore('token', statuses);
      const before = upstream.calls.length;
      const asked = Array.from({ length: PLACES }, (_, n) => ask(`made-up-${n}`));
      await Promise.all([
        upstream.untilCalled(before + PLACES / 2),
        untilSettled(asked, PLACES / 2),
      ]);
      const probe = ask('token');
      if (expected === 200) await upstream.untilCalled(before + PLACES / 2 + 1);
      else expect((await probe).status).toBe(503);
      await release([...asked, probe]);
      expect((await probe).status).toBe(expected);
    },
  );

  test('those who come first to a process that has just started are no strangers to be kept short', async () => {
    const { upstream, ask, release } = await startHeld(600_000);
    const asked = Array.from({ length: PLACES }, (_, n) => ask(`user-${n}`));
    await upstream.untilCalled(2 + PLACES);
    await release(asked);
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses).toEqual(Array(PLACES).fill(200));
  });

  test('of 400 requests sent at once on one connection one is served at a time, and all are', async () => {
    const { gateway, upstream, ask, release } = await startHeld();
    const COUNT = 400;
    const texts = Array.from({ length: COUNT }, () =>
      rawPost(LISTING, { authorization: 'Bearer greedy' }),
    );
    const connection = await open(gateway, texts.join(''));
    await upstream.untilCalled(3);
    const others = Array.from({ length: 5 }, (_, n) => ask('other', n));
    await upstream.untilCalled(8);
    expect(upstream.calls).toHaveLength(8);
    await release(others);
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual(Array(5).fill(200));
    while (connection.received.split('HTTP/1.1 200').length <= COUNT) await sleep(10);
  });
});

test('a body that is too large ends its connection, though more of it comes', async () => {
  const { gateway } = await stage(() => faults.json(GROUPS));
  const large = await open(
    gateway,
    'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 2000000\r\n\r\n',
  );
  const drip = setInterval(() => large.write('x'), 20);
  expect(await large.until(/REQUEST_ENTITY_TOO_LARGE/)).toMatch(/connection: close/i);
  await large.closed;
  clearInterval(drip);
});

/** Longer than a body may go on behind its answer. Nothing of this process runs meanwhile. */
const standStill = (): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
};

describe('a body that goes on behind its answer', () => {
  const origin = 'https://app.example.com';
  const CHUNKED = 'transfer-encoding: chunked\r\n\r\n';
  const EARLY: [string, string, number][] = [
    ['a probe', 'GET /health HTTP/1.1\r\nhost: x\r\n', 200],
    [
      'a preflight',
      `OPTIONS /graphql HTTP/1.1\r\nhost: x\r\norigin: ${origin}\r\naccess-control-request-method: POST\r\n`,
      204,
    ],
    ['what is turned away', 'POST /graphql HTTP/1.1\r\nhost: x\r\n', 503],
  ];

  test.each(EARLY)('ends its connection: of %s', async (_, head, status) => {
    const { gateway, release } = await startFull(stage, PLACES, { corsOrigins: [origin] });
    const endless = await open(gateway, head + CHUNKED);
    const drip = setInterval(() => endless.write('1\r\nx\r\n'), 20);
    expect(await endless.until(/\r\n\r\n/)).toContain(`HTTP/1.1 ${status} `);
    // What reads on for as long as a request may take reads for 30 s.
    expect(await endless.closed).toBeLessThan(15_000);
    clearInterval(drip);
    await release();
  });

  test.each(EARLY)('and where it comes to its end, does not: of %s', async (_, head, status) => {
    const { gateway, release } = await startFull(stage, PLACES, { corsOrigins: [origin] });
    const kept = await open(gateway, head + CHUNKED);
    expect(await kept.until(/\r\n\r\n/)).toContain(`HTTP/1.1 ${status} `);
    kept.write('1\r\nx\r\n0\r\n\r\n');
    await sleep(1000);
    kept.write('GET /ready HTTP/1.1\r\nhost: x\r\n\r\n');
    await kept.until(/^HTTP.*HTTP\/1\.1 200 /s);
    await release();
  });

  test('nor where it has come to its end while the process stood still', async () => {
    const { gateway } = await stage(() => faults.json(GROUPS));
    const kept = await open(gateway, `GET /health HTTP/1.1\r\nhost: x\r\n${CHUNKED}`);
    await kept.until(/\r\n\r\n/);
    kept.write('1\r\nx\r\n0\r\n\r\n');
    standStill();
    await sleep(20);
    kept.write('GET /ready HTTP/1.1\r\nhost: x\r\n\r\n');
    await kept.until(/^HTTP.*HTTP\/1\.1 200 /s);
  });

  test.each(['/health', '/metrics', '/other'])(
    'ends its connection on the listener of operators, too: of %s',
    async (path) => {
      const { gateway } = await stage(() => faults.json(GROUPS), { isMetered: true });
      const head = `GET ${path} HTTP/1.1\r\nhost: x\r\n`;
      const endless = await open({ url: gateway.adminUrl }, head + CHUNKED);
      const drip = setInterval(() => endless.write('1\r\nx\r\n'), 20);
      expect(await endless.until(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 [24]0/);
      expect(await endless.closed).toBeLessThan(15_000);
      clearInterval(drip);
    },
  );
});

test('nor is it asked for, where its length is told ahead: 413 comes without 100 Continue', async () => {
  const { gateway } = await stage(() => faults.json(GROUPS));
  const asking = await open(
    gateway,
    'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nexpect: 100-continue\r\ncontent-length: 2000000\r\n\r\n',
  );
  await asking.closed;
  expect(asking.received).toMatch(/^HTTP\/1\.1 413 .*REQUEST_ENTITY_TOO_LARGE/s);
});

test('while some are turned away, a line says how many and why', async () => {
  const lines: unknown[] = [];
  const { gateway, release } = await startFull(stage, PLACES, {
    onTurnedAway: (counts) => void lines.push(counts),
  });
  await Promise.all(Array.from({ length: 3 }, () => gateway.ask(LISTING)));
  while (lines.length === 0) await sleep(20);
  expect(lines).toEqual([{ places: 3 }]);
  await release();
});

test('what has no time for its calls is 503, and so without data, and is counted as turned away', async () => {
  const late: FaultServer['answer'] = () => (socket) =>
    void setTimeout(() => faults.json(GROUPS)(socket), 50);
  const { ask, gateway } = await stage(late, {
    limits: { callsPerRequest: 10, perOwner: 1, total: 1 },
    requestDeadlineMs: 1000,
    isMetered: true,
  });
  await ask();
  const asking = Array.from({ length: 60 }, (_, n) => ask(LISTING, { token: `token-${n}` }));
  const refused = (await Promise.all(asking)).filter(({ codes }) => codes.includes('OVERLOADED'));
  expect(refused.length).toBeGreaterThan(0);
  for (const { status, body, headers } of refused) {
    expect([status, 'data' in body]).toEqual([503, false]);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  }
  const name = 'cotalker_gateway_requests_turned_away_total';
  const counted = async () => {
    const samples = readSamples(await gateway.metrics()).filter(({ id }) => id.startsWith(name));
    return new Map(samples.map(({ labels, value }) => [labels['reason'], value]));
  };
  let counts = await counted();
  const sum = (): number => [...counts.values()].reduce((one, other) => one + other);
  for (let tries = 0; tries < 100 && sum() < refused.length; tries += 1) counts = await counted();
  expect(sum()).toBe(refused.length);
  expect(counts.get('calls')).toBeGreaterThan(0);
});
