import type { GraphQLError } from 'graphql';
import { requestError } from '../request-error.ts';

/** The words are Apollo's: clients that send a hash first look for them, and send the text then. */
export const notFound = (): GraphQLError =>
  requestError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');

/** A text, where none is taken. */
export const onlyTrusted = (): GraphQLError =>
  requestError(
    'PERSISTED_QUERY_ONLY',
    'Only documents that the gateway knows are executed: send "documentId" alone, and no "query".',
  );
