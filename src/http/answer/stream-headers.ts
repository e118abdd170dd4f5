import type { Plugin } from 'graphql-yoga';

const STREAMS = /^(?:text\/event-stream|multipart\/mixed)\b/;

/**
 * Has proxies pass on at once what an answer in parts or a subscription sends, and leaves to Node what is of
 * the connection alone.
 *
 * nginx gathers an answer until a buffer is full, which for events is never; others do as it does with
 * `X-Accel-Buffering` (https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering). Yoga says
 * `Connection: keep-alive` whatever the caller has asked for, and while the gateway stops as well (RFC 9112,
 * section 9.6), and `chunked` to HTTP/1.0, which does not know it; and it lets caches keep events.
 */
export const useStreams = (): Plugin => ({
  onResponse({ response: { headers } }) {
    if (!STREAMS.test(headers.get('content-type') ?? '')) return;
    headers.set('x-accel-buffering', 'no');
    for (const name of ['connection', 'transfer-encoding', 'cache-control']) headers.delete(name);
  },
});
