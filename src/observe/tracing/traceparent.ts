import { type SpanContext, TraceFlags } from '@opentelemetry/api';

/** @param traceparent A well-formed `traceparent` (`src/observe/request-summary.ts`). */
export function parseTraceparent(traceparent: string): SpanContext {
  const [, traceId = '', spanId = '', flags = ''] = traceparent.split('-');
  return { traceId, spanId, traceFlags: parseInt(flags, 16), isRemote: true };
}

/** https://www.w3.org/TR/trace-context/#traceparent-header, in version 00, which knows one flag. */
export const formatTraceparent = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-0${traceFlags & TraceFlags.SAMPLED}`;
