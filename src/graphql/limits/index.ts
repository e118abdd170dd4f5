import {
  type DocumentNode,
  getOperationAST,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type Source,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { noteEstimate, type Summarized } from '../../observe/request-summary.ts';
import { tooComplex } from '../request-error.ts';
import { checkInitialCounts } from '../execution/incremental.ts';
import { estimateCalls } from './call-estimate.ts';
import { parseQuery } from './parse-query.ts';
import { type CostOptions, estimateCost } from './query-cost.ts';
import { readVariables } from './variables.ts';

export interface QueryLimitOptions {
  /** The most records that a query may return, as `estimateCost` counts. */
  readonly maxCost: number;
  /** Whether messages may name parts of the schema. */
  readonly introspection: boolean;
}

/** In characters. Longer variables are not cached: those of pages and filters are shorter. */
const MAX_KEPT = 500;
/** What a query could bring up, in records, and the calls that it takes at the least. */
interface Estimates {
  readonly records: number;
  readonly calls: number;
}
const last = new WeakMap<OperationDefinitionNode, Estimates & { readonly variables: string }>();

/** Cached for an operation that comes again with the same variables. */
function estimate(options: CostOptions): Estimates {
  const variables = JSON.stringify(options.variables);
  const before = last.get(options.operation);
  if (variables === before?.variables) return before;
  const estimates = { records: estimateCost(options), calls: estimateCalls(options) };
  if (variables.length <= MAX_KEPT) last.set(options.operation, { variables, ...estimates });
  return estimates;
}

/**
 * Refuses queries that are too expensive, before any work for them. A query that is too large is refused before
 * validation. A query that could return too many records is refused before execution. Notes the least number of calls
 * that a query takes.
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
      const { records: cost, calls } = estimate({ schema, document, operation, variables });
      noteEstimate(context.summary, calls);
      if (cost <= maxCost) return;
      throw tooComplex(
        `The query could bring up ${cost} records; it may bring up ${maxCost}. Ask for fewer with "first".`,
        { cost, limit: maxCost },
      );
    };
  },
});
