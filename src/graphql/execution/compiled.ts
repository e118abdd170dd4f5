import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  getOperationAST,
  OperationTypeNode,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import type { Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import type { Context } from '../../context.ts';
import { fragmentsOf } from '../selection.ts';
import { compileWeight } from './compile-weight.ts';

/**
 * The largest function made, in fields. The bench's `screen` has 352: made as the first in a process, it took 8 ms
 * and 0.6 MB; one of 1,144 took 18 ms and 1.2 MB. So a query has to come often.
 */
const MAX_WEIGHT = 500;
/**
 * Of all functions together, in fields: some 35 MB. Each takes some 1.6 kB, and a function as much as ten of them
 * whatever it has. Those used last are kept.
 */
const MAX_KEPT = 20_000;
const FIELDS_PER_FUNCTION = 10;

/**
 * If a function fails, the executor runs the query again. Then the executor alone runs it this many times, so that a
 * query that usually fails seldom runs twice.
 */
const REST = 16;

/** What has become of a query so far. */
interface Way {
  /** How often it was executed since it has last had a function. */
  executions: number;
  /** Whether it is not to have one. */
  isBarred: boolean;
  function: CompiledQuery | undefined;
  /** How often the executor is to have it before its function is tried again. */
  resting: number;
  /** What it is known by where functions are counted: that must not keep it, and with it the parsed query. */
  readonly key: object;
}

/**
 * Executes repeated queries with functions that graphql-jit compiles. An executor that reads the query again for
 * each field of each item takes four times as long. A function goes with its parsed query, or where there are too
 * many. Kept for longer it would take some 40 kB, and nothing would use it again.
 *
 * Only answers without errors come from there. If the promise of an item fails, graphql-jit 0.8.9 adds one null too
 * many to the list, and its error has no location. So if anything fails, the executor gives the answer. It makes
 * next to no further call: what was asked is remembered in the context.
 *
 * @param after How often a query is executed before: one that comes but once is done sooner than its function would
 *   be made.
 * @param maxKept How many fields all functions together may have, ten more counted for each; room for one at least.
 */
export function useCompiled(after: number, maxKept = MAX_KEPT): Plugin {
  const ways = new WeakMap<DocumentNode, Map<string, Way>>();
  const counted = new LRUCache<object, WeakRef<Way>>({
    maxSize: maxKept,
    dispose: (reference) => {
      const way = reference.deref();
      if (way === undefined) return;
      way.function = undefined;
      way.executions = 0;
    },
  });
  const functionFor = (way: Way, execution: ExecutionArgs): CompiledQuery | undefined => {
    if (way.resting > 0) {
      way.resting -= 1;
      return undefined;
    }
    if (way.function !== undefined) counted.get(way.key);
    if (way.function !== undefined || way.isBarred) return way.function;
    way.executions += 1;
    if (way.executions <= after) return undefined;
    const made = compile(execution);
    way.isBarred = made === undefined;
    way.function = made?.query;
    if (made !== undefined)
      counted.set(way.key, new WeakRef(way), { size: made.weight + FIELDS_PER_FUNCTION });
    return way.function;
  };
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const execution = args as ExecutionArgs;
      // What is explained is told call by call, with none of them twice.
      if ((execution.contextValue as Context).explain !== undefined) return;
      const way = wayOf(ways, execution);
      const compiled = functionFor(way, execution);
      if (compiled === undefined) return;
      setExecuteFn(async (execution: ExecutionArgs) => {
        const { contextValue, variableValues } = execution;
        const result = (await compiled.query(
          undefined,
          contextValue,
          variableValues,
        )) as ExecutionResult;
        if (result.errors === undefined) return result;
        way.resting = REST;
        return (executeFn as (execution: ExecutionArgs) => unknown)(execution);
      });
    },
  };
}

function wayOf(
  ways: WeakMap<DocumentNode, Map<string, Way>>,
  { document, operationName }: ExecutionArgs,
): Way {
  const known = ways.get(document) ?? new Map<string, Way>();
  ways.set(document, known);
  const name = operationName ?? '';
  const way = known.get(name) ?? {
    ...{ executions: 0, isBarred: false, function: undefined, resting: 0, key: {} },
  };
  known.set(name, way);
  return way;
}

/** The function of a query, and how many fields it has; undefined where there is to be none. */
function compile({ schema, document, operationName }: ExecutionArgs) {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.QUERY) return undefined;
  const weight = compileWeight({ schema, operation, fragments: fragmentsOf(document) }, MAX_WEIGHT);
  if (weight > MAX_WEIGHT) return undefined;
  const query = compileQuery(schema, document, operationName ?? undefined, {
    disablingCapturingStackErrors: true,
  });
  return isCompiledQuery(query) ? { query, weight } : undefined;
}
