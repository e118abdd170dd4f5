import type { DocumentNode, GraphQLError, Source } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { describeOperation } from '../telemetry/operation.ts';
import { countCodes, type Summarized } from '../telemetry/summary.ts';

/** Fills in a request's summary what was asked, and with which errors it was answered. */
export const useSummary = (): Plugin<Summarized, Summarized> => ({
  onParse({ context, params: { source } }) {
    return ({ result }) => {
      const text = typeof source === 'string' ? source : (source as Source).body;
      const document = result instanceof Error ? undefined : (result as DocumentNode);
      context.summary.operation = describeOperation(text, document, context.params.operationName);
    };
  },
  onResultProcess({ result, serverContext: { summary } }) {
    const { errors } = result as { readonly errors?: readonly GraphQLError[] };
    summary.codes = countCodes(errors);
  },
});
