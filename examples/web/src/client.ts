import { persistedExchange } from '@urql/exchange-persisted';
import { cacheExchange, Client, fetchExchange, mapExchange } from 'urql';
import { problemsOf } from './problems/problems.ts';
import type { Rejected } from './session/use-session.ts';

interface Options {
  readonly token: string;
  /** Called when the gateway says that the token is not accepted. */
  readonly onRejected: (why: Rejected) => void;
}

/**
 * A client for one session: what it has cached goes when the session does.
 *
 * The cache keeps an answer whole, with its errors: in one that kept the nulls alone, what failed would look
 * on a second visit as if there were nothing.
 */
export const createGatewayClient = ({ token, onRejected }: Options): Client => {
  let wasAccepted = false;
  return new Client({
    url: import.meta.env.VITE_GRAPHQL_URL ?? '/graphql',
    fetchOptions: { headers: { authorization: `Bearer ${token}` } },
    // A second visit shows what is there at once, and then what has changed.
    requestPolicy: 'cache-and-network',
    // What users search for and look at has no place in the logs of servers on the way.
    preferGetMethod: false,
    // As server-sent events, over the same fetch and with the same headers as all else.
    fetchSubscriptions: true,
    exchanges: [
      cacheExchange,
      mapExchange({
        onResult: ({ data, error }) => {
          if (problemsOf(error).some(({ code }) => code === 'UNAUTHENTICATED'))
            onRejected(wasAccepted ? 'no longer accepted' : 'never accepted');
          else if (data) wasAccepted = true;
        },
      }),
      ...(import.meta.env.VITE_TRUSTED_DOCUMENTS === 'on' ? [trustedDocuments] : []),
      fetchExchange,
    ],
  });
};

/** Sends the hash of a query in its place, as codegen has worked it out; its text is never sent. */
const trustedDocuments = persistedExchange({
  enforcePersistedQueries: true,
  preferGetForPersistedQueries: false,
  enableForSubscriptions: true,
  generateHash: (_, document) =>
    Promise.resolve(
      (document as { readonly __meta__?: { readonly hash: string } }).__meta__?.hash ?? '',
    ),
});
