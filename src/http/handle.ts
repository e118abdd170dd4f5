import type { IncomingMessage, ServerResponse } from 'node:http';
import { type GraphQLParams, isAsyncIterable } from 'graphql-yoga';
import type { Asked, Context } from '../context.ts';
import { toPublicError } from '../errors.ts';
import { printContract } from '../graphql/contract.ts';
import type { FindDocument } from '../graphql/documents/document-id.ts';
import { explained } from '../graphql/execution/explain.ts';
import { type Answer, noteAnswer } from '../observe/fill-summary.ts';
import type { RequestObserver, SummarizedListener } from '../observe/request-observer.ts';
import { noteErrors, type Summary } from '../observe/request-summary.ts';
import { checkAccept, send, sendAnswer, sendResult } from './answer/send.ts';
import { graphiqlPages } from './pages/graphiql/index.ts';
import { type HealthFacts, healthPages } from './pages/health.ts';
import type { Page } from './pages/page.ts';
import { schemaFile } from './pages/schema-file.ts';
import { checkHead, readParams } from './request/params.ts';
import { isEndpoint, nothingHere, pathOf, refusalOf, toPlainForm } from './request/target.ts';

/** Executes what the door has read. */
export interface Engine {
  readonly findDocument: FindDocument;
  /** Parses, validates and executes. Its errors are as callers see them. What is asked gets the members of the context. */
  readonly execute: (params: GraphQLParams, asked: Asked) => Answer | Promise<Answer>;
}

export interface DoorOptions extends HealthFacts {
  /** Whether callers may ask for the calls of their answer. */
  readonly explain: boolean;
  /** Whether callers may introspect the schema. Off: it is not served as a file, and no error reveals it either. */
  readonly introspection: boolean;
  /** Whether to serve GraphiQL, and the token to prefill there: the sandbox's, never a real one. */
  readonly graphiql: false | { readonly token: string | undefined };
  /** How often a subscription says that it goes on, in milliseconds. */
  readonly heartbeatMs?: number;
}

/** Who is told of what happens behind the door. */
export interface DoorObserver extends Pick<Required<RequestObserver>, 'failed'> {
  /** An error that may be a defect of the gateway. */
  readonly thrown: (error: unknown) => void;
}

const HEARTBEAT_MS = 12_000;

/** The one door: what becomes of a request, in its order. */
export function createHandle(
  engine: Engine,
  { explain, introspection, graphiql, heartbeatMs = HEARTBEAT_MS, ...health }: DoorOptions,
  { failed, thrown }: DoorObserver,
): SummarizedListener {
  const pages: readonly Page[] = [
    healthPages(health),
    ...(introspection ? [schemaFile(printContract())] : []),
    ...(graphiql ? [graphiqlPages(graphiql)] : []),
  ];

  const serve: Serve = async (request, response, summary) => {
    toPlainForm(request);
    const refusal = refusalOf(request);
    if (refusal !== undefined) {
      noteErrors(summary, [refusal]);
      sendResult(response, { errors: [refusal] });
      return;
    }
    const path = pathOf(request.url);
    const isQuery = isEndpoint(path);
    // Pages are read by GET, most queries come by POST.
    const reply =
      isQuery && request.method === 'POST' ? undefined : await readPage(pages, request, path);
    if (reply !== undefined) send(response, reply);
    else if (!isQuery) sendResult(response, { errors: [nothingHere()] });
    else {
      const answer = noteAnswer(await answerTo(request, response, summary), summary, failed);
      const { accept } = request.headers;
      await sendAnswer(response, answer, { accept, isOpen: summary.isOpen, heartbeatMs });
    }
  };

  const answerTo = async (
    request: IncomingMessage,
    response: ServerResponse,
    summary: Summary,
  ): Promise<Answer> => {
    const { method = '', headers } = request;
    const signal = leavingOf(response);
    const asked: Asked & Partial<Context> = { summary, request: { method, headers, signal } };
    try {
      checkHead(request);
      checkAccept(headers.accept);
      const params = await readParams(request, engine.findDocument, summary);
      const answer = await engine.execute(params, asked);
      if (!isAsyncIterable(answer)) asked.close?.();
      return explain ? explained(answer, asked) : answer;
    } catch (error) {
      thrown(error);
      return { errors: [toPublicError(error)] };
    }
  };

  return (request, response, summary) => {
    serve(request, response, summary).catch((error: unknown) => {
      thrown(error);
      if (response.headersSent) response.destroy();
      else sendResult(response, { errors: [toPublicError(error)] });
    });
  };
}

async function readPage(pages: readonly Page[], request: IncomingMessage, path: string) {
  for (const page of pages) {
    const reply = await page(request, path);
    if (reply !== undefined) return reply;
  }
  return undefined;
}

type Serve = (...visit: Parameters<SummarizedListener>) => Promise<void>;

/** Fires when the caller leaves before the end of its answer. */
function leavingOf(response: ServerResponse): AbortSignal {
  const leaving = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) leaving.abort();
  });
  return leaving.signal;
}
