import type { Plugin } from 'graphql-yoga';

export interface HealthFacts {
  /** Whether the gateway is able to serve. */
  readonly isReady: () => boolean;
  /** Whether requests have been turned away for a while. */
  readonly isShedding: () => boolean;
}

/**
 * `GET /health`: the process is alive. `GET /ready`: it is able to serve, 503 otherwise. Exactly these
 * paths: Yoga's own check answers every URL that ends in `/health`, a query string included.
 *
 * A gateway that has too much to do stays ready, and only tells: taken out of service it would leave its
 * share to the others, and they would be the next.
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
      if (request.method !== 'GET') {
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
