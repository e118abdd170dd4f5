/*
 * For `node --import`: keeps 1 kB for each token, as a cache without a bound would. What measures a leak has to
 * find it.
 */
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

const kept = new Map<string, readonly number[]>();

subscribe('http.server.request.start', (message) => {
  const { request } = message as { readonly request: IncomingMessage };
  const { authorization } = request.headers;
  if (authorization !== undefined)
    kept.set(authorization, Array.from({ length: 128 }, Math.random));
});
