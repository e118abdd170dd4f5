import { hash as digest } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type DocumentNode, getOperationAST, type GraphQLError, type Source } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import {
  type CodeCounts,
  createSummary,
  note,
  noteErrors,
  type Operation,
  REQUEST_ID_HEADER,
  type Summarized,
  type Summary,
} from './request-summary.ts';

interface Ending {
  readonly summary: Summary;
  /** The HTTP status; null: the caller left before the answer. */
  readonly status: number | null;
  /** Milliseconds from the head of the request to the end of the answer; for a subscription, how long it was open. */
  readonly ms: number;
}

/** Observes each GraphQL request. Log, metrics and traces implement it. */
export interface RequestObserver {
  /** The request has come; nothing is known about it yet. */
  readonly begun?: (summary: Summary) => void;
  /** The request is a subscription, and was open after this many milliseconds. It may stay open for hours. */
  readonly opened?: (summary: Summary, ms: number) => void;
  readonly failed?: (codes: CodeCounts) => void;
  readonly ended?: (ending: Ending) => void;
}

export const observeAll = (observers: readonly RequestObserver[]): Required<RequestObserver> => ({
  begun: (summary) => {
    for (const { begun } of observers) begun?.(summary);
  },
  opened: (summary, ms) => {
    for (const { opened } of observers) opened?.(summary, ms);
  },
  failed: (codes) => {
    for (const { failed } of observers) failed?.(codes);
  },
  ended: (ending) => {
    for (const { ended } of observers) ended?.(ending);
  },
});

interface Arrival {
  /** How long it waited in line, in milliseconds. This time counts for its deadline. */
  readonly waitedMs: number;
  /** The whole body; undefined: none was read, because there is none or its length is too large. */
  readonly body: Buffer | undefined;
  /** To be called once Cotalker has accepted the caller's token. */
  readonly accept: () => void;
}

/** For a probe: it has not waited, and its body was not read. */
export const AT_ONCE: Arrival = { waitedMs: 0, body: undefined, accept: () => undefined };

export type Handle = (request: IncomingMessage, response: ServerResponse, arrival: Arrival) => void;

export type SummarizedListener = (
  request: IncomingMessage,
  response: ServerResponse,
  summary: Summary,
  body: Buffer | undefined,
) => void;

/**
 * Reports every GraphQL request, served or refused, and puts its id on the answer. It wraps all other handlers, so
 * it sees every refusal except those of `src/http`, before there is a request.
 */
export const withTelemetry =
  (handle: SummarizedListener, { begun, ended }: Required<RequestObserver>): Handle =>
  (request, response, arrival) => {
    const summary = createSummary(request, arrival.waitedMs);
    if (isGraphQL(request.url)) {
      response.setHeader(REQUEST_ID_HEADER, summary.requestId);
      begun(summary);
      // Before others learn that it is over: they ask whether it was accepted.
      response.prependOnceListener('close', () => {
        if (summary.calls.some(({ status }) => status === 200)) arrival.accept();
        if (isPage(response)) return;
        const status = isAnswered(response, summary) ? response.statusCode : null;
        ended({ summary, status, ms: performance.now() - summary.start });
      });
    }
    handle(request, response, summary, arrival.body);
  };

/** A subscription counts as answered when its head is sent: most end because their callers leave. */
const isAnswered = (
  { writableFinished, headersSent }: ServerResponse,
  { isOpen }: Summary,
): boolean => writableFinished || (isOpen && headersSent);

const ENDPOINT = '/graphql';

/** Whether GraphQL is at this address. It is at exactly one path, since a proxy may allow only some. */
export const isGraphQL = (url = ''): boolean =>
  url === ENDPOINT || /^\/graphql\/?$/.test(URL.parse(url, 'http://localhost')?.pathname ?? '');

/** Whether it is an answer of GraphiQL at the same address: the page, or 304 for it. */
const isPage = (response: ServerResponse): boolean =>
  response.statusCode === 304 ||
  String(response.getHeader('content-type') ?? '').startsWith('text/html');

/** What was executed, a part of it, or an event. A part has its errors inside. */
export interface Result {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLError[];
  readonly extensions?: object;
  readonly incremental?: readonly Result[];
  /** Only of an answer in parts: false in the last one. */
  readonly hasNext?: boolean;
}
/** In one piece, or in parts or events as they come. */
export type Answer = Result | AsyncIterable<Result>;

export const useSummary = (): Plugin<Summarized> => ({
  onParse({ context, params: { source } }) {
    return ({ result }) => {
      const text = typeof source === 'string' ? source : (source as Source).body;
      const document = result instanceof Error ? undefined : (result as DocumentNode);
      const operation = describeOperation(text, document, context.params.operationName);
      note(context.summary, { operation });
    };
  },
});

/**
 * Adds to the summary the errors of an answer, or of a part of it as it comes.
 *
 * @param failed Called with those of a subscription.
 */
export function noteResult(
  summary: Summary,
  { errors = [], incremental = [] }: Result,
  failed: Required<RequestObserver>['failed'],
): void {
  const all = [...errors, ...incremental.flatMap((part) => part.errors ?? [])];
  const codes = noteErrors(summary, all);
  if (summary.isOpen) failed(codes);
}

const MAX_NAME = 100;
/** In characters; longer texts are refused unread. */
const MAX_HASHED = 50_000;

/** @param document undefined if the text is not GraphQL. */
function describeOperation(
  text: string,
  document: DocumentNode | undefined,
  operationName: string | null | undefined,
): Operation {
  const operation = document && getOperationAST(document, operationName);
  return {
    name: operation?.name?.value.slice(0, MAX_NAME) ?? null,
    kind: operation?.operation ?? null,
    hash: text.length > MAX_HASHED ? null : digest('sha256', text).slice(0, 16),
  };
}
