import type { ServerResponse } from 'node:http';
import { isAsyncIterable } from 'graphql-yoga';
import { badRequest } from '../../errors.ts';
import { MEDIA_TYPES, type MediaType, preferred } from '../../graphql/execution/media-types.ts';
import type { Answer, Result } from '../../observe/fill-summary.ts';
import { bodyOf, type Head, headOf, withoutData } from './result.ts';
import { sendStream } from './stream.ts';

/** An answer in one piece. */
export interface Reply extends Partial<Head> {
  readonly status: number;
  readonly body?: string | Uint8Array;
}

/** Sends it, unless its caller has left. Node leaves out the body for HEAD. */
export function send(response: ServerResponse, { status, headers, body = '' }: Reply): void {
  if (response.destroyed) return;
  const length = { 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, ...(status !== 304 && length) }).end(body);
}

export interface AnswerOptions {
  /** The header. */
  readonly accept: string | undefined;
  /** Whether it is a subscription, which has no end. */
  readonly isOpen: boolean;
  /** How often a subscription says that it goes on, in milliseconds. */
  readonly heartbeatMs: number;
}

/** @throws GraphQLError `BAD_REQUEST` (406). GraphQL over HTTP, "Body": what no answer could be given to is not executed. */
export function checkAccept(accept: string | undefined): void {
  if (preferred(accept, ALL) === undefined)
    throw badRequest(`The "Accept" header has none of these: ${NAMES}.`, 406);
}

/**
 * Sends an answer as its caller likes it best (`Accept`). What is whole comes as JSON wherever that is accepted; what
 * has no end in events; see {@link MEDIA_TYPES}.
 */
export async function sendAnswer(
  response: ServerResponse,
  answer: Answer,
  { accept, isOpen, heartbeatMs }: AnswerOptions,
): Promise<void> {
  if (isAsyncIterable(answer)) {
    const liked = preferred(accept, ['events', 'payloads']) === 'payloads' ? 'payloads' : 'events';
    await sendStream(response, { results: answer, type: isOpen ? liked : 'parts', heartbeatMs });
    return;
  }
  const type =
    preferred(accept, ['json', 'graphql']) ??
    preferred(accept, ['events', 'parts', 'payloads']) ??
    'json';
  const result = withoutData(answer);
  if (type === 'json' || type === 'graphql') sendResult(response, result, type);
  else {
    const head = headOf(result, type === 'events');
    await sendStream(response, { head, results: [result], type, heartbeatMs });
  }
}

/** Sends a result in one piece. */
export function sendResult(
  response: ServerResponse,
  result: Result,
  type: 'json' | 'graphql' = 'json',
): void {
  const { status, headers } = headOf(result, type === 'json');
  const typed = { 'content-type': MEDIA_TYPES[type], ...headers };
  send(response, { status, headers: typed, body: bodyOf(result) });
}

const ALL = Object.keys(MEDIA_TYPES) as MediaType[];
const NAMES = [...new Set(ALL.map((type) => MEDIA_TYPES[type].replace(/;.*/, '')))].join(', ');
