import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { lists, possibleTypes, typesWithoutId } from './types.ts';

/** For Graphcache's `keys`: without them it warns, and does not cache these objects. */
export const keys = Object.fromEntries(typesWithoutId.map((type) => [type, () => null]));

/** For Graphcache's `resolvers`: lists with all pages that were read. */
export const resolvers = Object.fromEntries(
  Object.entries(lists).map(([type, fields]) => [
    type,
    Object.fromEntries(Object.keys(fields).map((field) => [field, relayPagination()])),
  ]),
);

/** For `createUrqlClient`. Made for one session: what it holds is one user's. */
export const normalizedCache = () => cacheExchange({ keys, resolvers, possibleTypes });
