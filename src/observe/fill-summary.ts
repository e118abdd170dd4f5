import { hash as digest } from 'node:crypto';
import { type DocumentNode, getOperationAST, type GraphQLError, type Source } from 'graphql';
import { isAsyncIterable, mapAsyncIterator, type Plugin } from 'graphql-yoga';
import type { RequestObserver } from './request-observer.ts';
import { noteErrors, noteOperation, type Operation, type Summarized } from './request-summary.ts';

/** An answer, a part of one, or an event. A part has its errors inside. */
interface Result {
  readonly errors?: readonly GraphQLError[];
  readonly incremental?: readonly Result[];
}

/**
 * Adds to the summary of a request what it asked for, and the errors of its answer.
 *
 * @param failed Called with the errors of a subscription as they come.
 */
export const useSummary = (
  failed: Required<RequestObserver>['failed'],
): Plugin<Summarized, Summarized> => ({
  onParse({ context, params: { source } }) {
    return ({ result }) => {
      const text = typeof source === 'string' ? source : (source as Source).body;
      const document = result instanceof Error ? undefined : (result as DocumentNode);
      const operation = describeOperation(text, document, context.params.operationName);
      noteOperation(context.summary, operation);
    };
  },
  onResultProcess({ result, setResult, serverContext: { summary } }) {
    if (!isAsyncIterable(result)) {
      noteErrors(summary, (result as Result).errors);
      return;
    }
    const note = (part: Result): Result => {
      const codes = noteErrors(summary, errorsOf(part));
      if (summary.isOpen) failed(codes);
      return part;
    };
    setResult(mapAsyncIterator(result as AsyncIterable<Result>, note));
  },
});

const errorsOf = ({ errors = [], incremental = [] }: Result): GraphQLError[] => [
  ...errors,
  ...incremental.flatMap((part) => part.errors ?? []),
];

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
