import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';
import type { Asked, Context, Incoming } from '../context.ts';
import { printContract } from '../graphql/contract.ts';
import type { FindDocument } from '../graphql/documents/document-id.ts';
import { explained } from '../graphql/execution/explain.ts';
import {
  type Answer,
  isGraphQL,
  noteResult,
  type RequestObserver,
  type Result,
  type SummarizedListener,
} from '../observe/request-observer.ts';
import { noteErrors } from '../observe/request-summary.ts';
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
import { checkHead, readParams } from './request/params.ts';
import { nothingHere, pathOf, refusalOf, toPlainForm } from './request/target.ts';

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
 * @param failed Told of the errors of a subscription as they come.
 */
export function createHandle(
  engine: Engine,
  { explain, introspection, graphiql, heartbeatMs = HEARTBEAT_MS, ...health }: DoorOptions,
  failed: Required<RequestObserver>['failed'],
): SummarizedListener {
  const pages: Pages = {
    ...healthPages(health),
    ...(introspection && schemaFile(printContract())),
  };
  const readGraphiQL = graphiql ? openGraphiQL(graphiql) : undefined;

  const serve: Step = async (request, response, summary, body) => {
    toPlainForm(request);
    const refusal = refusalOf(request);
    if (refusal !== undefined) {
      noteErrors(summary, [refusal]);
      sendResult(response, { errors: [refusal] });
      return;
    }
    const { url, method, headers } = request;
    const page = pages[pathOf(url)];
    const read =
      method === 'GET' ? (page?.(headers) ?? (await readGraphiQL?.(request))) : undefined;
    const reply = read ?? (page && ONLY_READ);
    if (reply !== undefined) send(response, reply);
    else if (!isGraphQL(url)) sendResult(response, { errors: [nothingHere()] });
    else await query(request, response, summary, body);
  };

  const query: Step = async (request, response, summary, body) => {
    const { accept } = request.headers;
    const asked: Asked & Partial<Context> = { summary, request: toIncoming(request, response) };
    let answer: Answer;
    try {
      checkHead(request);
      checkAccept(accept);
      const params = await readParams(request, body, engine.findDocument, summary);
      answer = await engine.execute({ params, request: asked.request }, asked);
    } catch (error) {
      answer = { errors: [engine.mask(error)] };
    }
    const toText = (part: Result): string => {
      noteResult(summary, part, failed);
      return bodyOf(explain && asked.explain ? explained(part, asked.explain, summary) : part);
    };
    try {
      const { isOpen, calls } = summary;
      const hasWritten = calls.some(({ method, attempts }) => method !== 'GET' && attempts > 0);
      await sendAnswer(response, answer, { accept, isOpen, hasWritten, heartbeatMs, toText });
    } finally {
      // Not before: the calls of an answer in parts go on until the last one, or until its caller leaves.
      asked.close?.();
    }
  };

  return (request, response, ...rest) => {
    serve(request, response, ...rest).catch((error: unknown) => {
      const masked = engine.mask(error);
      if (response.headersSent) response.destroy();
      else sendResult(response, { errors: [masked] });
    });
  };
}

type Step = (...visit: Parameters<SummarizedListener>) => Promise<void>;

/** The request as the engine knows it. Its signal fires when the caller leaves before the end of its answer. */
function toIncoming({ method = '', headers }: IncomingMessage, response: ServerResponse): Incoming {
  const leaving = new AbortController();
  if (response.destroyed) leaving.abort();
  response.once('close', () => {
    if (!response.writableFinished) leaving.abort();
  });
  const accepts: Incoming['accepts'] = (what) => isRead(headers.accept, what);
  return { method, headers, signal: leaving.signal, accepts };
}
