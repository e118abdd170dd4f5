import { createHash } from 'node:crypto';
import { type DocumentNode, getOperationAST, type OperationTypeNode } from 'graphql';

/** What logs and metrics may say about an operation: never its text or its variables. */
export interface Operation {
  /** Its name, cut at {@link MAX_NAME}; null: it has none, or the document has several and none is chosen. */
  readonly name: string | null;
  readonly kind: OperationTypeNode | null;
  /** Identifies the query: the first 16 hexadecimal digits of the SHA-256 of its text; null: the text is too long. */
  readonly hash: string | null;
}

/** In characters. */
const MAX_NAME = 100;
/** In characters; longer texts are refused unread. */
const MAX_HASHED = 50_000;

/** Parsed documents are cached, and their hashes with them. */
const hashes = new WeakMap<DocumentNode, string | null>();

/**
 * Describes the operation of a parsed query.
 *
 * @param document undefined if the text is not GraphQL.
 */
export function describeOperation(
  text: string,
  document: DocumentNode | undefined,
  operationName: string | null | undefined,
): Operation {
  if (document === undefined) return { name: null, kind: null, hash: hashOf(text) };
  let hash = hashes.get(document);
  if (hash === undefined) {
    hash = hashOf(text);
    hashes.set(document, hash);
  }
  const operation = getOperationAST(document, operationName);
  const name = operation?.name?.value.slice(0, MAX_NAME) ?? null;
  return { name, kind: operation?.operation ?? null, hash };
}

const hashOf = (text: string): string | null =>
  text.length > MAX_HASHED ? null : createHash('sha256').update(text).digest('hex').slice(0, 16);
