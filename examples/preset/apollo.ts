import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { Defer20220824Handler } from '@apollo/client/incremental';
import { relayStylePagination } from '@apollo/client/utilities';
import { OperationTypeNode, print } from 'graphql';
import { Observable } from 'rxjs';
import { followInto } from './follow.ts';
import { type Gateway, lists, possibleTypes, typesWithoutId } from './types.ts';

// Apollo's types want to know which errorPolicy a client has, so that `data` is typed as possibly partial.
declare module '@apollo/client' {
  export namespace ApolloClient {
    export namespace DeclareDefaultOptions {
      interface Query {
        errorPolicy: 'all';
      }
      interface WatchQuery {
        errorPolicy: 'all';
      }
    }
  }
}

const paginated = Object.entries(lists).map(([type, fields]) => [
  type,
  { fields: mapValues(fields, (keyArgs) => relayStylePagination(keyArgs)) },
]);
const withoutId = typesWithoutId.map((type) => [type, { keyFields: false }]);

/** For `new InMemoryCache(cacheOptions)`. Lists keep all pages that were read: select `edges { cursor node }`. */
export const cacheOptions = {
  possibleTypes,
  typePolicies: Object.fromEntries([...paginated, ...withoutId]),
};

/** Subscriptions, over reconnects without a loss. Put it in front of the link for queries with `split`. */
export const sseLink = (gateway: Gateway): ApolloLink =>
  new ApolloLink(
    (operation) => new Observable((sink) => followInto(sink, gateway, questionOf(operation))),
  );

/** A link for persisted queries has put the id into the extensions, and asks for no text. */
function questionOf(operation: ApolloLink.Operation) {
  const { query, variables, extensions } = operation;
  const { includeQuery = true } = operation.getContext()['http'] ?? {};
  return { query: includeQuery ? print(query) : undefined, variables, extensions };
}

/** @param links Ahead of those for the gateway, such as `createPersistedQueryLink`. */
export const createApolloClient = (gateway: Gateway, ...links: ApolloLink[]): ApolloClient => {
  const http = new HttpLink({
    uri: gateway.url,
    fetch: (url, request) => {
      const headers = new Headers(request?.headers);
      headers.set('Authorization', `Bearer ${gateway.token()}`);
      return fetch(url, { ...request, headers });
    },
  });
  return new ApolloClient({
    cache: new InMemoryCache(cacheOptions),
    link: ApolloLink.from([
      ...links,
      ApolloLink.split(
        ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
        sseLink(gateway),
        http,
      ),
    ]),
    // For `@defer`, which throws without it.
    incrementalHandler: new Defer20220824Handler(),
    // One error leaves the rest of an answer in place. The default, `none`, throws all data away.
    defaultOptions: { query: { errorPolicy: 'all' }, watchQuery: { errorPolicy: 'all' } },
  });
};

function mapValues<From, To>(
  fields: Record<string, From>,
  change: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(value)]));
}
