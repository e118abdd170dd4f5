import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Handle, REQUEST_ID_HEADER } from './arrival.ts';
import { type CodeCounts, createSummary, type Summary } from './request-summary.ts';

/** How a GraphQL request ended. */
export interface Ending {
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
  /** An event of an open subscription has errors. */
  readonly failed?: (codes: CodeCounts) => void;
  /** The request is over. */
  readonly ended?: (ending: Ending) => void;
}

/** Passes each event to several observers. */
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

/** Serves a request, and notes its outcome. */
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
    const summary = createSummary(request, arrival);
    if (isGraphQL(request.url)) {
      response.setHeader(REQUEST_ID_HEADER, summary.requestId);
      begun(summary);
      response.once('close', () => {
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
