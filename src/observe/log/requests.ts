import type { Logger } from 'pino';
import type { RequestObserver } from '../request-observer.ts';
import { countCalls, countCauses } from '../request-summary.ts';

/**
 * Logs one line for each GraphQL request: the operation, its outcome, its duration and its calls. Never the text or
 * variables of a query, which may be private. Of the headers, only the request's id and trace, and the client's name.
 */
export const logRequests = (logger: Logger): RequestObserver => ({
  ended: ({ summary, status, ms }) => {
    if (!logger.isLevelEnabled('info')) return;
    const { operation, documentId, codes, calls, client, requestId, traceparent } = summary;
    logger.info(
      {
        operation: operation?.name ?? null,
        hash: operation?.hash ?? null,
        // These three are left out if they are empty.
        documentId: hashIn(documentId),
        client,
        kind: operation?.kind ?? null,
        status,
        ms: Math.round(ms * 10) / 10,
        codes,
        calls: countCalls(calls),
        causes: countCauses(calls),
        requestId,
        traceId: traceparent?.split('-')[1] ?? null,
      },
      'operation',
    );
  },
});

/** The id as in a manifest, without the algorithm; undefined if it is not a hash but any text of the caller. */
const hashIn = (documentId: string | undefined): string | undefined =>
  documentId === undefined ? undefined : /^(?:sha256:)?([0-9a-f]{32,64})$/.exec(documentId)?.[1];
