import type { Plugin } from 'graphql-yoga';

const STREAMS = /^(?:text\/event-stream|multipart\/mixed)\b/;

/**
 * Makes proxies pass on the parts of an answer and the events of a subscription at once. It leaves the connection
 * headers to Node.
 *
 * nginx buffers an answer until a buffer is full, which never happens for events. `X-Accel-Buffering` turns that
 * off, in other proxies too (https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering). Yoga
 * always sends `Connection: keep-alive`, whatever the caller asked for, even while the gateway stops (RFC 9112,
 * section 9.6). It sends `chunked` to HTTP/1.0, which does not know it. And it lets caches store events.
 */
export const useStreams = (): Plugin => ({
  onResponse({ response: { headers } }) {
    if (!STREAMS.test(headers.get('content-type') ?? '')) return;
    headers.set('x-accel-buffering', 'no');
    for (const name of ['connection', 'transfer-encoding', 'cache-control']) headers.delete(name);
  },
});
