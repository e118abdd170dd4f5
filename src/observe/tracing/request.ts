import { type Span, SpanStatusCode } from '@opentelemetry/api';
import type { Summary } from '../request-summary.ts';

/**
 * Says of a request's span what may be told, by the semantic conventions' names, and ends it: no text of a
 * query, no variable, no token. https://opentelemetry.io/docs/specs/semconv/graphql/graphql-spans/
 */
export function endRequest(span: Span, summary: Summary, status: number | null): void {
  const { operation, codes } = summary;
  const kind = operation?.kind ?? undefined;
  const [code] = Object.keys(codes);
  // Without its name, which callers make up, so that there are few names of spans.
  if (kind !== undefined) span.updateName(kind);
  span.setAttributes({
    'http.request.method': summary.method,
    'http.route': '/graphql',
    ...(status !== null && { 'http.response.status_code': status }),
    ...(kind !== undefined && { 'graphql.operation.type': kind }),
    ...(operation?.name != null && { 'graphql.operation.name': operation.name }),
    ...(code !== undefined && { 'error.type': code }),
  });
  // What the caller did wrong is no error of a server's span; that a part of the answer is missing is.
  if (status === null || status >= 500 || (status === 200 && code !== undefined))
    span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
