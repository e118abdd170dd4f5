import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { REQUEST_ID_HEADER } from '../request-id.ts';
import { createSummary, type Summary } from './summary.ts';

/** How a GraphQL request ended. */
export interface Ending {
  readonly summary: Summary;
  /** The HTTP status; null: the caller went away before it had its answer. */
  readonly status: number | null;
  /** Milliseconds from the request's head to the answer's end. */
  readonly ms: number;
}

/** Is told of each GraphQL request once it is over. */
export type Teller = (ending: Ending) => void;

/** Serves a request, and fills in what becomes of it. */
export type SummarizedListener = (
  request: IncomingMessage,
  response: ServerResponse,
  summary: Summary,
) => void;

/**
 * Tells of every GraphQL request, served or refused, and puts its id on the answer. Around all else that
 * serves requests, so that nothing can be refused past it but what never becomes a request
 * (`src/listener`).
 *
 * @param begin Told of each as it comes.
 */
export const withTelemetry =
  (
    handle: SummarizedListener,
    tellers: readonly Teller[],
    begin?: (summary: Summary) => void,
  ): RequestListener =>
  (request, response) => {
    const summary = createSummary(request);
    if (isGraphQL(request.url)) {
      response.setHeader(REQUEST_ID_HEADER, summary.requestId);
      begin?.(summary);
      response.once('close', () => {
        if (isPage(response)) return;
        const status = response.writableFinished ? response.statusCode : null;
        const ms = performance.now() - summary.start;
        for (const tell of tellers) tell({ summary, status, ms });
      });
    }
    handle(request, response, summary);
  };

const ENDPOINT = '/graphql';

const isGraphQL = (url = ''): boolean =>
  url === ENDPOINT || URL.parse(url, 'http://localhost')?.pathname === ENDPOINT;

/** GraphiQL, which is at the same address: the page, or that the browser still has it. */
const isPage = (response: ServerResponse): boolean =>
  response.statusCode === 304 ||
  String(response.getHeader('content-type') ?? '').startsWith('text/html');
