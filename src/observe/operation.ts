import { createHash } from 'node:crypto';
import { type DocumentNode, getOperationAST, type OperationTypeNode } from 'graphql';

/** What may be told of an operation: neither its text nor its variables. */
export interface Operation {
  /** Its name, cut at {@link MAX_NAME}; null: it has none, or the document has several and none is chosen. */
  readonly name: string | null;
  readonly kind: OperationTypeNode | null;
  /** Tells queries apart: of SHA-256 of the text the first 16 hexadecimal digits; null: too long a text. */
  readonly hash: string | null;
}

/** In characters. */
const MAX_NAME = 100;
/** In characters; what is longer is refused unread. */
const MAX_HASHED = 50_000;

/**
 * Describes what a query's text was parsed to.
 *
 * @param document undefined where the text is no GraphQL.
 */
export function describeOperation(
  text: string,
  document: DocumentNode | undefined,
  operationName: string | null | undefined,
): Operation {
  const hash = hashOf(text);
  if (document === undefined) return { name: null, kind: null, hash };
  const operation = getOperationAST(document, operationName);
  const name = operation?.name?.value.slice(0, MAX_NAME) ?? null;
  return { name, kind: operation?.operation ?? null, hash };
}

const hashOf = (text: string): string | null =>
  text.length > MAX_HASHED ? null : createHash('sha256').update(text).digest('hex').slice(0, 16);
