import { type Span, SpanKind, type Tracer } from '@opentelemetry/api';
import type { Interceptor } from '../../cotalker/exchange.ts';
import type { Teller } from '../teller.ts';
import { noteSpan, type Summary } from '../request-summary.ts';
import { contextOf, traceCalls } from './calls.ts';
import { endRequest } from './request.ts';
import { formatTraceparent } from './traceparent.ts';

/**
 * Spans for each GraphQL request and, below it, for each GET to Cotalker. They are tied by `traceparent`,
 * which goes with the call's headers, so that nothing has to follow the request through the process.
 */
export interface Tracing {
  /**
   * The span of a request begins below the caller's, and stands in the place of that from then on. That of a
   * subscription ends when it is open, since nobody waits for hours to see one.
   */
  readonly tell: Teller;
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
    tell: {
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
