import type { Logger } from 'pino';
import type { Teller } from './index.ts';
import { countCalls, countCauses } from './summary.ts';

/**
 * One line for each GraphQL request: what was asked, how it ended, how long it took, and what it took.
 * Never a query's text or variables, nor a header but the request's id and trace: those may hold what is
 * not ours to keep.
 */
export const logRequests = (logger: Logger): Teller => ({
  ended: ({ summary: { operation, codes, calls, requestId, traceparent }, status, ms }) => {
    if (!logger.isLevelEnabled('info')) return;
    logger.info(
      {
        operation: operation?.name ?? null,
        hash: operation?.hash ?? null,
        kind: operation?.kind ?? null,
        status,
        ms: Math.round(ms * 10) / 10,
        codes,
        calls: countCalls(calls),
        // Left out where there are none.
        causes: countCauses(calls),
        requestId,
        traceId: traceparent?.split('-')[1] ?? null,
      },
      'operation',
    );
  },
});
