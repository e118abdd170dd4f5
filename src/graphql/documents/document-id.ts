import type { GraphQLError } from 'graphql';
import { requestError } from '../request-error.ts';

interface AskedDocument {
  readonly query: string | undefined;
  readonly id: string | undefined;
}

/**
 * Gives the text of the document that a request asks for, which is known to be valid; undefined: it is the caller's own
 * text. A promise where it must be looked up.
 *
 * @throws GraphQLError if there is none, or if texts are not accepted.
 */
export type FindDocument = (asked: AskedDocument) => string | Promise<string> | undefined;

/** Apollo's words: clients that first send a hash look for them, and then send the text. */
export const notFound = (): GraphQLError =>
  requestError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');

/** Where no documents are known. Apollo's words as well: their clients, and urql's, send texts from then on. */
export const notSupported = (): GraphQLError =>
  requestError('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');

export const onlyTrusted = (): GraphQLError =>
  requestError(
    'PERSISTED_QUERY_ONLY',
    'Only documents that the gateway knows are executed: send "documentId" alone, and no "query".',
  );
