import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import { badRequest, overloaded } from '../../errors.ts';
import type { ClosedFor } from '../closed-connections.ts';
import { MEDIA_TYPES, preferred } from '../answer/media-types.ts';
import { REQUEST_ID_HEADER, requestIdOf } from '../../observe/request-summary.ts';
import { bodyOf, sendResult } from '../answer/send.ts';
import { BASE_HEADERS } from '../response-headers.ts';

/** Up to so many seconds more than the line needs: each caller a time of its own, lest they all come at once. */
const SPREAD_S = 1;

/** By their seconds, of which there are few: an overload refuses thousands a second, and an error takes 10 µs to make. */
const refusals = new LRUCache<number, { readonly errors: [GraphQLError]; readonly body: string }>({
  max: 60,
  memoMethod: (seconds) => {
    const errors: [GraphQLError] = [overloaded('requests', seconds)];
    return { errors, body: bodyOf({ errors }) };
  },
});

/**
 * Turns a request away as a GraphQL error. What still comes of its body is dropped.
 *
 * @param lineMs What the line needs, in milliseconds: to come again sooner would be in vain.
 */
export function shed(request: IncomingMessage, response: ServerResponse, lineMs: number): void {
  const seconds = Math.max(1, Math.ceil(lineMs / 1000 + Math.random() * SPREAD_S));
  const type =
    preferred(request.headers.accept, ['json', 'graphql']) === 'graphql' ? 'graphql' : 'json';
  response.setHeader(REQUEST_ID_HEADER, requestIdOf(request.headers));
  const { errors, body } = refusals.memo(seconds);
  sendResult(response, { errors }, type, body);
}

/** What Node's parser finds wrong, where it is not just malformed: as Node's own answer would be. */
const STATUSES: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

const CLOSED_FOR: Readonly<Record<number, ClosedFor>> = {
  400: 'malformed',
  408: 'late',
  413: 'too_large',
  431: 'too_large',
};

/** Why, by status. */
const MESSAGES: Readonly<Record<number, string>> = {
  400: 'This cannot be read as a request of HTTP/1.1.',
  408: 'The request did not come in time.',
  413: 'The chunks of the body say too much besides what is in them.',
  431: 'The headers have more than 16 kB.',
};

/** What a connection is told as it is closed, by status. Hundreds may be closed in one turn of the event loop. */
const farewells: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(MESSAGES).map(([status, message]) => [status, farewell(Number(status), message)]),
);

/**
 * Says why, where no answer has begun, and closes the connection. Nothing of the request is repeated. A connection that has
 * sent nothing, as browsers open them ahead, is told nothing: its client could take that for the answer to its first request.
 */
export function cut(socket: Duplex, status: number, isAnswering: boolean): void {
  if (!socket.writable || isAnswering || isSilent(socket)) socket.destroy();
  else socket.end(farewells[status] ?? '', () => socket.destroy());
}

const isSilent = (socket: Duplex): boolean => 'bytesRead' in socket && socket.bytesRead === 0;

/**
 * Cuts a connection for what Node's parser or its clock says of it.
 *
 * @returns Why; undefined: its caller has left.
 */
export function cutUnreadable(
  socket: Duplex,
  { code = '' }: NodeJS.ErrnoException,
  isAnswering: boolean,
): ClosedFor | undefined {
  const hasLeft = !socket.writable || code === 'HPE_INVALID_EOF_STATE';
  const status = STATUSES[code] ?? 400;
  cut(socket, status, isAnswering);
  if (hasLeft) return undefined;
  return isSilent(socket) ? 'silent' : CLOSED_FOR[status];
}

function farewell(status: number, message: string): string {
  const body = bodyOf({ errors: [badRequest(message, status)] });
  const headers = {
    ...BASE_HEADERS,
    connection: 'close',
    'content-type': MEDIA_TYPES.json,
    'content-length': Buffer.byteLength(body),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`;
}
