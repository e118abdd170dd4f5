import got from 'got';
import type { Call } from '../call.ts';
import type { CotalkerError } from '../errors.ts';
import type { Exchange, RawAnswer, ReadRaw, Sent } from '../exchange.ts';
import { createSameBytes } from '../sharing/same-bytes.ts';
import { ACCEPTED_ENCODINGS, NOT_JSON, parseJson, readBody } from './unpack.ts';
import type { SentHeaders } from './connections.ts';
import { failureOfStatus } from './failure.ts';
import { createShortTurns } from './short-turns.ts';
import { createTransport, type SentWrite, type Transport } from './transport.ts';

export interface ClientOptions {
  /** Where Cotalker's API lives, such as `https://www.cotalker.com/api`, without a slash at the end. */
  readonly baseUrl: string;
  /** The largest answer taken, in bytes after decompression. */
  readonly maxResponseBytes?: number | undefined;
  /** How long a GraphQL request has in all, in milliseconds: see {@link SILENCE}. Default: without end. */
  readonly requestDeadlineMs?: number;
  /** Whether answers come with what they were read from, for who keeps that. Default: false. */
  readonly withRaw?: boolean;
  /** Told of each list that is answered 404, by a redirect or not by JSON, which tells of a wrong address: `/v2/groups`. */
  readonly onMissingList?: (endpoint: string) => void;
}

interface Client extends Pick<Transport, 'writes' | 'close'> {
  readonly exchange: Exchange;
  readonly readRaw: ReadRaw;
  /** Whether answers wait for the processor. */
  readonly isBehind: () => boolean;
}

/**
 * The part of a request's deadline in which something must have come of an answer: else `retry.ts` is told, since the
 * connection may be dead. Half: whatever would have come within it comes in time from a new one as well.
 */
const SILENCE = 0.5;
const MAX_RESPONSE_BYTES = 10 * 1024 * 1024;
/** In memory, of what may be recalled: 13 MB of JSON, each body once, whoever gets it. */
const SAME_BYTES_MEMORY = 64 * 1024 * 1024;

/**
 * The one place that talks to Cotalker. `transport.ts` sends each call by undici, and got only gives the headers that
 * all calls have: got takes 500 µs around each GET. All that the gateway assumes of the exchange is stated here:
 *
 * - no redirect is followed, so the token goes to one origin only;
 * - what may be remembered is remembered by `cached-calls.ts`, for one caller;
 * - an attempt has no timeout of its own: each request has one deadline, which `signal` carries. `retry.ts` makes the
 *   attempts;
 * - every failure leaves as a `CotalkerError`, which holds nothing of what was sent.
 */
export function createClient({
  baseUrl,
  maxResponseBytes = MAX_RESPONSE_BYTES,
  requestDeadlineMs = Infinity,
  withRaw = false,
  onMissingList = () => undefined,
}: ClientOptions): Client {
  const transport = createTransport(baseUrl, maxResponseBytes, requestDeadlineMs * SILENCE);
  const shortTurns = createShortTurns();
  const sameBytes = createSameBytes(SAME_BYTES_MEMORY);
  const parse = (body: Uint8Array, encoding: string | undefined) =>
    readBody(body, encoding, maxResponseBytes, (text) => ({
      value: parseJson(text),
      length: text.length,
    }));

  const failureOf = (call: Call, { status, retryAfter }: RawAnswer): CotalkerError => {
    if (isElsewhere(status) && !namesRecord(call)) onMissingList(call.template);
    return failureOfStatus(status, retryAfter, namesRecord(call));
  };
  const failureOfBody = (call: Call, error: CotalkerError): CotalkerError => {
    if (error.message === NOT_JSON && !namesRecord(call)) onMissingList(call.template);
    return error;
  };

  return {
    readRaw: (path, { body, encoding }) =>
      sameBytes.of(path).read(body, encoding, () => parse(body, encoding)),
    exchange: (call, context) =>
      new Promise((resolve, reject) => {
        const { request, path, signal, headers, known, sent, onSilent, beside } = context;
        const last = sameBytes.of(path);
        const receive = (raw: RawAnswer): void => {
          const { status, encoding } = raw;
          sent.rateLimit = raw.rateLimit;
          if (status === 304 && known !== undefined) resolve({ status, body: undefined, raw });
          else if (status !== 200 && !(call.write && status < 300)) reject(failureOf(call, raw));
          else {
            const read = last.read(raw.body, encoding, () => parse(raw.body, encoding));
            // By its status, a write is done, whatever its answer is.
            const told = call.write ? read.catch(() => undefined) : read;
            told.then(
              (body) => resolve(withRaw ? { status, body, raw } : { status, body }),
              (error: unknown) => reject(failureOfBody(call, error as CotalkerError)),
            );
          }
        };
        const write = sentWrite(call, sent);
        const all = { ...HEADERS_OF_ALL, ...(write && JSON_TYPE), ...request.headers, ...headers };
        const how = { headers: all, write, onSilent, isApart: beside !== undefined };
        transport.send(
          { path, signal, expected: last.body, ...how },
          {
            resolve: (raw) => shortTurns.run(() => receive(raw), request.owner.since),
            reject,
          },
        );
      }),
    isBehind: () => shortTurns.isBehind,
    writes: transport.writes,
    close: transport.close,
  };
}

/** Whether such a status to a list tells that it is not there. */
const isElsewhere = (status: number): boolean => status === 404 || (status >= 300 && status < 400);

/** A write names a record in its body, if not in its path. */
const namesRecord = ({ template, write }: Call): boolean =>
  template.includes('{id}') || write !== undefined;

const JSON_TYPE = { 'content-type': 'application/json' };

const sentWrite = ({ write }: Call, sent: Sent): SentWrite | undefined =>
  write && {
    method: write.method,
    body: JSON.stringify(write.body),
    onOut: () => {
      sent.isOut = true;
    },
  };

/**
 * The headers that all calls have, and all that got is used for: its other options have no effect, see record 22. A copy,
 * since got's own is a proxy: to spread that for each call takes 4 µs.
 */
const HEADERS_OF_ALL: SentHeaders = {
  ...got.extend({
    headers: {
      accept: 'application/json',
      'accept-encoding': ACCEPTED_ENCODINGS,
      'user-agent': 'cotalker-gateway',
    },
  }).defaults.options.headers,
};
