import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { Fault, FaultCall, FaultServer } from './fault-server.ts';
import * as faults from './faults.ts';
import { idOf, momentOf, rawGroup, rawTaskGroup } from './stage.ts';

/*
 * A Cotalker for a soak test. It answers nine calls of ten, in every encoding. The others fail in all known ways.
 * Once a minute all calls fail, until the circuit breaker opens.
 */

const OUTAGE_EVERY_MS = 60_000;
const OUTAGE_MS = 1500;
/** How long a list stays as it is, so that what is recalled is now the same, now another. */
const VERSION_MS = 5000;

const GROUPS = 50;
const TASK_GROUPS = 3;
const CHANNELS = 30;
const TASKS = 10;

const many = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index + 1));

/** Links, task groups and plain ones, the first of which is the parent of some. */
const groups = (version: number): object[] =>
  many(GROUPS, (n) =>
    rawGroup(n, {
      ...{ isActive: true, weight: (n * version) % 7, isCategory: n === 4 },
      ...(n === 4 && { nestedGroups: [idOf(5), idOf(6)] }),
      ...(n > 15 && { link: { url: `https://example.com/${version}/${n}`, linkType: 'URL' } }),
    }),
  );
const users = many(5, (n) => ({ _id: idOf(0x5000 + n), name: { displayName: `Person ${n}` } }));
const machine = { _id: idOf(0x3000), name: 'Machine', isActive: true };

const listsOf = (version: number): Readonly<Record<string, unknown>> => ({
  '/v2/groups': { data: { groups: groups(version), count: GROUPS } },
  '/v2/task-groups': {
    data: {
      taskgroups: many(TASK_GROUPS, (n) => rawTaskGroup(n, { initialStateMachine: machine._id })),
      count: TASK_GROUPS,
    },
  },
  '/v2/channels': {
    data: {
      channels: many(CHANNELS, (n) => ({
        ...{ _id: idOf(0x2000 + n), group: idOf(1 + (n % GROUPS)), modifiedAt: momentOf(n) },
        ...{ nameDisplay: `Channel ${n} of ${version}`, userIds: users.map(({ _id }) => _id) },
      })),
      count: CHANNELS,
    },
  },
  '/v2/users': { data: { users, count: users.length } },
  '/v2/properties': { data: { properties: [], count: 0 } },
  tasks: {
    data: {
      values: many(TASKS, (n) => ({
        ...{ _id: idOf(0x4000 + n), name: `Task ${n} of ${version}`, assignee: idOf(0x5001) },
        smStateMachine: machine._id,
      })),
      count: TASKS,
    },
  },
  smstatemachine: [machine],
  all: [{ _id: idOf(0x3100), stateMachine: machine._id, type: 'initial', isActive: true }],
});

const PACK: readonly [encoding: string, pack: (text: string) => Buffer][] = [
  ['identity', (text) => Buffer.from(text)],
  ['gzip', (text) => gzipSync(text)],
  ['br', (text) => brotliCompressSync(text)],
  ['deflate', (text) => deflateSync(text)],
  ['zstd', (text) => zstdCompressSync(text)],
];

/** The answers of each of three versions, in each encoding, packed once. */
const ANSWERS: readonly Readonly<Record<string, readonly Fault[]>>[] = many(3, (version) =>
  Object.fromEntries(
    Object.entries(listsOf(version)).map(([path, body]) => [
      path,
      PACK.map(([encoding, pack]) =>
        faults.text(pack(JSON.stringify(body)), { 'content-encoding': encoding }),
      ),
    ]),
  ),
);

/** The same answers as texts, for {@link ownText}. */
const TEXTS: readonly Readonly<Record<string, string>>[] = many(3, (version) =>
  Object.fromEntries(
    Object.entries(listsOf(version)).map(([path, body]) => [path, JSON.stringify(body)]),
  ),
);

/**
 * A text that no other caller gets, byte for byte: white space behind it that goes by the token's number.
 * All who fill what is recalled get such, and every second of those who come once or twice; the others get the
 * same bodies as everybody.
 */
function ownText(text: string, { headers }: FaultCall): Fault | undefined {
  const [, kind, number] = /^Bearer (fill|own)-(\d+)$/.exec(headers['authorization'] ?? '') ?? [];
  if (kind === undefined || (kind === 'own' && Number(number) % 2 === 0)) return undefined;
  const bits = Number(number).toString(2).replaceAll('0', ' ').replaceAll('1', '\t');
  return faults.text(`${text}${kind === 'fill' ? '\n' : ''}${bits}`);
}

/** A list that is followed has something new now and then, under another moment each time. */
const news = (nth: number): Fault =>
  faults.json({
    data: {
      groups: [rawGroup(1, { modifiedAt: new Date().toISOString(), weight: nth })],
      count: 1,
    },
  });

/** An answer without a fault. */
export function answerWell(call: FaultCall, nth: number): Fault {
  const { path, query } = call;
  if (query.has('modified_gte') && nth % 3 === 0) return news(nth);
  const version = Math.floor(performance.now() / VERSION_MS) % ANSWERS.length;
  const answers = ANSWERS[version] ?? {};
  const name = [path, path.slice(path.lastIndexOf('/') + 1)].find((name) => name in answers);
  const own = ownText(TEXTS[version]?.[name ?? '/v2/groups'] ?? '', call);
  if (own !== undefined) return own;
  const found = answers[name ?? '/v2/groups'] ?? [];
  return found[nth % found.length] ?? faults.drop;
}

const STATUSES = [204, 302, 400, 401, 403, 404, 418, 429, 500, 502, 503, 504];
const WRONG: readonly Fault[] = [
  ...STATUSES.map((code) => faults.status(code, {}, code === 204 ? '' : '<html>no</html>')),
  faults.status(429, { 'retry-after': '30' }),
  faults.status(503, { 'retry-after': 'soon' }),
  ...[faults.hang, faults.drop, faults.reset, faults.resetAfterHead, faults.resetInBody],
  ...[faults.truncated('{"data":'), faults.cutOffChunks('{"data":{}'), faults.endlessInterim],
  ...[faults.drippingHead, faults.drippingBody(), faults.drippingBody(503)],
  ...[faults.text(''), faults.text('null'), faults.text('<html>'), faults.raw('SSH-2.0\r\n\r\n')],
  faults.text('no gzip', { 'content-encoding': 'gzip' }),
  faults.text(gzipSync(Buffer.alloc(12_000_000, ' ')), { 'content-encoding': 'gzip' }),
  faults.text('{"__proto__":{"a":1},"data":{"groups":[{"__proto__":1}],"count":1}}'),
  faults.json({ data: { groups: [null, 1, {}, rawGroup(1, { weight: 'x' })], count: 4 } }),
];
/** Each costs as much as a hundred others. */
const HEAVY: readonly Fault[] = [faults.endlessBody, faults.endlessError, faults.endlessHeader];

export const answerSoak: FaultServer['answer'] = (call, nth) => {
  if (performance.now() % OUTAGE_EVERY_MS < OUTAGE_MS) return faults.status(503);
  if (nth % 1009 === 0) return HEAVY[nth % HEAVY.length] ?? faults.drop;
  if (nth % 10 === 0) return WRONG[(nth / 10) % WRONG.length] ?? faults.drop;
  return answerWell(call, nth);
};
