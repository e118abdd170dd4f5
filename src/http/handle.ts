import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';
import type { Asked, Context, Incoming } from '../context.ts';
import { printContract } from '../graphql/contract.ts';
import type { FindDocument } from '../graphql/documents/document-id.ts';
import { explained } from '../graphql/execution/explain.ts';
import {
  type Answer,
  noteResult,
  type RequestObserver,
  type Result,
} from '../observe/request-observer.ts';
import {
  createSummary,
  noteErrors,
  REQUEST_ID_HEADER,
  type Summary,
} from '../observe/request-summary.ts';
import type { Arrival, Handle } from './arrival.ts';
import {
  bodyOf,
  checkAccept,
  ONLY_READ,
  type Pages,
  send,
  sendAnswer,
  sendResult,
} from './answer/send.ts';
import { isRead } from './answer/media-types.ts';
import { openGraphiQL } from './pages/graphiql/index.ts';
import { type HealthFacts, healthPages, schemaFile } from './pages/plain.ts';
import { checkRequest, readParams } from './request/params.ts';
import { isGraphQL, nothingHere, pathOf } from './request/target.ts';

export interface Engine {
  /** Undefined: no documents are known, callers send texts. */
  readonly findDocument: FindDocument | undefined;
  /** Parses, validates and executes. Its errors are as callers see them. What is asked gets the members of the context. */
  readonly execute: (
    given: { readonly params: GraphQLParams; readonly request: Incoming },
    asked: Asked,
  ) => Answer | Promise<Answer>;
  /** What callers may see of an error. It logs defects. */
  readonly mask: (error: unknown) => GraphQLError;
}

export interface DoorOptions extends HealthFacts {
  readonly explain: boolean;
  /** Whether callers may introspect the schema. Off: it is not served as a file, and no error reveals it either. */
  readonly introspection: boolean;
  /** Whether to serve GraphiQL, and the token to prefill there: the sandbox's, never a real one. */
  readonly graphiql: false | { readonly token: string | undefined };
  readonly heartbeatMs?: number;
}

const HEARTBEAT_MS = 12_000;

/**
 * The one door: what becomes of a request, in its order.
 *
 * @param observer Told of each GraphQL request, served or refused.
 */
export function createHandle(
  engine: Engine,
  { explain, introspection, graphiql, heartbeatMs = HEARTBEAT_MS, ...health }: DoorOptions,
  observer: Required<RequestObserver>,
): Handle {
  const pages: Pages = {
    ...healthPages(health),
    ...(introspection && schemaFile(printContract())),
  };
  const readGraphiQL = graphiql ? openGraphiQL(graphiql) : undefined;

  const serve: Step = async (request, response, summary, arrival) => {
    if (arrival.refusal !== undefined) {
      noteErrors(summary, [arrival.refusal]);
      sendResult(response, { errors: [arrival.refusal] });
      return;
    }
    const { url, method, headers } = request;
    const page = pages[pathOf(url)];
    const read =
      method === 'GET' ? (page?.(headers) ?? (await readGraphiQL?.(request))) : undefined;
    const reply = read ?? (page && ONLY_READ);
    if (reply !== undefined) send(response, reply);
    else if (!isGraphQL(url)) sendResult(response, { errors: [nothingHere()] });
    else await query(request, response, summary, arrival);
  };

  const query: Step = async (request, response, summary, arrival) => {
    const { accept } = request.headers;
    const incoming = toIncoming(request, response, arrival);
    const asked: Asked & Partial<Context> = { summary, request: incoming };
    arrival.follow(() => asked.outcome);
    let answer: Answer;
    try {
      checkRequest(request, arrival);
      checkAccept(accept);
      const params = await readParams(request, arrival.body, engine.findDocument, summary);
      answer = await engine.execute({ params, request: incoming }, asked);
    } catch (error) {
      answer = { errors: [engine.mask(error)] };
    }
    const toText = (part: Result): string => {
      noteResult(summary, part, observer.failed);
      return bodyOf(explain && asked.explain ? explained(part, asked.explain, summary) : part);
    };
    try {
      const { isOpen } = summary;
      const hasWritten = mayHaveWritten(summary);
      await sendAnswer(response, answer, { accept, isOpen, hasWritten, heartbeatMs, toText });
    } finally {
      // Not before: the calls of an answer in parts go on until the last one, or until its caller leaves.
      asked.close?.();
    }
  };

  return (request, response, arrival) => {
    const summary = createSummary(request, arrival.waitedMs);
    // RFC 9110, section 9.3.2: HEAD is GET, of which Node leaves out the body.
    if (request.method === 'HEAD') request.method = 'GET';
    if (isGraphQL(request.url)) observe(response, summary, observer);
    serve(request, response, summary, arrival).catch((error: unknown) =>
      fail(response, engine.mask(error)),
    );
  };
}

type Step = (
  request: IncomingMessage,
  response: ServerResponse,
  summary: Summary,
  arrival: Arrival,
) => Promise<void>;

function fail(response: ServerResponse, error: GraphQLError): void {
  if (response.headersSent) response.destroy();
  else sendResult(response, { errors: [error] });
}

const mayHaveWritten = ({ calls }: Summary): boolean =>
  calls.some(({ method, attempts }) => method !== 'GET' && attempts > 0);

/** Reports a request, and puts its id on the answer. Nothing is known about it yet. */
function observe(
  response: ServerResponse,
  summary: Summary,
  { begun, ended }: Required<RequestObserver>,
): void {
  response.setHeader(REQUEST_ID_HEADER, summary.requestId);
  begun(summary);
  response.once('close', () => {
    if (isPage(response)) return;
    const status = isAnswered(response, summary) ? response.statusCode : null;
    ended({ summary, status, ms: performance.now() - summary.start });
  });
}

/** A subscription counts as answered when its head is sent: most end because their callers leave. */
const isAnswered = (
  { writableFinished, headersSent }: ServerResponse,
  { isOpen }: Summary,
): boolean => writableFinished || (isOpen && headersSent);

/** Whether it is an answer of GraphiQL at the same address: the page, or 304 for it. */
const isPage = (response: ServerResponse): boolean =>
  response.statusCode === 304 ||
  String(response.getHeader('content-type') ?? '').startsWith('text/html');

/** The request as the engine knows it. Its signal fires when the caller leaves before the end of its answer. */
function toIncoming(
  { method = '', headers }: IncomingMessage,
  response: ServerResponse,
  { bearer, isKnown }: Arrival,
): Incoming {
  const leaving = new AbortController();
  if (response.destroyed) leaving.abort();
  response.once('close', () => {
    if (!response.writableFinished) leaving.abort();
  });
  const accepts: Incoming['accepts'] = (what) => isRead(headers.accept, what);
  return { method, headers, bearer, isKnown, signal: leaving.signal, accepts };
}
