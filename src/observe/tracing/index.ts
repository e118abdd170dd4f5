import { type Span, SpanKind, type Tracer } from '@opentelemetry/api';
import type { Interceptor } from '../../cotalker/exchange.ts';
import type { RequestObserver } from '../request-observer.ts';
import { noteSpan, type Summary } from '../request-summary.ts';
import { contextOf, traceCalls } from './calls.ts';
import { endRequest } from './request.ts';
import { formatTraceparent } from './traceparent.ts';

/**
 * Makes spans for each GraphQL request and, below it, for each GET to Cotalker. The `traceparent` in the headers of
 * a call connects them, so no async context has to follow the request.
 */
export interface Tracing {
  /**
   * The span of a request starts below the caller's span and replaces it from then on. The span of a subscription
   * ends when the subscription is open: otherwise it would appear only hours later.
   */
  readonly observer: RequestObserver;
  /** Makes a span for each GET. */
  readonly observe: Interceptor;
}

export function createTracing(tracer: Tracer): Tracing {
  const spans = new WeakMap<Summary, Span>();
  const end = (summary: Summary, status: number | null): void => {
    const span = spans.get(summary);
    spans.delete(summary);
    if (span !== undefined) endRequest(span, summary, status);
  };
  return {
    observer: {
      begun: (summary) => {
        const span = tracer.startSpan(
          'GraphQL Operation',
          { kind: SpanKind.SERVER },
          contextOf(summary.traceparent),
        );
        spans.set(summary, span);
        noteSpan(summary, formatTraceparent(span.spanContext()));
      },
      opened: (summary) => end(summary, 200),
      ended: ({ summary, status }) => end(summary, status),
    },
    observe: traceCalls(tracer),
  };
}
