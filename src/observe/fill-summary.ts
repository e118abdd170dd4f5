import { hash as digest } from 'node:crypto';
import { type DocumentNode, getOperationAST, type GraphQLError, type Source } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { RequestObserver } from './request-observer.ts';
import {
  noteErrors,
  noteOperation,
  type Operation,
  type Summarized,
  type Summary,
} from './request-summary.ts';

/** What was executed, a part of it, or an event. A part has its errors inside. */
export interface Result {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLError[];
  readonly extensions?: object;
  readonly incremental?: readonly Result[];
  /** Only of an answer in parts: false in the last one. */
  readonly hasNext?: boolean;
}
/** In one piece, or in parts or events as they come. */
export type Answer = Result | AsyncIterable<Result>;

/** Adds to the summary of a request what it asked for. */
export const useSummary = (): Plugin<Summarized> => ({
  onParse({ context, params: { source } }) {
    return ({ result }) => {
      const text = typeof source === 'string' ? source : (source as Source).body;
      const document = result instanceof Error ? undefined : (result as DocumentNode);
      const operation = describeOperation(text, document, context.params.operationName);
      noteOperation(context.summary, operation);
    };
  },
});

/**
 * Adds to the summary the errors of an answer, or of a part of it as it comes.
 *
 * @param failed Called with those of a subscription.
 */
export function noteResult(
  summary: Summary,
  { errors = [], incremental = [] }: Result,
  failed: Required<RequestObserver>['failed'],
): void {
  const all = [...errors, ...incremental.flatMap((part) => part.errors ?? [])];
  const codes = noteErrors(summary, all);
  if (summary.isOpen) failed(codes);
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
function describeOperation(
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
  text.length > MAX_HASHED ? null : digest('sha256', text).slice(0, 16);
