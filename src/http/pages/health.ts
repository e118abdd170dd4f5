import type { Plugin } from 'graphql-yoga';

export interface HealthFacts {
  /** Whether the gateway can serve. */
  readonly isReady: () => boolean;
  /** Whether requests have been turned away for a while. */
  readonly isShedding: () => boolean;
}

/**
 * `GET /health`: the process is alive. `GET /ready`: it can serve, otherwise 503. Exactly these paths: Yoga's own
 * check answers every URL that ends in `/health`, even in a query string.
 *
 * An overloaded gateway stays ready, and only says so. If a load balancer took it out of service, the others would
 * get its share and become overloaded next.
 */
export function useHealth({ isReady, isShedding }: HealthFacts): Plugin {
  const answers: Readonly<Record<string, () => object | undefined>> = {
    '/health': () => ({}),
    '/ready': () => (isReady() ? { ...(isShedding() && { shedding: true }) } : undefined),
  };
  return {
    onRequest({ request, url, endResponse, fetchAPI }) {
      const ask = Object.hasOwn(answers, url.pathname) ? answers[url.pathname] : undefined;
      if (ask === undefined) return;
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        endResponse(new fetchAPI.Response(null, { status: 405, headers: { allow: 'GET, HEAD' } }));
        return;
      }
      const facts = ask();
      endResponse(
        fetchAPI.Response.json(
          { status: facts ? 'ok' : 'unavailable', ...facts },
          { status: facts ? 200 : 503, headers: { 'cache-control': 'no-store' } },
        ),
      );
    },
  };
}
