import got, { type HandlerFunction } from 'got';
import { abortError } from '../abort.ts';
import { ACCEPTED_ENCODINGS, readBody } from './unpack.ts';
import { type Exchange, type Headers, type RawAnswer, type ReadRaw, templateOf } from '../call.ts';
import { failureOfStatus } from './failure.ts';
import { parseJson } from './bounded-json.ts';
import { createRecall } from '../sharing/same-bytes.ts';
import { createTransport } from './transport.ts';
import { createMemo } from '../sharing/derived.ts';

export interface ClientOptions {
  /** Where Cotalker's API lives, such as `https://www.cotalker.com/api`, without a slash at the end. */
  readonly baseUrl: string;
  /** The largest answer taken, in bytes after decompression. */
  readonly maxResponseBytes?: number | undefined;
  /** How long a GraphQL request has in all, in milliseconds: see {@link SILENCE}. Default: without end. */
  readonly requestDeadlineMs?: number;
  /** Whether answers come with what they were read from, for who keeps that. Default: false. */
  readonly withRaw?: boolean;
  /** Told of each list that is answered 404, which tells of a wrong address: `/v2/groups`. */
  readonly onMissingList?: (endpoint: string) => void;
}

type Send = (path: string, signal: AbortSignal, expected?: Uint8Array) => Promise<RawAnswer>;

/**
 * The part of a request's deadline in which something must have come of an answer: else the connection is taken for
 * dead. Half: whatever would have come within it comes in time from a new one as well, and a call that begins later
 * has no time for a second one.
 */
const SILENCE = 0.5;
const MAX_RESPONSE_BYTES = 10 * 1024 * 1024;
/** In memory, of what may be recalled: 13 MB of JSON, each body once, whoever gets it. */
const RECALL_BYTES = 64 * 1024 * 1024;

/**
 * The one place that talks to Cotalker, and the one `got.extend`. All that the gateway assumes of the
 * exchange is stated here:
 *
 * - no redirect is followed, so the token goes to one origin only;
 * - no cache: got's takes no notice of the token; ours is `cached-calls.ts`;
 * - no timeout and no retry of got's own: those are per attempt, ours is one deadline per request,
 *   which `signal` carries; see `retry.ts`;
 * - the bytes go over `transport.ts`, as got's handlers allow; got has the options and headers, once for
 *   each GraphQL request;
 * - every failure leaves as a `CotalkerError`. A got error never does: it carries the request's
 *   options, and with them the token.
 */
export function createExchange({
  baseUrl,
  maxResponseBytes = MAX_RESPONSE_BYTES,
  requestDeadlineMs = Infinity,
  withRaw = false,
  onMissingList = () => undefined,
}: ClientOptions): {
  exchange: Exchange;
  readRaw: ReadRaw;
  close: () => void;
} {
  const transport = createTransport(baseUrl, maxResponseBytes, requestDeadlineMs * SILENCE);
  const recall = createRecall(RECALL_BYTES);
  const sendOf = createMemo<object, Promise<Send>>();
  const open: HandlerFunction = ({ headers }) => {
    const send: Send = (path, signal, expected) =>
      transport.get(path, headers as Headers, signal, expected);
    return send as never;
  };
  const client = got.extend({
    headers: {
      accept: 'application/json',
      'accept-encoding': ACCEPTED_ENCODINGS,
      'user-agent': 'cotalker-gateway',
    },
    followRedirect: false,
    throwHttpErrors: false,
    retry: { limit: 0 },
    cache: false,
    decompress: false,
    handlers: [open],
  });
  // The calls of a GraphQL request differ in nothing but their paths, and got takes longer over its options
  // (16 µs) than a small call itself takes (15): so it is asked once for all of them.
  const openOnce = (headers: Headers): Promise<Send> =>
    sendOf(headers, () => client.stream(baseUrl, { headers }) as unknown as Promise<Send>);
  const parse = async (body: Uint8Array, encoding: string | undefined) => {
    const text = await readBody(body, encoding, maxResponseBytes);
    return { value: parseJson(text), length: text.length };
  };
  return {
    readRaw: (path, identity, { body, encoding }) =>
      recall.of(path, identity).read(body, encoding, () => parse(body, encoding)),
    exchange: async (path, headers, signal, identity) => {
      if (signal.aborted) throw abortError(signal);
      const send = await openOnce(headers);
      const last = recall.of(path, identity);
      const raw = await send(path, signal, last.body);
      const { status, encoding, retryAfter } = raw;
      if (status === 304 && 'if-none-match' in headers) return { status, body: undefined, raw };
      if (status !== 200) {
        const endpoint = templateOf(path);
        const namesRecord = endpoint.includes('{id}');
        if (status === 404 && !namesRecord) onMissingList(endpoint);
        throw failureOfStatus(status, retryAfter, namesRecord);
      }
      const body = await last.read(raw.body, encoding, () => parse(raw.body, encoding));
      return withRaw ? { status, body, raw } : { status, body };
    },
    close: transport.close,
  };
}
