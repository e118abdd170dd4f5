import { Agent } from 'node:http';
import got from 'got';
import { connections, upstreamUrl } from './rest.ts';
import { serveYoga } from './yoga.ts';

/* The stock pairing: graphql-yoga + got + dataloader. */

const client = got.extend({
  agent: { http: new Agent({ keepAlive: true, maxSockets: connections }) },
});

serveYoga(
  (authorization) => (path, query) =>
    client(`${upstreamUrl}${path}?${query}`, { headers: { authorization } }).json(),
);
