import { Agent } from 'node:http';
import got from 'got';
import { connections, type Get, upstreamUrl } from './rest.ts';

const client = got.extend({
  agent: { http: new Agent({ keepAlive: true, maxSockets: connections }) },
});

/** GET by got. */
export const createGet =
  (authorization: string): Get =>
  (path, query) =>
    client(`${upstreamUrl}${path}?${query}`, { headers: { authorization } }).json();
