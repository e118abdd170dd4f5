import { GraphQLError } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { badRequest } from '../../errors.ts';
import type { Summarized, Summary } from '../../observe/request-summary.ts';
import {
  type FindDocument,
  NotLoaded,
  readDocumentId,
} from '../../graphql/documents/document-id.ts';

/**
 * Reads what GraphQL over HTTP calls the parameters, in the place of Yoga's parsers: these quote what
 * they cannot read, fail on a GET whose `variables` are no JSON, and leave types to be found out later.
 * Which media types are taken at all is said in `json-only.ts`.
 */
export const useRequestParams = (findDocument: FindDocument): Plugin<Summarized, Summarized> => ({
  onRequestParse({ request, setRequestParser, serverContext: { summary } }) {
    if (request.method === 'GET')
      setRequestParser(({ url }) => onceLoaded(() => readAddress(url, findDocument, summary)));
    if (request.method === 'POST' && isJson(request))
      setRequestParser((sent) => readBody(sent, findDocument, summary));
  },
});

/** Reads again once the document is there that was not known yet. */
async function onceLoaded(read: () => GraphQLParams): Promise<GraphQLParams> {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof NotLoaded)) throw error;
    await error.load();
    return read();
  }
}

/** No wider than what `json-only.ts` lets pass. */
const isJson = ({ headers }: Request): boolean =>
  /^application\/json(?:;|$)/.test(headers.get('content-type') ?? '');

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

async function readBody(
  request: Request,
  findDocument: FindDocument,
  summary: Summary,
): Promise<GraphQLParams> {
  let text;
  try {
    text = await request.text();
  } catch (error) {
    // A body that is too long, as Yoga says; any other was not sent to its end.
    throw error instanceof GraphQLError ? error : badRequest('The body is incomplete.');
  }
  return onceLoaded(() => parseBody(text, findDocument, summary));
}

/**
 * The parameters that a JSON body holds.
 *
 * @param summary Gets the id of the document, where one is named.
 * @throws GraphQLError `BAD_REQUEST` where it holds none; what `findDocument` throws.
 */
export function parseBody(
  text: string,
  findDocument: FindDocument,
  summary: Summary,
): GraphQLParams {
  const params = parseJson(text, 'The body is not JSON.');
  if (isRecord(params)) return readParams(params, findDocument, summary);
  throw badRequest('The body must be a JSON object: one request, not a list of them.');
}

/** @throws GraphQLError `BAD_REQUEST`; parameters of other names are left aside. */
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
  summary.documentId = id;
  return {
    query: findDocument({ query, id }),
    // Several clients send an empty name for none.
    ...(operationName && { operationName }),
    ...(variables && { variables }),
    ...(extensions && { extensions }),
  };
}

const isString = (value: unknown): value is string => typeof value === 'string';
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** As `JSON.parse`, but silent about what it read. */
function parseJson(text: string, complaint: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest(complaint);
  }
}
