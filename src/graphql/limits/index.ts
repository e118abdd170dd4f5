import { type DocumentNode, getOperationAST, type GraphQLSchema, type Source } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { noteEstimate, type Summarized } from '../../observe/request-summary.ts';
import { tooComplex } from '../request-error.ts';
import { checkInitialCounts } from '../execution/incremental.ts';
import { parseQuery } from './parse-query.ts';
import { estimateQuery } from './query-cost.ts';
import { readVariables } from './variables.ts';

export interface QueryLimitOptions {
  /** The most records that a query may return, as `estimateQuery` counts. */
  readonly maxCost: number;
  /** Whether messages may name parts of the schema. */
  readonly introspection: boolean;
}

/**
 * Refuses queries that are too expensive, before any work for them. A query that is too large is refused before
 * validation. A query that could return too many records is refused before execution. Notes the estimate for
 * `X-Explain`.
 */
export const useQueryLimits = ({
  maxCost,
  introspection,
}: QueryLimitOptions): Plugin<Summarized> => ({
  onParse({ setParseFn }) {
    setParseFn((source: string | Source) =>
      parseQuery(typeof source === 'string' ? source : source.body),
    );
  },
  onValidate({ context, params }) {
    const schema = params.schema as GraphQLSchema;
    const document = params.documentAST as DocumentNode;
    // Throws instead of setting the result: Yoga would cache the result for the query, whatever its variables.
    return ({ valid }) => {
      const { variables: inputs = {}, operationName } = context.params;
      const operation = getOperationAST(document, operationName);
      if (!valid || !operation) return;
      const variables = readVariables({ schema, operation, inputs, introspection });
      checkInitialCounts({ schema, document }, variables);
      const { cost, calls } = estimateQuery({ schema, document, operation, variables });
      noteEstimate(context.summary, { cost, limit: maxCost, calls });
      if (cost <= maxCost) return;
      throw tooComplex(
        `The query could bring up ${cost} records; it may bring up ${maxCost}. Ask for fewer with "first".`,
        { cost, limit: maxCost },
      );
    };
  },
});
