import type { Logger } from 'pino';
import type { Teller } from '../teller.ts';
import { countCalls, countCauses } from '../request-summary.ts';

/**
 * One line for each GraphQL request: what was asked, how it ended, how long it took, and what it took.
 * Never a query's text or variables, nor a header but the request's id and trace: those may hold what is
 * not ours to keep.
 */
export const logRequests = (logger: Logger): Teller => ({
  ended: ({ summary, status, ms }) => {
    if (!logger.isLevelEnabled('info')) return;
    const { operation, documentId, codes, calls, requestId, traceparent } = summary;
    logger.info(
      {
        operation: operation?.name ?? null,
        hash: operation?.hash ?? null,
        // These two are left out where there are none.
        documentId: hashIn(documentId),
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

/** An id as a manifest has it, without the algorithm; undefined where it is no hash, but whatever a caller likes. */
const hashIn = (documentId: string | undefined): string | undefined =>
  documentId === undefined ? undefined : /^(?:sha256:)?([0-9a-f]{32,64})$/.exec(documentId)?.[1];
