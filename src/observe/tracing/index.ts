import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Tracer,
} from '@opentelemetry/api';
import { methodOf } from '../../cotalker/call.ts';
import { CotalkerError } from '../../cotalker/errors.ts';
import type { Interceptor } from '../../cotalker/exchange.ts';
import type { RequestObserver } from '../request-observer.ts';
import { note, type Summary } from '../request-summary.ts';

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
        const options = { kind: SpanKind.SERVER };
        const span = tracer.startSpan('GraphQL Operation', options, below(summary.traceparent));
        spans.set(summary, span);
        note(summary, { traceparent: formatTraceparent(span.spanContext()) });
      },
      opened: (summary) => end(summary, 200),
      ended: ({ summary, status }) => end(summary, status),
    },
    observe: traceCalls(tracer),
  };
}

/**
 * Sets the attributes of a request's span, with the names of the semantic conventions, and ends it. No attribute
 * has the text of a query, a variable or a token.
 * https://opentelemetry.io/docs/specs/semconv/graphql/graphql-spans/
 */
function endRequest(span: Span, summary: Summary, status: number | null): void {
  const { operation, client, codes } = summary;
  const kind = operation?.kind ?? undefined;
  const [code] = Object.keys(codes);
  // Without the operation's name, which callers make up: so there are few names of spans.
  if (kind !== undefined) span.updateName(kind);
  span.setAttributes({
    'http.request.method': summary.method,
    'http.route': '/graphql',
    'http.response.status_code': status ?? undefined,
    'graphql.operation.type': kind,
    'graphql.operation.name': operation?.name ?? undefined,
    // Not in the conventions, which know no name of a client.
    'graphql.client.name': client?.name,
    'graphql.client.version': client?.version,
    'error.type': code,
  });
  // A mistake of the caller is no error of a server span. A missing part of the answer is.
  if (status === null || status >= 500 || (status === 200 && code !== undefined))
    span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/**
 * A span for each call, retries included, below the span of its request. Cotalker gets the `traceparent` of the
 * call's span. https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client
 */
const traceCalls =
  (tracer: Tracer): Interceptor =>
  (next) =>
  async (call, context) => {
    const method = methodOf(call);
    const attributes = { 'http.request.method': method, 'url.template': call.template };
    const span = tracer.startSpan(
      `${method} ${call.template}`,
      { kind: SpanKind.CLIENT, attributes },
      below(context.request.headers['traceparent']),
    );
    const traceparent = formatTraceparent(span.spanContext());
    try {
      const headers = { ...context.headers, traceparent };
      const answer = await next(call, { ...context, headers });
      span.setAttribute('http.response.status_code', answer.status);
      return answer;
    } catch (error) {
      const { code = '_OTHER', status, nodeCode } = error instanceof CotalkerError ? error : {};
      span.setAttributes({
        'error.type': code,
        'cotalker_gateway.cause': nodeCode,
        'http.response.status_code': status,
      });
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  };

/** @param traceparent Well-formed, as the summary of a request has it; undefined: the span has no parent. */
function below(traceparent: string | undefined): Context {
  if (traceparent === undefined) return ROOT_CONTEXT;
  const [, traceId = '', spanId = '', flags = ''] = traceparent.split('-');
  const parent = { traceId, spanId, traceFlags: parseInt(flags, 16), isRemote: true };
  return trace.setSpanContext(ROOT_CONTEXT, parent);
}

/** https://www.w3.org/TR/trace-context/#traceparent-header, in version 00, which knows one flag. */
const formatTraceparent = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-0${traceFlags & TraceFlags.SAMPLED}`;
