import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import type { Arrival, Handle } from '../../src/http/arrival.ts';
import { ClosedConnections } from '../../src/http/closed-connections.ts';
import { CONNECTION_LIMITS } from '../../src/http/connection-limits.ts';
import { createCallers } from '../../src/http/overload/callers.ts';
import { InFlight } from '../../src/http/overload/in-flight.ts';
import type { Served, Waiting } from '../../src/http/overload/line.ts';
import { createPlaces } from '../../src/http/overload/places.ts';
import { createTurnedAway } from '../../src/http/overload/turned-away.ts';
import { createReceive } from '../../src/http/receive.ts';
import { createReceiving } from '../../src/http/request/receiving.ts';

/*
 * What a request takes on its way, and what is told of it. The line begins requests when the test says so.
 */

const PLACES = 100;
const MEGABYTE = 'x'.repeat(1_000_000);

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function start(handle: Handle = (_, response) => void response.end('served')) {
  const waiting: Waiting[] = [];
  const served: Served[] = [];
  const judge = {
    ...{ arrived: () => () => undefined, refusalOf: () => undefined, waitOf: () => 0 },
    ask: (_: unknown, answer: (reason: undefined) => void) => answer(undefined),
  };
  const line = {
    judge,
    enter: (one: Waiting) => void waiting.push(one),
    finished: (one: Served) => void served.push(one),
  };
  const stations = {
    ...{ line, callers: createCallers(), turnedAway: createTurnedAway({}) },
    places: createPlaces(PLACES),
    inFlight: new InFlight(CONNECTION_LIMITS, new ClosedConnections()),
    receiving: createReceiving(CONNECTION_LIMITS),
  };
  const receive = createReceive(handle, stations as unknown as Parameters<typeof createReceive>[1]);
  server = createServer((request, response) => receive(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const ask = async (token: string, body = ''): Promise<number> => {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(url, { method: 'POST', headers, body });
    await response.text();
    return response.status;
  };
  const begin = (): void => waiting.shift()?.begin(0, { since: performance.now(), idle: 0 });
  /** Asks, and begins as soon as it waits. */
  const askAndBegin = async (token: string): Promise<number> => {
    const asked = ask(token);
    while (waiting.length === 0) await sleep(2);
    begin();
    return asked;
  };
  return { waiting, served, ask, begin, askAndBegin };
}

test('bodies that wait in line are bounded by their bytes, and take the places of their caller alone', async () => {
  const { waiting, ask, begin } = await start();
  const COUNT = 10;
  const statuses: number[] = [];
  const asked: Promise<unknown>[] = [];
  for (let n = 1; n <= COUNT; n += 1) {
    asked.push(ask('a', MEGABYTE).then((status) => void statuses.push(status)));
    while (waiting.length + statuses.length < n) await sleep(2);
  }
  const entered = waiting.length;
  expect(statuses).toEqual(Array(COUNT - entered).fill(503));
  // In pieces of 64 kB they have half of the places, and the last one may stand above.
  expect(entered).toBeGreaterThan(0);
  expect(entered * 15).toBeLessThan(PLACES / 2 + 16);

  // One that has begun waits no more, and its places are free.
  begin();
  while (statuses.length <= COUNT - entered) await sleep(2);
  const next = ask('a', MEGABYTE);
  while (waiting.length < entered) await sleep(2);
  while (waiting.length > 0) begin();
  await Promise.all([...asked, next]);
  expect(statuses.filter((status) => status === 200)).toHaveLength(entered);
});

const serve = (_: IncomingMessage, response: ServerResponse): void => void response.end(MEGABYTE);

test('the line is told how large an answer was', async () => {
  const { served, askAndBegin } = await start(serve);
  await askAndBegin('a');
  while (served.length === 0) await sleep(2);
  expect(served[0]?.answerBytes).toBeGreaterThan(MEGABYTE.length);
});

type Outcome = ReturnType<Parameters<Arrival['follow']>[0]>;
const NOTHING = { token: undefined, isTurnedAway: false };

test.each<[string, Outcome, boolean]>([
  ['is executed', undefined, true],
  ['is answered by what is remembered', { ...NOTHING, hasCalled: false }, true],
  ['has made a call, whatever came of it', { ...NOTHING, hasCalled: true }, false],
])('a request that %s: cheap is %s', async (_, outcome, isCheap) => {
  const { served, askAndBegin } = await start((__, response, { follow }) => {
    follow(() => outcome);
    response.end('served');
  });
  await askAndBegin('a');
  while (served.length === 0) await sleep(2);
  expect(served[0]?.isCheap).toBe(isCheap);
});

test('whoever Cotalker accepts is a caller of its own, until Cotalker refuses the token', async () => {
  let token: 'accepted' | 'rejected' | undefined;
  const { served, askAndBegin } = await start((_, response, { follow }) => {
    follow(() => ({ ...NOTHING, hasCalled: true, token }));
    response.end('served');
  });
  const callerAfter = async (news: typeof token): Promise<string | undefined> => {
    const before = served.length;
    await askAndBegin('a');
    while (served.length === before) await sleep(2);
    token = news;
    return served.at(-1)?.caller;
  };
  const stranger = await callerAfter('accepted');
  expect(await callerAfter(undefined)).toBe(stranger);
  const known = await callerAfter('rejected');
  expect(known).not.toBe(stranger);
  expect(await callerAfter(undefined)).toBe(known);
  expect(await callerAfter(undefined)).toBe(stranger);
});
