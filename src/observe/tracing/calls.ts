import {
  type Context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { CotalkerError } from '../../cotalker/errors.ts';
import type { Interceptor } from '../../cotalker/exchange.ts';
import { formatTraceparent, parseTraceparent } from './traceparent.ts';

/** What a span begins below; nothing where there is no `traceparent`. */
export const contextOf = (traceparent: string | undefined): Context =>
  traceparent === undefined
    ? ROOT_CONTEXT
    : trace.setSpanContext(ROOT_CONTEXT, parseTraceparent(traceparent));

/**
 * A span for each GET that goes out, retries included, below the request that makes it;
 * Cotalker is told of that span. https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client
 */
export const traceCalls =
  (tracer: Tracer): Interceptor =>
  (next) =>
  async (call, context) => {
    const endpoint = call.template;
    const span = tracer.startSpan(
      `GET ${endpoint}`,
      {
        kind: SpanKind.CLIENT,
        attributes: { 'http.request.method': 'GET', 'url.template': endpoint },
      },
      contextOf(context.request.headers['traceparent']),
    );
    const traceparent = formatTraceparent(span.spanContext());
    try {
      const headers = { ...context.headers, traceparent };
      const answer = await next(call, { ...context, headers });
      span.setAttribute('http.response.status_code', answer.status);
      return answer;
    } catch (error) {
      const { code = '_OTHER', status, nodeCode } = error instanceof CotalkerError ? error : {};
      span.setAttribute('error.type', code);
      if (nodeCode !== undefined) span.setAttribute('cotalker_gateway.cause', nodeCode);
      if (status !== undefined) span.setAttribute('http.response.status_code', status);
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  };
