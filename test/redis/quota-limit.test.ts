import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  type AskForPlaces,
  createSharedQuotas,
  type Grant,
  type Statement,
} from '../../src/cotalker/quota/in-redis.ts';
import { createRedis } from '../../src/redis/connection.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';

/* What instances that share a quota tell each other of its limit. */

const QUOTA = { calls: 50, windowMs: 5000 };
const NOTHING: Statement = {
  ...{ spent: [], held: 0, heldMs: 10_000, wanted: 1, kept: 0, pauseMs: 0 },
  ...{ limit: QUOTA.calls, isLearnt: false, version: 0 },
};

let server: RedisServer;
let closing: (() => unknown)[] = [];
beforeEach(async () => {
  server = await startRedisServer();
  closing = [server.close];
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
});

/** One that knows what it was told last. */
async function startInstance() {
  const states: (string | undefined)[] = [];
  const redis = createRedis(server.url, (_, reason) => void states.push(reason));
  closing.push(redis.close);
  while (!states.includes(undefined)) await sleep(5);
  const secret = 'x'.repeat(32);
  const ask: AskForPlaces = createSharedQuotas(redis, { secret, origin: 'any' }, QUOTA)('acme');
  let known: Pick<Grant, 'limit' | 'version'> = NOTHING;
  const tell = async (learnt?: number): Promise<number> => {
    const { limit, version } = known;
    const news = learnt === undefined ? { limit } : { limit: learnt, isLearnt: true };
    known = await ask({ ...NOTHING, version, ...news });
    return known.limit;
  };
  return { tell };
}

test('the end of a hold does not overwrite what another has just learnt', async () => {
  const [one, other] = [await startInstance(), await startInstance()];
  expect([await one.tell(40), await other.tell()]).toEqual([40, 40]);
  expect(await other.tell(20)).toBe(20);
  // It does not know of that yet.
  expect(await one.tell(50)).toBe(20);
  // Now it does.
  expect([await one.tell(22), await other.tell()]).toEqual([22, 22]);
});

test('of two that learn at once, the lower one holds', async () => {
  const [one, other] = [await startInstance(), await startInstance()];
  await one.tell();
  await other.tell();
  expect([await one.tell(30), await other.tell(25)]).toEqual([30, 25]);
  expect(await one.tell()).toBe(25);
});

test('a Redis that has lost all knows the limit again from who tells first', async () => {
  const [one, other] = [await startInstance(), await startInstance()];
  await one.tell(30);
  await one.tell(20);
  await other.tell();
  await server.send('FLUSHALL');
  expect([await one.tell(), await other.tell()]).toEqual([20, 20]);
  // It knew the same.
  expect([await other.tell(30), await one.tell()]).toEqual([30, 30]);
});
