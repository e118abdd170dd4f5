import type { Plugin } from 'graphql-yoga';

/**
 * `GET /health`: the process is alive. `GET /ready`: it is able to serve, 503 otherwise. Exactly these
 * paths: Yoga's own check answers every URL that ends in `/health`, a query string included.
 */
export function useHealth(isReady: () => boolean): Plugin {
  const answers: Readonly<Record<string, () => boolean>> = {
    '/health': () => true,
    '/ready': isReady,
  };
  return {
    onRequest({ request, url, endResponse, fetchAPI }) {
      const isUp = Object.hasOwn(answers, url.pathname) ? answers[url.pathname] : undefined;
      if (isUp === undefined) return;
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        endResponse(new fetchAPI.Response(null, { status: 405, headers: { allow: 'GET, HEAD' } }));
        return;
      }
      const status = isUp() ? 200 : 503;
      endResponse(
        fetchAPI.Response.json(
          { status: status === 200 ? 'ok' : 'unavailable' },
          { status, headers: { 'cache-control': 'no-store' } },
        ),
      );
    },
  };
}
