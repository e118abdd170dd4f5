import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Call, pathOf } from '../call.ts';
import type { RawBody, ReadRaw, RequestContext } from '../exchange.ts';
import {
  type Kind,
  kindOf,
  callOfRecords,
  nameOfRecord,
  type RecordsName,
  write,
} from './kinds.ts';
import type { CallerCache, Found, LookupResult } from './response-cache.ts';
import { MAX_BODY_BYTES } from './store.ts';

/**
 * What the response cache has for a request beside the answers to its calls. Its readers have to know how old an
 * answer is, or want something that is made of several answers.
 */
export interface Memory {
  /**
   * Whether anything that the request was served may be older than the request. Then what is absent there has to be
   * asked for anew, by `Call.fresh`, before it is taken for absent.
   */
  hasServed(): boolean;
  /** What is remembered as the answer to a call; undefined where there is nothing that may be served. */
  answerTo(call: Call): Promise<Remembered | undefined>;
  /** Records as they came, by their ids: those that are remembered. */
  records(name: RecordsName, ids: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
  /**
   * Remembers what several answers have told together as the answer to one call, which nobody makes. Never fails.
   * It is as old as the oldest of them, and kept no longer than any of them may be.
   *
   * @param body Where it is the body of one of these answers, its bytes are kept as they came.
   * @param from The calls; each has been answered to this request.
   */
  keep(call: Call, body: unknown, from: readonly Call[]): Promise<void>;
  /** Forgets the answer to a call: what Cotalker has told since is younger. */
  drop(call: Call): void;
}

export interface Remembered {
  readonly body: unknown;
  /** When it was asked for, in milliseconds as `Date.now()` counts. */
  readonly askedAt: number;
}

/** Of a request for which nothing is kept. */
export const NO_MEMORY: Memory = {
  hasServed: () => false,
  answerTo: async () => undefined,
  records: async () => new Map(),
  keep: async () => undefined,
  drop: () => undefined,
};

/** Less is kept as it is. */
const MIN_PACKED_BYTES = 16 * 1024;
const pack = promisify<Buffer, Buffer>((content, told) => gzip(content, { level: 1 }, told));

interface MemoryOptions {
  readonly request: RequestContext;
  readonly cache: CallerCache;
  readonly readRaw: ReadRaw;
  readonly onLookup: (result: LookupResult) => void;
}

/** The memory of one request's caller. */
export function createMemory(options: MemoryOptions): Memory {
  const { request, cache, readRaw } = options;
  const { caller, trace, idle } = request;
  const maySee = caller.caching === undefined;

  const tell = (call: Call, askedAt: number, oldest: number): Promise<unknown> => {
    const ageMs = Math.max(0, Date.now() - oldest);
    const answer = Promise.resolve({ status: 200 });
    return trace.follow(call, 'remembered', answer, { askedAt, sent: { count: 0 }, ageMs });
  };

  return {
    hasServed: () => trace.calls.some(({ source }) => source === 'remembered'),
    answerTo: async (call) => {
      if (!maySee || !cache.keeps(kindOf(call))) return undefined;
      const askedAt = performance.now();
      const found = await idle.watch(find(options, pathOf(call), kindOf(call), readRaw));
      if (found !== undefined) await tell(call, askedAt, found.askedAt);
      return found;
    },
    records: async (name, ids) => {
      const records = new Map<string, unknown>();
      if (!maySee || !cache.keeps('reference')) return records;
      const askedAt = performance.now();
      let oldest = Infinity;
      const findOne = async (id: string): Promise<void> => {
        const found = await find(options, nameOfRecord(name, id), 'reference', parse);
        if (found === undefined) return;
        records.set(id, found.body);
        oldest = Math.min(oldest, found.askedAt);
      };
      await idle.watch(Promise.all(ids.map(findOne)));
      if (records.size > 0) await tell(callOfRecords(name, [...records.keys()]), askedAt, oldest);
      return records;
    },
    drop: (call) => {
      if (cache.keeps(kindOf(call))) cache.drop(pathOf(call));
    },
    keep: (call, body, from) => keep(options, call, body, from),
  };
}

/** Reads a record, which `write` has put there. */
const parse: ReadRaw = async (_, { body }): Promise<unknown> =>
  JSON.parse(Buffer.from(body).toString());

interface FoundBody extends Found {
  readonly body: unknown;
}

/** What is kept, with its body; a body that cannot be read is as good as none. */
export async function lookUp(
  cache: CallerCache,
  name: string,
  kind: Kind,
  read: ReadRaw,
): Promise<FoundBody | 'miss' | 'error'> {
  const found = await cache.find(name, kind);
  if (typeof found === 'string') return found;
  try {
    return { ...found, body: await read(name, found.entry) };
  } catch {
    return 'error';
  }
}

async function find(
  { cache, onLookup }: MemoryOptions,
  name: string,
  kind: Kind,
  read: ReadRaw,
): Promise<Remembered | undefined> {
  const found = await lookUp(cache, name, kind, read);
  if (typeof found === 'string' || !found.isFresh) {
    onLookup(typeof found === 'string' ? found : 'miss');
    return undefined;
  }
  onLookup('hit');
  return { body: found.body, askedAt: found.entry.askedAt };
}

async function keep(
  { request: { answers }, cache }: MemoryOptions,
  call: Call,
  body: unknown,
  from: readonly Call[],
): Promise<void> {
  const kind = kindOf(call);
  if (!cache.keeps(kind)) return;
  const given = await Promise.allSettled(from.flatMap((one) => answers.get(pathOf(one)) ?? []));
  const answered = given.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  const told = answered.flatMap((one) => one.told ?? []);
  if (told.length < from.length) return;
  const askedAt = Math.min(...told.map((one) => one.askedAt));
  const raw = answered.find((one) => one.body === body)?.told?.raw;
  const isFit = raw !== undefined && raw.body.byteLength <= MAX_BODY_BYTES;
  const content = isFit ? raw : await packed(body);
  if (content === undefined) return;
  const freshness = told.map((one) => one.freshness);
  const { encoding, body: bytes } = content;
  cache.keep(pathOf(call), kind, { encoding, etag: undefined, freshness, body: bytes }, askedAt);
}

async function packed(body: unknown): Promise<RawBody | undefined> {
  const content = write(body);
  if (content === undefined || content.byteLength < MIN_PACKED_BYTES)
    return content && { encoding: undefined, body: content };
  return { encoding: 'gzip', body: await pack(content) };
}
