import { type DocumentNode, getOperationAST, type GraphQLSchema, Kind, type Source } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { noteEstimate, type Summarized } from '../../observe/request-summary.ts';
import { requestError, tooComplex } from '../request-error.ts';
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
  onParse({ context, setParseFn }) {
    setParseFn((source: string | Source) =>
      parseQuery(typeof source === 'string' ? source : source.body),
    );
    return ({ result }) => {
      if (!(result instanceof Error))
        checkOperation(result as DocumentNode, context.params.operationName, introspection);
    };
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

/** In characters: callers choose names, and how long these are. */
const MAX_NAME = 60;

/**
 * Yoga refuses the same documents, without a word of what is missing.
 *
 * @param asked The `operationName` of the request.
 * @param introspection Whether the message may quote names of the query.
 * @throws GraphQLError `OPERATION_RESOLUTION_FAILURE`, if no operation is meant, or not clear which one.
 */
function checkOperation(
  document: DocumentNode,
  asked: string | null | undefined,
  introspection: boolean,
): void {
  if (getOperationAST(document, asked)) return;
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  throw requestError('OPERATION_RESOLUTION_FAILURE', messageOf());

  function messageOf(): string {
    if (operations.length === 0) return 'The query has no operation.';
    if (!asked) return 'The query has several operations: say which one in "operationName".';
    if (!introspection) return 'The query has no operation of the name in "operationName".';
    return `Unknown operation named "${asked.slice(0, MAX_NAME)}".`;
  }
}
