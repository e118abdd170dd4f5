import { isUtf8 } from 'node:buffer';
import { parse } from 'content-type';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { badRequest, bodyTooLarge } from '../../errors.ts';
import {
  type FindDocument,
  NotLoaded,
  readDocumentId,
} from '../../graphql/documents/document-id.ts';
import { isWithinBounds } from '../../json-bounds.ts';
import { MAX_BODY_BYTES } from '../../observe/arrival.ts';
import { noteDocumentId, type Summarized, type Summary } from '../../observe/request-summary.ts';

/**
 * The most JSON values in a body: to parse them takes 1 ms, and as many as 1 MB can have would take 50 ms. The largest
 * requests of clients have some hundred, since no argument of the schema takes a list.
 */
const MAX_BODY_VALUES = 5000;
const BODY_BOUNDS = { values: MAX_BODY_VALUES, entries: MAX_BODY_VALUES, depth: MAX_BODY_VALUES };
/** A shorter text cannot have more: each value takes two characters at least. */
const MAX_UNCOUNTED = 2 * MAX_BODY_VALUES;

/** The server context of each request. */
export interface Received extends Summarized {
  /** The body, from `Arrival`: the listener has read it, and nobody reads it again. */
  readonly body?: Buffer | undefined;
}

/**
 * Reads the GraphQL over HTTP parameters, in place of Yoga's parsers. Those quote input that they cannot read, fail
 * on a GET whose `variables` are not JSON, and do not check types.
 *
 * A POST body must be `application/json`. A browser sends form-encoded, multipart and plain text across sites
 * without asking first (Fetch, "CORS-safelisted request-header"), so a page of another site could run queries in a
 * user's name.
 */
export const useRequestParams = (findDocument: FindDocument): Plugin<Received, Received> => ({
  onRequestParse({ request, setRequestParser, serverContext: { body, summary } }) {
    const { method, headers } = request;
    // Before Yoga does, which leaves out HEAD.
    if (method !== 'GET' && method !== 'POST')
      throw badRequest('GraphQL only supports GET and POST requests.', 405, {
        allow: 'GET, HEAD, POST',
      });
    if (Number(headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw bodyTooLarge();
    if (method === 'GET')
      setRequestParser(({ url }) => onceLoaded(() => readAddress(url, findDocument, summary)));
    if (method === 'POST')
      setRequestParser(() => {
        checkType(headers);
        return onceLoaded(() => readBody(body, findDocument, summary));
      });
  },
});

/** @throws GraphQLError `BAD_REQUEST` (415) for a body that is not JSON in UTF-8 as it stands. */
function checkType(headers: Headers): void {
  const { type, parameters } = parse(headers.get('content-type') ?? '');
  if (type !== 'application/json') throw badRequest('POST bodies must be application/json.', 415);
  // RFC 8259, section 8.1: nothing else is JSON between systems. Read as if it were, letters would be others.
  if (!/^utf-?8$/i.test(parameters['charset'] ?? 'utf-8'))
    throw badRequest('POST bodies must be in UTF-8.', 415);
  if (!/^(?:identity)?$/i.test(headers.get('content-encoding') ?? ''))
    throw badRequest('POST bodies must not be compressed.', 415, { 'accept-encoding': 'identity' });
}

/** Reads the document again after loading it. */
async function onceLoaded(read: () => GraphQLParams): Promise<GraphQLParams> {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof NotLoaded)) throw error;
    await error.load();
    return read();
  }
}

function readAddress(address: string, findDocument: FindDocument, summary: Summary): GraphQLParams {
  const given = new URLSearchParams(/\?([^#]*)/.exec(address)?.[1]);
  const json = (name: string): unknown => {
    const text = given.get(name);
    return text === null || text === '' ? undefined : parseJson(text, `"${name}" is not JSON.`);
  };
  const params = {
    query: given.get('query') ?? undefined,
    documentId: given.get('documentId') ?? undefined,
    operationName: given.get('operationName') ?? undefined,
    variables: json('variables'),
    extensions: json('extensions'),
  };
  return readParams(params, findDocument, summary);
}

/** @throws GraphQLError `REQUEST_ENTITY_TOO_LARGE`, or `BAD_REQUEST` if it is not a JSON object. */
function readBody(
  body: Buffer | undefined,
  findDocument: FindDocument,
  summary: Summary,
): GraphQLParams {
  if (body !== undefined && body.length > MAX_BODY_BYTES) throw bodyTooLarge();
  // Read as if it were, letters of another character set would be none.
  if (body !== undefined && !isUtf8(body)) throw badRequest('The body is not in UTF-8.');
  const text = body?.toString('utf8') ?? '';
  if (text.length > MAX_UNCOUNTED && !isWithinBounds(text, BODY_BOUNDS))
    throw bodyTooLarge(`The body has more than ${MAX_BODY_VALUES} JSON values.`);
  const params = parseJson(text, 'The body is not JSON.');
  if (isRecord(params)) return readParams(params, findDocument, summary);
  throw badRequest('The body must be a JSON object: one request, not a list of them.');
}

/** @throws GraphQLError `BAD_REQUEST`; parameters with other names are ignored. */
function readParams(
  given: Readonly<Record<string, unknown>>,
  findDocument: FindDocument,
  summary: Summary,
): GraphQLParams {
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
  noteDocumentId(summary, id);
  return {
    query: findDocument({ query, id }),
    // Some clients send an empty name instead of none.
    ...(operationName && { operationName }),
    ...(variables && { variables }),
    ...(extensions && { extensions }),
  };
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
