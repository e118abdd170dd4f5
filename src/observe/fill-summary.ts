import type { DocumentNode, GraphQLError, Source } from 'graphql';
import { isAsyncIterable, mapAsyncIterator, type Plugin } from 'graphql-yoga';
import type { RequestObserver } from './request-observer.ts';
import { describeOperation } from './operation.ts';
import { noteErrors, noteOperation, type Summarized } from './request-summary.ts';

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
