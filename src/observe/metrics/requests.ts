import { Counter, Histogram, type Registry } from '@prometheus-io/client';
import { ERROR_CODES } from '../../errors.ts';
import type { RequestObserver } from '../request-observer.ts';
import { type CodeCounts, countCalls } from '../request-summary.ts';

/** Codes of failures of Cotalker or of the gateway: no caller can avoid them. */
const NOT_THE_CALLERS =
  /^(?:UPSTREAM_\w+|OUTCOME_UNKNOWN|RATE_LIMITED|OVERLOADED|DOCUMENTS_UNAVAILABLE|INTERNAL_SERVER_ERROR)$/;

/**
 * The series of GraphQL requests. Labels have few values: kinds, our statuses, codes of `errors.ts`. They never hold
 * a text that a caller makes up, such as the name of an operation.
 */
function createSeries(registry: Registry) {
  const registers = [registry];
  return {
    requests: new Counter({
      name: 'cotalker_gateway_requests_total',
      help: 'GraphQL requests by kind of operation (none: not read) and HTTP status (gone: the caller left).',
      labelNames: ['kind', 'status'],
      registers,
    }),
    duration: new Histogram({
      name: 'cotalker_gateway_request_duration_seconds',
      help: 'Time from the head of a GraphQL request to the end of its answer; of a subscription, until it is open.',
      labelNames: ['kind'],
      registers,
    }),
    errors: new Counter({
      name: 'cotalker_gateway_errors_total',
      help: 'Errors in GraphQL answers by code.',
      labelNames: ['code'],
      registers,
    }),
    requestsFailed: new Counter({
      name: 'cotalker_gateway_requests_failed_total',
      help: 'GraphQL requests with an error in the answer that no caller could have avoided.',
      registers,
    }),
    calls: new Counter({
      name: 'cotalker_gateway_upstream_calls_total',
      help: 'What requests asked of Cotalker: GETs made, shared with another request, reused, or remembered from former requests.',
      labelNames: ['source'],
      registers,
    }),
    retries: new Counter({
      name: 'cotalker_gateway_upstream_retries_total',
      help: 'GETs that were retries, or second attempts beside a silent one.',
      registers,
    }),
  };
}

export function createRequestMetrics(registry: Registry): RequestObserver {
  const { requests, duration, errors, requestsFailed, calls, retries } = createSeries(registry);
  // Created at the start, because a rate does not see the first value of a series.
  for (const code of ERROR_CODES) errors.inc({ code }, 0);
  for (const source of ['made', 'shared', 'reused', 'remembered']) calls.inc({ source }, 0);

  const answered = (kind: string, status: number | 'gone', ms: number): void => {
    requests.inc({ kind, status });
    duration.observe({ kind }, ms / 1000);
  };
  const failed = (codes: CodeCounts): void => {
    for (const [code, count] of Object.entries(codes))
      errors.inc({ code: ERROR_CODES.has(code) ? code : 'other' }, count);
  };
  return {
    opened: (_, ms) => answered('subscription', 200, ms),
    failed,
    ended: ({ summary, status, ms }) => {
      const { calls: asked, codes, isOpen, operation } = summary;
      // For an open subscription, all this has been counted already.
      if (!isOpen) {
        answered(operation?.kind ?? 'none', status ?? 'gone', ms);
        failed(codes);
        if (Object.keys(codes).some((code) => NOT_THE_CALLERS.test(code))) requestsFailed.inc();
      }
      if (asked.length === 0) return;
      for (const [source, count] of Object.entries(countCalls(asked)))
        if (count > 0) calls.inc({ source }, count);
      for (const { attempts } of asked) if (attempts > 1) retries.inc(attempts - 1);
    },
  };
}
