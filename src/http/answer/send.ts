import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import { isAsyncIterable } from 'graphql-yoga';
import { badRequest, toldError, withoutStatus } from '../../errors.ts';
import { MEDIA_TYPES, type MediaType, preferred } from './media-types.ts';
import type { Answer, Result } from '../../observe/request-observer.ts';
import { type Head, sendStream } from './stream.ts';

export interface Reply extends Partial<Head> {
  readonly status: number;
  readonly body?: string | Uint8Array;
}

export type Pages = Readonly<Record<string, (asked: IncomingHttpHeaders) => Reply>>;

export const ONLY_READ: Reply = { status: 405, headers: { allow: 'GET, HEAD' } };

/** Sends it, unless its caller has left. Node leaves out the body for HEAD. */
export function send(response: ServerResponse, { status, headers, body = '' }: Reply): void {
  if (response.destroyed) return;
  const length = { 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, ...(status !== 304 && length) }).end(body);
}

export const bodyOf = (result: Result): string =>
  JSON.stringify(
    result.errors === undefined ? result : { ...result, errors: result.errors.map(toldError) },
  );

export function sendResult(
  response: ServerResponse,
  result: Result,
  type: 'json' | 'graphql' = 'json',
  body = bodyOf(result),
): void {
  const { status, headers } = headOf(result, type === 'json');
  send(response, { status, headers: { 'content-type': MEDIA_TYPES[type], ...headers }, body });
}

/**
 * The status and the headers that its errors ask for, by `extensions.http`. The highest status counts.
 *
 * @param isLenient Whether a query that is not executed is 200, see `requestError`; as under `application/json`.
 */
function headOf({ data, errors = [] }: Result, isLenient: boolean): Head {
  const headers: Record<string, string> = {};
  let status = 0;
  for (const { extensions } of errors) {
    const { http } = extensions;
    Object.assign(headers, http?.headers);
    if (!(isLenient && http?.spec === true)) status = Math.max(status, http?.status ?? 0);
  }
  const isDefect = data === undefined && errors.some(({ extensions }) => extensions['unexpected']);
  return { status: status || (isDefect ? 500 : 200), headers };
}

/** @throws GraphQLError `BAD_REQUEST` (406). GraphQL over HTTP, "Body": what no answer could be given to is not executed. */
export function checkAccept(accept: string | undefined): void {
  if (preferred(accept, ALL) === undefined)
    throw badRequest(`The "Accept" header has none of these: ${NAMES}.`, 406);
}
const ALL = Object.keys(MEDIA_TYPES) as MediaType[];
const NAMES = ALL.map((type) =>
  MEDIA_TYPES[type].replace(/; (?:charset|boundary)=[^;]+/g, '').replace('; ', ';'),
).join(', ');

interface AnswerOptions {
  readonly accept: string | undefined;
  /** Whether it is a subscription, which has no end. */
  readonly isOpen: boolean;
  /** Whether the request may have changed something. */
  readonly hasWritten: boolean;
  /** Between two signs of life of a stream. */
  readonly heartbeatMs: number;
  readonly toText: (part: Result) => string;
}

/**
 * Sends an answer as its caller likes it best (`Accept`). What is whole comes as JSON wherever that is accepted; what
 * has no end in events; see {@link MEDIA_TYPES}.
 */
export async function sendAnswer(
  response: ServerResponse,
  answer: Answer,
  { accept, isOpen, hasWritten, heartbeatMs, toText }: AnswerOptions,
): Promise<void> {
  const stream = { heartbeatMs, toText };
  if (isAsyncIterable(answer)) {
    const liked = preferred(accept, ['events', 'payloads']) === 'payloads' ? 'payloads' : 'events';
    await sendStream(response, { ...stream, results: answer, type: isOpen ? liked : 'parts' });
    return;
  }
  const type =
    preferred(accept, ['json', 'graphql']) ??
    preferred(accept, ['events', 'parts', 'payloads']) ??
    'json';
  const result = hasWritten ? inFull(answer) : withoutData(answer);
  if (type === 'json' || type === 'graphql') sendResult(response, result, type, toText(result));
  else {
    const head = headOf(result, type === 'events');
    await sendStream(response, { ...stream, results: [result], type, head });
  }
}

/**
 * A refusal without its `data`. It came before the request's first call, so `data` holds no more than what was
 * remembered or shared. Of its errors, of which each field that needs a call has one, it keeps the one that waits
 * longest.
 *
 * GraphQL over HTTP (September 2026), "Status Codes": an answer whose `data` is not null MUST be 2xx. So a token that
 * Cotalker does not accept is 200 with errors, in either media type: all that it leaves null is told by `path`.
 */
function withoutData(result: Result): Result {
  const { errors = [] } = result;
  const secondsOf = ({ extensions }: GraphQLError): number => Number(extensions['retryAfter'] ?? 0);
  const [refusal] = errors.filter(isRefusal).toSorted((a, b) => secondsOf(b) - secondsOf(a));
  if (refusal === undefined) return result;
  const others = errors.filter((error) => !isRefusal(error));
  return { ...result, data: undefined, errors: [refusal, ...others] };
}

const isRefusal = ({ extensions: { http } }: GraphQLError): boolean =>
  http !== undefined && http.spec !== true;

/**
 * The answer to a request that has written. It says what was done, and is 200, whatever failed later. After a 429 or 503,
 * clients send the same request again: they would write twice.
 */
const inFull = (result: Result): Result =>
  result.errors === undefined ? result : { ...result, errors: result.errors.map(withoutStatus) };
