import {
  type DocumentNode,
  getOperationAST,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type Source,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { tooComplex } from '../request-error.ts';
import { checkInitialCounts } from '../execution/incremental.ts';
import { parseQuery } from './parse-query.ts';
import { type CostOptions, estimateCost } from './query-cost.ts';
import { readVariables } from './variables.ts';

export interface QueryLimitOptions {
  /** How many records a query may bring up, as `estimateCost` has it. */
  readonly maxCost: number;
  /** Whether messages may tell what the schema has. */
  readonly introspection: boolean;
}

/** Longer variables are not kept, in characters: pages and filters are shorter. */
const MAX_KEPT = 500;
const lastCosts = new WeakMap<OperationDefinitionNode, { variables: string; cost: number }>();

/** As `estimateCost`, which is not asked again where an operation comes with the variables of the last time. */
function costOf(options: CostOptions): number {
  const last = lastCosts.get(options.operation);
  const variables = JSON.stringify(options.variables);
  if (variables === last?.variables) return last.cost;
  const cost = estimateCost(options);
  if (variables.length <= MAX_KEPT) lastCosts.set(options.operation, { variables, cost });
  return cost;
}

/**
 * Refuses a query that is too much, ahead of any work for it: one that is too large before validation,
 * and one that could bring up too many records before execution.
 */
export const useQueryLimits = ({ maxCost, introspection }: QueryLimitOptions): Plugin => ({
  onParse({ setParseFn }) {
    setParseFn((source: string | Source) =>
      parseQuery(typeof source === 'string' ? source : source.body),
    );
  },
  onValidate({ context, params }) {
    const schema = params.schema as GraphQLSchema;
    const document = params.documentAST as DocumentNode;
    // Throws rather than sets the result, since Yoga remembers that for the query, whatever its variables.
    return ({ valid }) => {
      const { variables: inputs = {}, operationName } = context.params;
      const operation = getOperationAST(document, operationName);
      if (!valid || !operation) return;
      const variables = readVariables({ schema, operation, inputs, introspection });
      checkInitialCounts({ schema, document }, variables);
      const cost = costOf({ schema, document, operation, variables });
      if (cost <= maxCost) return;
      throw tooComplex(
        `The query could bring up ${cost} records; it may bring up ${maxCost}. Ask for fewer with "first".`,
        { cost, limit: maxCost },
      );
    };
  },
});
