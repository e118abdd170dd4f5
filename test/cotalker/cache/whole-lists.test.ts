import { gzipSync } from 'node:zlib';
import { afterEach, expect, jest, test } from '@jest/globals';
import { createMemoryStore, type Entry, type Store } from '../../../src/cotalker/cache/store.ts';
import { createResponseCache } from '../../../src/cotalker/cache/response-cache.ts';
import { createCaller } from '../../../src/cotalker/call.ts';
import {
  listTaskGroups,
  rememberedTaskGroups,
} from '../../../src/cotalker/endpoints/task-groups.ts';
import { createCotalker, type Session } from '../../../src/cotalker/session.ts';
import { createTraits } from '../../../src/cotalker/traits/index.ts';
import { createClient } from '../../../src/cotalker/wire/client.ts';
import { createEveryGroup } from '../../../src/loaders/every-group.ts';
import { type Fault, type FaultCall, startFaultServer } from '../../support/fault-server.ts';
import * as faults from '../../support/faults.ts';
import { range, rawGroup, rawTaskGroup } from '../../support/stage.ts';

/* A list that came on one page is remembered by the bytes of that page; one of several pages is written anew. */

const MENU_MS = 60_000;
const closing: (() => unknown)[] = [];
afterEach(async () => {
  jest.restoreAllMocks();
  for (const close of closing.splice(0)) await close();
});

/** A Cotalker that answers so, and sessions that remember; `kept` has what is kept, by part and name. */
async function open(answer: (call: FaultCall) => Fault) {
  const upstream = await startFaultServer(answer);
  const client = createClient({ baseUrl: upstream.url, withRaw: true });
  const memory = createMemoryStore(64e6);
  const kept = new Map<string, Entry>();
  const store: Store = {
    get: memory.get,
    set: (key, entry) => {
      kept.set(`${key.part} ${key.name}`, entry);
      memory.set(key, entry);
    },
  };
  const lifetimes = { reference: 60_000, menu: MENU_MS, other: 0 };
  const cotalker = createCotalker(client.exchange, {
    // So that a count proves a page to be all.
    traits: createTraits({ counts: { groups: 'total', taskGroups: 'total' } }),
    limits: { callsPerRequest: 250, perOwner: 10, total: 100 },
    cache: { cache: createResponseCache({ lifetimes, store }), readRaw: client.readRaw },
  });
  closing.push(client.close, upstream.close);
  const session = (token = 'alice', admin = false): Session => {
    const caller = createCaller({ authorization: `Bearer ${token}`, admin, tracing: {} });
    return cotalker.openSession(caller, new AbortController().signal, 10_000);
  };
  return { upstream, session, kept };
}

const GROUPS = 'false /v2/groups?isActive=true';
const TASK_GROUPS = 'false /v2/task-groups?isActive=all';
const idsOf = (items: readonly { readonly id: string | undefined }[] | undefined) =>
  items?.map(({ id }) => id);
const listed = (session: Session) => createEveryGroup(session).list('true');
const remembered = (session: Session) => createEveryGroup(session).remembered('true');
/** What has been answered is kept in a moment. */
const settle = () => new Promise<void>((resolve) => void setImmediate(resolve));
const bytesOf = ({ body }: Pick<Entry, 'body'> = { body: new Uint8Array() }): string =>
  Buffer.from(body).toString('hex');

const groups = range(100).map((n) => rawGroup(n, { text: 'x'.repeat(900) }));
/** Spaces, so that it is not what would be written of it. */
const page = Buffer.from(JSON.stringify({ data: { groups, count: groups.length } }, null, 1));

test.each([
  ['plain', page, undefined],
  ['packed', gzipSync(page), 'gzip'],
])('the groups of one page, %s: as it came, and of nobody else', async (_, body, encoding) => {
  const headers = encoding === undefined ? {} : { 'content-encoding': encoding };
  const { upstream, session, kept } = await open(() => faults.text(body, headers));
  const first = await listed(session());
  await settle();
  const entry = kept.get(GROUPS);
  expect(entry?.encoding).toBe(encoding);
  expect(bytesOf(entry)).toBe(bytesOf({ body }));
  // The page's own entry has the same bytes, and no others beside them.
  expect([...kept.values()].map((one) => one.body === entry?.body)).toEqual([true, true]);
  expect(entry?.body.buffer.byteLength).toBe(entry?.body.byteLength);
  expect(idsOf(await remembered(session()))).toEqual(idsOf(first));
  expect(upstream.calls).toHaveLength(1);
  expect(await remembered(session('bob'))).toBeUndefined();
  expect(await remembered(session('alice', true))).toBeUndefined();
});

test('a page that Cotalker says still holds is the list again', async () => {
  const { upstream, session, kept } = await open(({ headers }) =>
    headers['if-none-match'] === '"1"'
      ? faults.status(304, { etag: '"1"' })
      : faults.text(page, { etag: '"1"' }),
  );
  await listed(session());
  await settle();
  const { now } = Date;
  jest.spyOn(Date, 'now').mockImplementation(() => now() + MENU_MS + 1);
  kept.clear();
  expect(await listed(session())).toHaveLength(groups.length);
  await settle();
  expect(upstream.calls).toHaveLength(2);
  expect(bytesOf(kept.get(GROUPS))).toBe(page.toString('hex'));
  expect(await remembered(session())).toHaveLength(groups.length);
});

test('a page that is too large to be kept as it came is packed', async () => {
  const large = range(500).map((n) => rawGroup(n, { text: 'x'.repeat(3000) }));
  const { session, kept } = await open(() =>
    faults.json({ data: { groups: large, count: large.length } }),
  );
  await listed(session());
  while (!kept.has(GROUPS)) await settle();
  expect(kept.get(GROUPS)?.encoding).toBe('gzip');
  expect(await remembered(session())).toHaveLength(large.length);
});

const taskGroups = range(4).map((n) => rawTaskGroup(n));
const pageOf = (call: FaultCall, size: number): Fault => {
  const from = (Number(call.query.get('page')) - 1) * size;
  const taskgroups = taskGroups.slice(from, from + size);
  return faults.json({ data: { taskgroups, count: taskGroups.length } });
};

test.each([
  ['one page: as it came', 4],
  ['several pages: all of them, written anew', 3],
])('the task groups of %s', async (_, size) => {
  const { upstream, session, kept } = await open((call) => pageOf(call, size));
  const { items } = await listTaskGroups(session());
  await settle();
  expect(idsOf(items)).toEqual(taskGroups.map(({ _id }) => _id));
  const calls = upstream.calls.length;
  const { body = new Uint8Array() } = kept.get(TASK_GROUPS) ?? {};
  const { data } = JSON.parse(Buffer.from(body).toString());
  expect(data.taskgroups).toEqual(taskGroups);
  expect(data.count).toBe(size === 4 ? 4 : undefined);
  const known = await rememberedTaskGroups(session());
  expect(idsOf(known?.items)).toEqual(idsOf(items));
  expect(upstream.calls).toHaveLength(calls);
  expect(await rememberedTaskGroups(session('bob'))).toBeUndefined();
});
