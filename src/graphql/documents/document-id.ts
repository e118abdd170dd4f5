import { badRequest } from '../../errors.ts';

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

/** For a gateway without documents: it accepts only texts. */
export const textOnly: FindDocument = ({ query }) => {
  if (query) return query;
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
