import type { GraphQLError } from 'graphql';
import { requestError } from '../request-error.ts';

/** Apollo's words: clients that first send a hash look for them, and then send the text. */
export const notFound = (): GraphQLError =>
  requestError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');

/** The error for a text if the gateway accepts only ids. */
export const onlyTrusted = (): GraphQLError =>
  requestError(
    'PERSISTED_QUERY_ONLY',
    'Only documents that the gateway knows are executed: send "documentId" alone, and no "query".',
  );
