import type { GraphQLError } from 'graphql';
import { requestError } from '../request-error.ts';

/** Apollo's words: clients that first send a hash look for them, and then send the text. */
export const notFound = (): GraphQLError =>
  requestError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');

/** Where no documents are known. Apollo's words as well: their clients, and urql's, send texts from then on. */
export const notSupported = (): GraphQLError =>
  requestError('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');

/** A text, where none is taken. */
export const onlyTrusted = (): GraphQLError =>
  requestError(
    'PERSISTED_QUERY_ONLY',
    'Only documents that the gateway knows are executed: send "documentId" alone, and no "query".',
  );
