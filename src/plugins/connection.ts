import type { Plugin } from 'graphql-yoga';

/**
 * Leaves it to `node:http` whether a connection is kept. Yoga says so of every answer in events or in parts,
 * whatever its caller has asked for, and while the gateway stops as well (RFC 9112, section 9.6).
 */
export const useConnection = (): Plugin => ({
  onResponse: ({ response }) => response.headers.delete('connection'),
});
