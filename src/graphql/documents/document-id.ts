import { badRequest } from '../../errors.ts';
import { notSupported } from './refusals.ts';

/** What a request says of the document to execute. */
export interface AskedDocument {
  readonly query: string | undefined;
  /** The name of a document that the gateway may know. */
  readonly id: string | undefined;
}

/**
 * The text of the document that a request asks for; anything but a text that was sent is known to be sound.
 *
 * @throws GraphQLError where there is none, or the text may not be sent; NotLoaded where that is not known
 *   yet.
 */
export type FindDocument = (asked: AskedDocument) => string;

/** Whether there is a document has to be waited for, and can be asked again then. */
export class NotLoaded extends Error {
  readonly load: () => Promise<void>;

  /** @param load Waits for it; throws a GraphQLError where there is none. */
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
 * The id that a request names: `documentId`, as GraphQL over HTTP has it in "Persisted Documents", else
 * `extensions.persistedQuery.sha256Hash`, as Apollo's clients send it.
 *
 * @throws GraphQLError `BAD_REQUEST` where it is no text.
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
