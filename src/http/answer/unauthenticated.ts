import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Context } from '../../context.ts';

/**
 * Answers 401 if Cotalker refused the caller's token for all calls of the operation, or if the caller sent no token
 * and the operation needs one. So proxies and HTTP clients see it too. RFC 9110, section 15.5.2, requires the
 * challenge.
 *
 * Only under `application/graphql-response+json`: under `application/json` a well-formed GraphQL answer is 200
 * (GraphQL over HTTP, section 6.4.1).
 */
export function useUnauthenticated(): Plugin<
  Record<string, unknown>,
  Record<string, unknown>,
  Context
> {
  const refused = new WeakSet<Request>();
  return {
    onExecutionResult({ request, context, result }) {
      const { isRefused, close } = context as unknown as Partial<Context>;
      if (!isAsyncIterable(result)) close?.();
      if (isRefused?.()) refused.add(request);
    },
    onResponse({ request, response, setResponse, fetchAPI }) {
      if (!refused.has(request) || !isGraphQLResponse(response.headers)) return;
      const headers = new fetchAPI.Headers(response.headers);
      headers.set('www-authenticate', 'Bearer');
      setResponse(new fetchAPI.Response(response.body, { status: 401, headers }));
    },
  };
}

const isGraphQLResponse = (headers: Headers): boolean =>
  headers.get('content-type')?.startsWith('application/graphql-response+json') ?? false;
