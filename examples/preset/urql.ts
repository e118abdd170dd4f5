import {
  cacheExchange,
  Client,
  type Exchange,
  fetchExchange,
  subscriptionExchange,
} from '@urql/core';
import { followInto } from './follow.ts';
import type { Gateway } from './types.ts';

/** Subscriptions, over reconnects without a loss. */
export const sseExchange = (gateway: Gateway): Exchange =>
  subscriptionExchange({
    forwardSubscription: ({ query, documentId, variables, extensions }) => ({
      subscribe: (sink) => ({
        unsubscribe: followInto(sink, gateway, { query, documentId, variables, extensions }),
      }),
    }),
  });

/**
 * @param cache The document cache keeps each answer with its errors. `normalizedCache` of `graphcache.ts` joins pages.
 * @param exchanges Behind the cache, such as `persistedExchange`.
 */
export const createUrqlClient = (
  gateway: Gateway,
  cache: Exchange = cacheExchange,
  ...exchanges: Exchange[]
): Client =>
  new Client({
    url: gateway.url,
    fetchOptions: () => ({ headers: { Authorization: `Bearer ${gateway.token()}` } }),
    // Servers on the way log addresses, and a query in an address would show what users look at.
    preferGetMethod: false,
    exchanges: [cache, ...exchanges, fetchExchange, sseExchange(gateway)],
  });
