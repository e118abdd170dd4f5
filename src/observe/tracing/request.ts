import { type Span, SpanStatusCode } from '@opentelemetry/api';
import type { Summary } from '../request-summary.ts';

/**
 * Sets the attributes of a request's span, with the names of the semantic conventions, and ends it. No attribute
 * has the text of a query, a variable or a token.
 * https://opentelemetry.io/docs/specs/semconv/graphql/graphql-spans/
 */
export function endRequest(span: Span, summary: Summary, status: number | null): void {
  const { operation, client, codes } = summary;
  const kind = operation?.kind ?? undefined;
  const [code] = Object.keys(codes);
  // Without the operation's name, which callers make up: so there are few names of spans.
  if (kind !== undefined) span.updateName(kind);
  span.setAttributes({
    'http.request.method': summary.method,
    'http.route': '/graphql',
    ...(status !== null && { 'http.response.status_code': status }),
    ...(kind !== undefined && { 'graphql.operation.type': kind }),
    ...(operation?.name != null && { 'graphql.operation.name': operation.name }),
    // Not in the conventions, which know no name of a client.
    ...(client?.name !== undefined && { 'graphql.client.name': client.name }),
    ...(client?.version !== undefined && { 'graphql.client.version': client.version }),
    ...(code !== undefined && { 'error.type': code }),
  });
  // A mistake of the caller is no error of a server span. A missing part of the answer is.
  if (status === null || status >= 500 || (status === 200 && code !== undefined))
    span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
