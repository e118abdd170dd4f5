import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { type Events, subscribe } from '../support/events.ts';
import { GROUPS, LISTING, useFaultStage } from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';
import { openRaw, type RawConnection, rawPost } from '../support/raw.ts';
import { range } from '../support/stage.ts';

/*
 * What one caller may take of a gateway, in numbers: whatever it does, nobody else gets a 503. All tokens have been
 * accepted by Cotalker, so that it is the shares of known callers that are seen, and not that of strangers.
 */

const { stage } = useFaultStage();

let connections: RawConnection[] = [];
afterEach(() => {
  for (const { socket } of connections) socket.destroy();
  connections = [];
});
async function open(url: string, text: string): Promise<RawConnection> {
  const connection = await openRaw(url);
  connections.push(connection);
  connection.write(text);
  return connection;
}

const isGreedy = (token: string): boolean => token.startsWith('greedy');
/** Different lists, so that no request shares the call of another. */
const listing = (n: number): string =>
  `{ groups(first: ${(n % 100) + 1}) { nodes { ... on MenuEntry { id } } } }`;

/** A gateway that has served each of these tokens once. Cotalker holds the calls of greedy ones until `release`. */
async function startAccepted(maxInFlight: number, tokens: readonly string[]) {
  const held: Socket[] = [];
  let isHolding = false;
  const limits = { callsPerRequest: 250, perOwner: 10, total: 1000 };
  const { gateway, upstream } = await stage(
    ({ headers }) =>
      (socket) => {
        const token = headers['authorization']?.replace('Bearer ', '') ?? '';
        if (isHolding && isGreedy(token)) held.push(socket);
        else faults.json(GROUPS)(socket);
      },
    // Neither a deadline nor the line's wait, so that a busy machine turns nobody away.
    { maxInFlight, limits, requestDeadlineMs: 600_000, exemptMs: 600_000 },
  );
  for (const token of tokens) await gateway.ask(LISTING, { token });
  isHolding = true;
  const untilHeld = async (count: number): Promise<void> => {
    while (held.length < count) await sleep(2);
  };
  const release = (): void => {
    isHolding = false;
    for (const socket of held) faults.json(GROUPS)(socket);
  };
  const statusOf = async (token: string, n = 0): Promise<number> =>
    (await gateway.ask(listing(n), { token })).status;
  return { gateway, upstream, held, untilHeld, release, statusOf };
}

const count = (statuses: readonly number[], wanted: number): number =>
  statuses.filter((status) => status === wanted).length;
const named = (name: string, length: number): string[] => range(length).map((n) => `${name}-${n}`);

test('one token with 160 requests in flight: 0 of 59 other callers get 503', async () => {
  const others = named('other', 59);
  const { statusOf, untilHeld, release } = await startAccepted(160, ['greedy', ...others]);
  const asked = range(160).map((n) => statusOf('greedy', n));
  await untilHeld(80);
  const statuses = await Promise.all(others.map((token) => statusOf(token)));
  expect([count(statuses, 503), count(statuses, 200)]).toEqual([0, 59]);
  release();
  expect(count(await Promise.all(asked), 503)).toBe(80);
});

/** One token, as 200 headers: the scheme in any case, and any number of spaces. */
const SPELLINGS = range(200).map((n) => {
  const letters = Array.from('bearer', (letter, at) =>
    (n >> at) & 1 ? letter.toUpperCase() : letter,
  );
  return `${letters.join('')}${' '.repeat(1 + (n >> 6))}greedy`;
});

test('200 spellings of one token hold no more places than one', async () => {
  expect(new Set(SPELLINGS).size).toBe(200);
  const { gateway, held, release } = await startAccepted(160, ['greedy']);
  const statuses: number[] = [];
  const asked = SPELLINGS.map(async (authorization, n) => {
    const answer = await gateway.ask(listing(n), { token: null, headers: { authorization } });
    statuses.push(answer.status);
  });
  while (held.length + statuses.length < SPELLINGS.length) await sleep(2);
  expect([held.length, count(statuses, 503)]).toEqual([80, 120]);
  release();
  await Promise.all(asked);
  expect(count(statuses, 200)).toBe(80);
});

test('one connection with 400 pipelined requests, also of 40 tokens: 0 of 30 others get 503', async () => {
  const greedy = named('greedy', 40);
  const others = named('other', 30);
  const { gateway, upstream, held, untilHeld, release, statusOf } = await startAccepted(40, [
    ...greedy,
    ...others,
  ]);
  const before = upstream.calls.length;
  const texts = range(400).map((n) =>
    rawPost(listing(n), { authorization: `Bearer ${greedy[n % greedy.length]}` }),
  );
  const connection = await open(gateway.url, texts.join(''));
  await untilHeld(1);
  const statuses = await Promise.all(others.map((token) => statusOf(token)));
  expect([count(statuses, 503), count(statuses, 200)]).toEqual([0, 30]);
  expect([held.length, upstream.calls.length - before]).toEqual([1, 31]);
  release();
  while (connection.received.split('HTTP/1.1 200').length <= 400) await sleep(10);
});

test('connections with thousands of pipelined requests that wait are cut, and nobody else notices', async () => {
  const { gateway, statusOf } = await startAccepted(100, ['greedy', 'other']);
  const first = rawPost(listing(1), { authorization: 'Bearer greedy' });
  const flood = first + 'GET / HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(2500);
  const flooding = await Promise.all(range(20).map(() => open(gateway.url, flood)));
  await Promise.all(flooding.map(({ closed }) => closed));
  expect(await statusOf('other')).toBe(200);
});

test('120 connections that send headers and no body: 0 of 60 others get 503', async () => {
  const silent = named('silent', 120);
  const others = named('other', 60);
  const { gateway, statusOf } = await startAccepted(100, [...silent, ...others]);
  for (const token of silent)
    await open(
      gateway.url,
      `POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n` +
        'content-type: application/json\r\ncontent-length: 9\r\n\r\n',
    );
  const statuses = await Promise.all(others.map((token) => statusOf(token)));
  expect([count(statuses, 503), count(statuses, 200)]).toEqual([0, 60]);
});

test('600 heads of bodies that are too large, at once: each gets 413, and 0 of 30 others get 503', async () => {
  const others = named('other', 30);
  const { gateway, statusOf } = await startAccepted(100, others);
  const head =
    'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 2000000\r\n\r\n';
  const sent = await Promise.all(range(600).map(() => open(gateway.url, head)));
  const received = await Promise.all(sent.map(({ until }) => until(/\r\n\r\n.*\}$/s)));
  expect(received.filter((text) => !text.startsWith('HTTP/1.1 413'))).toEqual([]);
  const statuses = await Promise.all(others.map((token) => statusOf(token)));
  expect([count(statuses, 503), count(statuses, 200)]).toEqual([0, 30]);
});

test('ten tokens with all the subscriptions that they get do not lock out an eleventh', async () => {
  const FOLLOW = 'subscription { groupChanged { cursor } }';
  const PLACES = 200;
  const { gateway } = await stage(() => faults.json(GROUPS), {
    live: { pollMs: 60_000, maxSubscriptions: PLACES },
  });
  const followers: Events[] = [];
  const follow = async (token: string): Promise<number> => {
    const events = await subscribe(gateway.url, FOLLOW, { token });
    followers.push(events);
    return events.status;
  };
  for (const token of named('greedy', 10)) while ((await follow(token)) === 200);
  expect(followers.length).toBeGreaterThan(PLACES / 2);
  expect(await follow('eleventh')).toBe(200);
  for (const each of followers) each.leave();
});
