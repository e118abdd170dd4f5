import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  getOperationAST,
  type GraphQLError,
  OperationTypeNode,
} from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';
import { arrivalOf, MAX_BODY_BYTES } from '../observe/arrival.ts';
import type { Context } from '../context.ts';
import { toldError, toPublicError } from '../errors.ts';
import type { FindDocument } from '../graphql/documents/document-id.ts';
import { acceptsParts, isIncremental } from '../graphql/execution/incremental.ts';
import { type MediaType, mediaTypeFor } from './request/media-type.ts';
import { parseBody } from './request/params.ts';
import type { SummarizedListener } from '../observe/teller.ts';
import { countCodes, type Summarized } from '../observe/request-summary.ts';

/** What of Yoga is used past its HTTP layer: the plugins' hooks on parsing, validation, context, execution. */
export interface Engine {
  (request: IncomingMessage, response: ServerResponse, more: Summarized): unknown;
  getEnveloped(initial: object): {
    readonly parse: (query: string) => DocumentNode;
    readonly validate: (schema: unknown, document: DocumentNode) => readonly GraphQLError[];
    readonly contextFactory: () => unknown;
    readonly execute: (args: ExecutionArgs) => unknown;
    readonly schema: ExecutionArgs['schema'];
  };
}

export interface DirectPostOptions {
  readonly findDocument: FindDocument;
  /** Told of an error that nothing has foreseen. */
  readonly onDefect: (error: unknown) => void;
}

/**
 * Serves the plain POST, which is nearly every request, past Yoga's HTTP layer: that makes a `Request`, a
 * `Response` and their streams for each, which is three quarters of the cost of a small query. Plain is a
 * query in a JSON body of known length, answered in JSON, without `X-Explain`.
 *
 * All else goes to Yoga, answers in parts among it, and so does what turns out to be none: a body that is
 * no GraphQL request, a query that does not parse, is not valid, or too much. Nothing has been done for it
 * by then.
 */
export const withDirectPost =
  (yoga: Engine, { findDocument, onDefect }: DirectPostOptions): SummarizedListener =>
  (request, response, summary) => {
    const { method, url, headers } = request;
    const { body } = arrivalOf(request);
    const mediaType = mediaTypeFor(headers.accept);
    const isPlain = method === 'POST' && url === '/graphql' && isJson(request);
    if (body === undefined || body.length > MAX_BODY_BYTES || mediaType === undefined || !isPlain) {
      void yoga(withBody(request, body), response, { summary });
      return;
    }
    const exchange = { yoga, findDocument, request, response, summary, mediaType, body };
    answer(exchange).catch((error: unknown) => {
      onDefect(error);
      const errors = [toPublicError(error)];
      summary.codes = countCodes(errors);
      if (!response.headersSent) send(response, mediaType, { errors }, false);
    });
  };

/** The request for Yoga, with what has been read of it where a framework that has read it would leave it. */
const withBody = (request: IncomingMessage, body: Buffer | undefined): IncomingMessage =>
  body === undefined ? request : Object.assign(request, { body: Readable.from([body]) });

const JSON_BODY = /^application\/json(?:; ?charset=utf-8)?$/;

/** JSON of known length, answered without `X-Explain`. */
const isJson = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] === undefined &&
  headers['content-encoding'] === undefined &&
  headers['x-explain'] === undefined &&
  JSON_BODY.test(headers['content-type'] ?? '');

interface Exchange extends Summarized {
  readonly yoga: Engine;
  readonly findDocument: FindDocument;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly mediaType: MediaType;
  readonly body: Buffer;
}

async function answer(exchange: Exchange): Promise<void> {
  const { yoga, request, response, summary, mediaType, body } = exchange;
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  response.once('close', leave);
  const prepared = prepare(exchange, gone.signal);
  if (prepared === undefined) {
    response.off('close', leave);
    void yoga(withBody(request, body), response, { summary });
    return;
  }
  const context = (await prepared.contextFactory()) as Context;
  try {
    const result = (await prepared.execute({
      schema: prepared.schema,
      document: prepared.document,
      contextValue: context,
      variableValues: prepared.params.variables,
      operationName: prepared.params.operationName,
    })) as ExecutionResult;
    summary.codes = countCodes(result.errors);
    if (!response.destroyed) send(response, mediaType, result, context.isRefused());
  } finally {
    context.close();
    response.off('close', leave);
  }
}

/** All that comes before execution; undefined where the request is not to be executed. */
function prepare({ yoga, findDocument, request, summary, body }: Exchange, signal: AbortSignal) {
  try {
    const params: GraphQLParams = parseBody(body.toString('utf8'), findDocument, summary);
    const headers = { get: (name: string) => textOf(request.headers[name]) };
    const { parse, validate, schema, ...engine } = yoga.getEnveloped({
      request: { headers, signal },
      params,
      summary,
    });
    const document = parse(params.query ?? '');
    const isSound =
      validate(schema, document).length === 0 &&
      getOperationAST(document, params.operationName)?.operation === OperationTypeNode.QUERY &&
      !(isIncremental(document) && acceptsParts(request.headers.accept));
    return isSound ? { ...engine, schema, document, params } : undefined;
  } catch {
    return undefined;
  }
}

const textOf = (value: string | string[] | undefined): string | null =>
  Array.isArray(value) ? value.join(', ') : (value ?? null);

function send(
  response: ServerResponse,
  mediaType: MediaType,
  result: ExecutionResult,
  isRefused: boolean,
): void {
  const { errors } = result;
  const isStrict = mediaType === 'application/graphql-response+json';
  const text = JSON.stringify(
    errors === undefined ? result : { ...result, errors: errors.map(toldError) },
  );
  const isDenied = isStrict && isRefused;
  response.statusCode = isDenied ? 401 : statusOf(result, isStrict);
  if (isDenied) response.setHeader('www-authenticate', 'Bearer');
  const refused = errors?.find(({ extensions }) => extensions['code'] === 'OVERLOADED');
  if (refused !== undefined)
    response.setHeader('retry-after', Number(refused.extensions['retryAfter']));
  response.setHeader('content-type', `${mediaType}; charset=utf-8`);
  response.setHeader('content-length', Buffer.byteLength(text));
  response.end(text);
}

interface HttpExtension {
  readonly status?: number;
  readonly spec?: boolean;
}

/** As Yoga has it: the highest that an error asks for; under `application/json` the specification's do not count. */
function statusOf({ errors = [], data }: ExecutionResult, isStrict: boolean): number {
  const hasData = data !== undefined;
  let highest = 0;
  for (const { extensions } of errors) {
    const http = extensions['http'] as HttpExtension | undefined;
    if (http?.status !== undefined && (isStrict || !http.spec))
      highest = Math.max(highest, http.status);
  }
  return highest || (hasData ? 200 : 500);
}
