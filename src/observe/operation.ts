import { hash } from 'node:crypto';
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
  const known = { hash: hashOf(text) };
  if (document === undefined) return { name: null, kind: null, ...known };
  const operation = getOperationAST(document, operationName);
  const name = operation?.name?.value.slice(0, MAX_NAME) ?? null;
  return { name, kind: operation?.operation ?? null, ...known };
}

const hashOf = (text: string): string | null =>
  text.length > MAX_HASHED ? null : hash('sha256', text).slice(0, 16);
