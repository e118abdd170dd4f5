import type { GraphQLError } from 'graphql';
import { badRequest } from '../../errors.ts';
import { requestError } from '../request-error.ts';

/** How a request names the document to execute. */
export interface AskedDocument {
  readonly query: string | undefined;
  /** The id of a document that the gateway may know. */
  readonly id: string | undefined;
}

/**
 * Gives the text of the document that a request asks for. Every text is known to be valid, except one that the
 * caller sent.
 *
 * @throws GraphQLError if there is none, or if texts are not accepted; NotLoaded if it must be looked up first.
 */
export type FindDocument = (asked: AskedDocument) => string;

/** The document must be loaded first. Load it, then ask again. */
export class NotLoaded extends Error {
  readonly load: () => Promise<void>;

  /** @param load Loads the document; throws a GraphQLError if there is none. */
  constructor(load: () => Promise<void>) {
    super('the document is not loaded');
    this.load = load;
  }
}

/** Where no documents are known: the text, and nothing else. */
export const textOnly: FindDocument = ({ query, id }) => {
  if (query) return query;
  if (id !== undefined) throw notSupported();
  throw badRequest('"query" is missing: the GraphQL document to execute.');
};

/**
 * The id in a request. It is `documentId` (GraphQL over HTTP, "Persisted Documents") or
 * `extensions.persistedQuery.sha256Hash` (Apollo's clients).
 *
 * @throws GraphQLError `BAD_REQUEST` if the id is not a string.
 */
export function readDocumentId(
  documentId: unknown,
  extensions: Readonly<Record<string, unknown>> | undefined,
): string | undefined {
  const persisted = extensions?.['persistedQuery'];
  const hash = (persisted as { readonly sha256Hash?: unknown } | null | undefined)?.sha256Hash;
  const id = documentId ?? hash ?? undefined;
  if (id === undefined || typeof id === 'string') return id;
  throw badRequest('The id of a document must be a string.');
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
