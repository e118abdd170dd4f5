import { Counter, Gauge, Histogram, type Registry } from '@prometheus-io/client';
import { isTimeUp } from '../../cotalker/abort.ts';
import { CotalkerError } from '../../cotalker/errors.ts';
import type { Interceptor } from '../../cotalker/exchange.ts';

export interface UpstreamMetrics {
  /** Counts and times each GET. */
  readonly observe: Interceptor;
  /** Call it for each change of the circuit breaker. */
  readonly noteBreaker: (state: 'open' | 'closed') => void;
}

/** Statuses with labels of their own. Cotalker, or a server in its place, may send hundreds of others. */
const STATUSES = new Set([200, 304, 400, 401, 403, 404, 429, 500, 502, 503, 504]);

/** Counts each GET to Cotalker, retries included. */
export function createUpstreamMetrics(registry: Registry): UpstreamMetrics {
  const registers = [registry];
  const requests = new Counter({
    name: 'cotalker_gateway_upstream_requests_total',
    help: 'GETs sent to Cotalker by endpoint and status (timeout, abandoned, failed: no whole answer came).',
    labelNames: ['endpoint', 'status'],
    registers,
  });
  const duration = new Histogram({
    name: 'cotalker_gateway_upstream_request_duration_seconds',
    help: 'Time that GETs to Cotalker took, without waiting for a free slot.',
    labelNames: ['endpoint'],
    registers,
  });
  const breaker = new Gauge({
    name: 'cotalker_gateway_breaker_open',
    help: '1 while Cotalker fails so often that it is not asked, but for probes.',
    registers,
  });
  return {
    observe: (next) => async (call, context) => {
      const start = performance.now();
      let status = '';
      try {
        const answer = await next(call, context);
        status = String(answer.status);
        return answer;
      } catch (error) {
        status = statusLabel(error, context.signal);
        throw error;
      } finally {
        const endpoint = call.template;
        requests.inc({ endpoint, status });
        duration.observe({ endpoint }, (performance.now() - start) / 1000);
      }
    },
    noteBreaker: (state) => breaker.set(state === 'open' ? 1 : 0),
  };
}

function statusLabel(error: unknown, signal: AbortSignal): string {
  const status = error instanceof CotalkerError ? error.status : undefined;
  if (status !== undefined)
    return STATUSES.has(status) ? String(status) : `${Math.floor(status / 100)}xx`;
  if (!signal.aborted) return 'failed';
  return isTimeUp(signal) ? 'timeout' : 'abandoned';
}
