import type { GraphQLError } from 'graphql';
import { requestError } from '../request-error.ts';

/** How a request names the document to execute. */
export interface AskedDocument {
  readonly query: string | undefined;
  /** The id of a document that the gateway may know. */
  readonly id: string | undefined;
}

/**
 * Gives the text of the document that a request asks for, which is known to be valid; undefined: it is the caller's own
 * text.
 *
 * @throws GraphQLError if there is none, or if texts are not accepted; NotLoaded if it must be looked up first.
 */
export type FindDocument = (asked: AskedDocument) => string | undefined;

/** The document must be loaded first. Load it, then ask again. */
export class NotLoaded extends Error {
  readonly load: () => Promise<void>;

  /** @param load Loads the document; throws a GraphQLError if there is none. */
  constructor(load: () => Promise<void>) {
    super('the document is not loaded');
    this.load = load;
  }
}

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
