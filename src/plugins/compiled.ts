import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FragmentDefinitionNode,
  getOperationAST,
  Kind,
  OperationTypeNode,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';
import { compileWeight } from './compile-weight.ts';
import { isIncremental } from './incremental.ts';

/** The largest function made, in fields; it takes some 0.1 s to make, which is why a query has to come often. */
const MAX_WEIGHT = 300;

/** How often a document was executed, its function once it has one, or that it is not to have one. */
type Way = number | CompiledQuery | 'interpreted';

/**
 * Executes queries that come again by functions that graphql-jit makes of them: an executor that looks
 * at the query anew for each field of each item takes four times as long. The functions are kept with
 * the parsed document, and go with it.
 *
 * Only answers without errors come from there. graphql-jit 0.8.9 gives a list one null too many where the
 * promise of an item fails, and tells no place for it; so where anything fails, the executor has the last
 * word. It makes next to no further call: what was asked is remembered in the context.
 *
 * @param after How often a query is executed before: one that comes but once is done sooner than its
 *   function would be made.
 */
export function useCompiled(after: number): Plugin {
  const ways = new WeakMap<DocumentNode, Map<string, Way>>();
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const execution = args as ExecutionArgs;
      // What is explained is told call by call, with none of them twice.
      if ((execution.contextValue as Context).explain !== undefined) return;
      // graphql-jit has no answers in parts: it would give the whole.
      if (isIncremental(execution.document)) return;
      const way = advance(ways, execution, after);
      if (typeof way !== 'object') return;
      setExecuteFn(async (execution: ExecutionArgs) => {
        const { contextValue, variableValues } = execution;
        const result = (await way.query(
          undefined,
          contextValue,
          variableValues,
        )) as ExecutionResult;
        return result.errors === undefined
          ? result
          : (executeFn as (execution: ExecutionArgs) => unknown)(execution);
      });
    },
  };
}

function advance(
  ways: WeakMap<DocumentNode, Map<string, Way>>,
  execution: ExecutionArgs,
  after: number,
): Way {
  const { document, operationName } = execution;
  const known = ways.get(document) ?? new Map<string, Way>();
  ways.set(document, known);
  const name = operationName ?? '';
  const last = known.get(name) ?? 0;
  if (typeof last !== 'number') return last;
  const way = last < after ? last + 1 : compile(execution);
  known.set(name, way);
  return way;
}

function compile({ schema, document, operationName }: ExecutionArgs): Way {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.QUERY) return 'interpreted';
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
  }
  if (compileWeight({ schema, operation, fragments }, MAX_WEIGHT) > MAX_WEIGHT)
    return 'interpreted';
  const compiled = compileQuery(schema, document, operationName ?? undefined, {
    disablingCapturingStackErrors: true,
  });
  return isCompiledQuery(compiled) ? compiled : 'interpreted';
}
