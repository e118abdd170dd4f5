import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { arrivalOf } from './arrival.ts';
import { REQUEST_ID_HEADER } from './request-id.ts';
import { type CodeCounts, createSummary, type Summary } from './request-summary.ts';

/** How a GraphQL request ended. */
export interface Ending {
  readonly summary: Summary;
  /** The HTTP status; null: the caller went away before it had its answer. */
  readonly status: number | null;
  /** Milliseconds from the request's head to the answer's end; of a subscription, for how long it was open. */
  readonly ms: number;
}

/** Is told of each GraphQL request, as it comes about. */
export interface Teller {
  /** It has come; nothing is known of it yet. */
  readonly begun?: (summary: Summary) => void;
  /** It is a subscription, and open after so many milliseconds. It has no end that could be waited for. */
  readonly opened?: (summary: Summary, ms: number) => void;
  /** An event of an open subscription has errors. */
  readonly failed?: (codes: CodeCounts) => void;
  /** It is over. */
  readonly ended?: (ending: Ending) => void;
}

/** Tells several. */
export const tellAll = (tellers: readonly Teller[]): Required<Teller> => ({
  begun: (summary) => {
    for (const { begun } of tellers) begun?.(summary);
  },
  opened: (summary, ms) => {
    for (const { opened } of tellers) opened?.(summary, ms);
  },
  failed: (codes) => {
    for (const { failed } of tellers) failed?.(codes);
  },
  ended: (ending) => {
    for (const { ended } of tellers) ended?.(ending);
  },
});

/** Serves a request, and fills in what becomes of it. */
export type SummarizedListener = (
  request: IncomingMessage,
  response: ServerResponse,
  summary: Summary,
) => void;

/**
 * Tells of every GraphQL request, served or refused, and puts its id on the answer. Around all else that
 * serves requests, so that nothing can be refused past it but what never becomes a request
 * (`src/http`).
 */
export const withTelemetry =
  (handle: SummarizedListener, { begun, ended }: Required<Teller>): RequestListener =>
  (request, response) => {
    const summary = createSummary(request);
    if (isGraphQL(request.url)) {
      response.setHeader(REQUEST_ID_HEADER, summary.requestId);
      begun(summary);
      response.once('close', () => {
        if (summary.calls.some(({ status }) => status === 200)) arrivalOf(request).accept();
        if (isPage(response)) return;
        const status = isAnswered(response, summary) ? response.statusCode : null;
        ended({ summary, status, ms: performance.now() - summary.start });
      });
    }
    handle(request, response, summary);
  };

/** A subscription is answered once its head is out: most end as their callers leave. */
const isAnswered = (
  { writableFinished, headersSent }: ServerResponse,
  { isOpen }: Summary,
): boolean => writableFinished || (isOpen && headersSent);

const ENDPOINT = '/graphql';

const isGraphQL = (url = ''): boolean =>
  url === ENDPOINT || /^\/graphql\/?$/.test(URL.parse(url, 'http://localhost')?.pathname ?? '');

/** GraphiQL, which is at the same address: the page, or that the browser still has it. */
const isPage = (response: ServerResponse): boolean =>
  response.statusCode === 304 ||
  String(response.getHeader('content-type') ?? '').startsWith('text/html');
