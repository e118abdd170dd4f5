import { Counter, Gauge, Histogram, type Registry } from '@prometheus-io/client';
import { methodOf } from '../../cotalker/call.ts';
import { CotalkerError, isTimeUp, OVERTAKEN } from '../../cotalker/errors.ts';
import { LOOKUP_RESULTS, type LookupResult } from '../../cotalker/cache/response-cache.ts';
import type { Interceptor } from '../../cotalker/exchange.ts';
import { type QuotaObserver, REFUSAL_CAUSES } from '../../cotalker/quota/quota-observer.ts';

export interface UpstreamMetrics {
  readonly observe: Interceptor;
  readonly noteBreaker: (state: 'open' | 'closed') => void;
  readonly noteLookup: (result: LookupResult) => void;
  /** To be told of what the quotas of companies keep back. No company has a label or a series of its own. */
  readonly quota: QuotaObserver;
}

/** Statuses with labels of their own. Cotalker, or a server in its place, may send hundreds of others. */
const STATUSES = new Set([200, 304, 400, 401, 403, 404, 429, 500, 502, 503, 504]);

export function createUpstreamMetrics(registry: Registry): UpstreamMetrics {
  const registers = [registry];
  const requests = new Counter({
    name: 'cotalker_gateway_upstream_requests_total',
    help: 'Calls sent to Cotalker by endpoint (a GET, unless it says otherwise) and status (timeout, abandoned, failed: no whole answer came).',
    labelNames: ['endpoint', 'status'],
    registers,
  });
  const duration = new Histogram({
    name: 'cotalker_gateway_upstream_request_duration_seconds',
    help: 'Time that calls to Cotalker took, without waiting for a free slot.',
    labelNames: ['endpoint'],
    registers,
  });
  const breaker = new Gauge({
    name: 'cotalker_gateway_breaker_open',
    help: '1 while Cotalker fails so often that it is not asked, but for probes.',
    registers,
  });
  return {
    noteLookup: createLookups(registry),
    quota: createQuotaMetrics(registry),
    observe: (next) => (call, context) => {
      const start = performance.now();
      const note = (status: string): void => {
        const method = methodOf(call);
        const endpoint = method === 'GET' ? call.template : `${method} ${call.template}`;
        requests.inc({ endpoint, status });
        duration.observe({ endpoint }, (performance.now() - start) / 1000);
      };
      return next(call, context).then(
        (answer) => {
          note(String(answer.status));
          return answer;
        },
        (error: unknown) => {
          note(statusLabel(error, context.signal));
          throw error;
        },
      );
    },
    noteBreaker: (state) => breaker.set(state === 'open' ? 1 : 0),
  };
}

function createLookups(registry: Registry): UpstreamMetrics['noteLookup'] {
  const lookups = new Counter({
    name: 'cotalker_gateway_cache_lookups_total',
    help: 'Lookups in the response cache: hit, miss, revalidated (Cotalker said that it still holds), error (none could be made, or what was found was not to be trusted).',
    labelNames: ['result'],
    registers: [registry],
  });
  for (const result of LOOKUP_RESULTS) lookups.inc({ result }, 0);
  return (result) => lookups.inc({ result });
}

function createQuotaMetrics(registry: Registry): QuotaObserver {
  const registers = [registry];
  const waits = new Histogram({
    name: 'cotalker_gateway_quota_wait_seconds',
    help: 'Time that calls to Cotalker waited for the quota of their company; those that went at once are not counted.',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const refusals = new Counter({
    name: 'cotalker_gateway_quota_refusals_total',
    help: 'Requests refused before their first call, since their turn would have come too late (too_late) or they need more than the quota has (too_large), and calls that Cotalker refused (cotalker).',
    labelNames: ['cause'],
    registers,
  });
  for (const cause of REFUSAL_CAUSES) refusals.inc({ cause }, 0);
  return {
    refused: (cause) => refusals.inc({ cause }),
    waited: (ms) => waits.observe(ms / 1000),
  };
}

function statusLabel(error: unknown, signal: AbortSignal): string {
  const status = error instanceof CotalkerError ? error.status : undefined;
  if (status !== undefined)
    return STATUSES.has(status) ? String(status) : `${Math.floor(status / 100)}xx`;
  if (!signal.aborted) return error === OVERTAKEN ? 'abandoned' : 'failed';
  return isTimeUp(signal) ? 'timeout' : 'abandoned';
}
