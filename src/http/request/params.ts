import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { parse } from 'content-type';
import type { GraphQLParams } from 'graphql-yoga';
import { badRequest, bodyTooLarge } from '../../errors.ts';
import { type FindDocument, notSupported } from '../../graphql/documents/document-id.ts';
import { isWithinBounds } from '../../json-bounds.ts';
import { note, type Summary } from '../../observe/request-summary.ts';
import type { Arrival } from '../arrival.ts';
import { MAX_BODY_BYTES } from './receiving.ts';

/**
 * The most JSON values in a body: to parse them takes 1 ms, and as many as 1 MB can have would take 50 ms. The largest
 * requests of clients have some hundred, since no argument of the schema takes a list.
 */
const MAX_BODY_VALUES = 5000;
const BODY_BOUNDS = { values: MAX_BODY_VALUES, entries: MAX_BODY_VALUES, depth: MAX_BODY_VALUES };
/** A shorter text cannot have more: each value takes two characters at least. */
const MAX_UNCOUNTED = 2 * MAX_BODY_VALUES;

/** @throws GraphQLError `BAD_REQUEST` (405), or `REQUEST_ENTITY_TOO_LARGE`. */
export function checkRequest({ method }: IncomingMessage, { isTooLarge }: Arrival): void {
  if (method !== 'GET' && method !== 'POST') {
    const allow = { allow: 'GET, HEAD, POST' };
    throw badRequest('GraphQL only supports GET and POST requests.', 405, allow);
  }
  if (isTooLarge) throw bodyTooLarge(`The body has more than ${MAX_BODY_BYTES} bytes.`);
}

/**
 * Reads the GraphQL over HTTP parameters. No error quotes them.
 *
 * A POST body must be `application/json`. A browser sends form-encoded, multipart and plain text across sites
 * without asking first (Fetch, "CORS-safelisted request-header"), so a page of another site could run queries in a
 * user's name.
 *
 * @throws GraphQLError `BAD_REQUEST`, `REQUEST_ENTITY_TOO_LARGE`, or what `findDocument` throws.
 */
export async function readParams(
  { method, url = '', headers }: IncomingMessage,
  body: Buffer | undefined,
  findDocument: FindDocument | undefined,
  summary: Summary,
): Promise<GraphQLParams> {
  const given = method === 'GET' ? readAddress(url) : readPost(headers, body);
  const optional = <T>(name: string, is: (value: unknown) => value is T, what: string) => {
    const value = given[name] ?? undefined;
    if (value === undefined || is(value)) return value;
    throw badRequest(`"${name}" must be ${what}.`);
  };
  const query = optional('query', isString, 'a string');
  const operationName = optional('operationName', isString, 'a string');
  const variables = optional('variables', isRecord, 'an object');
  const extensions = optional('extensions', isRecord, 'an object');
  const id = readDocumentId(given['documentId'], extensions);
  note(summary, { documentId: id });
  return {
    query: (await findDocument?.({ query, id })) ?? textOf(query, id),
    // Some clients send an empty name instead of none.
    ...(operationName && { operationName }),
    ...(variables && { variables }),
    ...(extensions && { extensions }),
  };
}

function textOf(query: string | undefined, id: string | undefined): string {
  if (query) return query;
  if (id !== undefined) throw notSupported();
  throw badRequest('"query" is missing: the GraphQL document to execute.');
}

/**
 * The id in a request. It is `documentId` (GraphQL over HTTP, "Persisted Documents") or
 * `extensions.persistedQuery.sha256Hash` (Apollo's clients).
 *
 * @throws GraphQLError `BAD_REQUEST` if the id is not a string.
 */
function readDocumentId(
  documentId: unknown,
  extensions: Readonly<Record<string, unknown>> | undefined,
): string | undefined {
  const persisted = extensions?.['persistedQuery'];
  const hash = (persisted as { readonly sha256Hash?: unknown } | null | undefined)?.sha256Hash;
  const id = documentId ?? hash ?? undefined;
  if (id === undefined || typeof id === 'string') return id;
  throw badRequest('The id of a document must be a string.');
}

type Given = Readonly<Record<string, unknown>>;

function readAddress(address: string): Given {
  const given = new URLSearchParams(/\?([^#]*)/.exec(address)?.[1]);
  const json = (name: string): unknown => {
    const text = given.get(name);
    return text === null || text === '' ? undefined : parseJson(text, `"${name}" is not JSON.`);
  };
  return {
    query: given.get('query') ?? undefined,
    documentId: given.get('documentId') ?? undefined,
    operationName: given.get('operationName') ?? undefined,
    variables: json('variables'),
    extensions: json('extensions'),
  };
}

/** @throws GraphQLError `REQUEST_ENTITY_TOO_LARGE`, or `BAD_REQUEST` if it is not a JSON object. */
function readPost(headers: IncomingHttpHeaders, body: Buffer | undefined): Given {
  checkType(headers);
  // Read as if it were, letters of another character set would be none.
  if (body !== undefined && !isUtf8(body)) throw badRequest('The body is not in UTF-8.');
  const text = body?.toString('utf8') ?? '';
  if (text.length > MAX_UNCOUNTED && !isWithinBounds(text, BODY_BOUNDS))
    throw bodyTooLarge(`The body has more than ${MAX_BODY_VALUES} JSON values.`);
  const params = parseJson(text, 'The body is not JSON.');
  if (isRecord(params)) return params;
  throw badRequest('The body must be a JSON object: one request, not a list of them.');
}

/** @throws GraphQLError `BAD_REQUEST` (415) for a body that is not JSON in UTF-8 as it stands. */
function checkType(headers: IncomingHttpHeaders): void {
  const { type, parameters } = parse(headers['content-type'] ?? '');
  if (type !== 'application/json') throw badRequest('POST bodies must be application/json.', 415);
  // RFC 8259, section 8.1: nothing else is JSON between systems. Read as if it were, letters would be others.
  if (!/^utf-?8$/i.test(parameters['charset'] ?? 'utf-8'))
    throw badRequest('POST bodies must be in UTF-8.', 415);
  if (!/^(?:identity)?$/i.test(headers['content-encoding'] ?? ''))
    throw badRequest('POST bodies must not be compressed.', 415, { 'accept-encoding': 'identity' });
}

const isString = (value: unknown): value is string => typeof value === 'string';
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Like `JSON.parse`, but its error does not quote the input. */
function parseJson(text: string, complaint: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest(complaint);
  }
}
