import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A peer's REST client: GET `path` below the base URL with the caller's token; the parsed JSON body. */
export type Get = <T>(path: string, query: string) => Promise<T>;

export const typeDefs = readFileSync(join(import.meta.dirname, 'schema.graphql'), 'utf8');

/** What every peer is told by the bench. */
export const upstreamUrl = process.env['UPSTREAM_URL'] ?? '';
export const port = Number(process.env['PORT']);
/** How many connections to keep to the upstream. */
export const connections = Number(process.env['CONNECTIONS']);

/** The environment of all peers is that of production. */
if (process.env['NODE_ENV'] !== 'production') throw new Error('peers run with NODE_ENV=production');

/** `ids=a&ids=b` */
export const repeated = (key: string, values: readonly string[]): string =>
  values.map((value) => `${key}=${value}`).join('&');
