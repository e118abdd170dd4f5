import type { DocumentNode, GraphQLError, Source } from 'graphql';
import { isAsyncIterable, mapAsyncIterator, type Plugin } from 'graphql-yoga';
import type { Teller } from './teller.ts';
import { describeOperation } from './operation.ts';
import { noteErrors, noteOperation, type Summarized } from './request-summary.ts';

/** An answer, a part of one, or an event; a part has its errors by where they belong. */
interface Result {
  readonly errors?: readonly GraphQLError[];
  readonly incremental?: readonly Result[];
}

/**
 * Fills in a request's summary what was asked, and with which errors it was answered.
 *
 * @param failed Told of the errors of a subscription as they come.
 */
export const useSummary = (failed: Required<Teller>['failed']): Plugin<Summarized, Summarized> => ({
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
