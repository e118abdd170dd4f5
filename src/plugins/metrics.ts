import type { Plugin } from 'graphql-yoga';
import type { Metrics } from '../metrics/index.ts';

const PATH = '/metrics';

/** `GET /metrics`: what has been counted, for Prometheus. Not for the public: it tells how much is going on. */
export const useMetrics = ({ read, contentType }: Metrics): Plugin => ({
  async onRequest({ request, url, endResponse, fetchAPI: { Response } }) {
    if (url.pathname !== PATH) return;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      endResponse(new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } }));
      return;
    }
    const body = request.method === 'HEAD' ? null : await read();
    endResponse(new Response(body, { headers: { 'content-type': contentType } }));
  },
});
