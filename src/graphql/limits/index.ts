import {
  coerceInputValue,
  type DocumentNode,
  getNullableType,
  getOperationAST,
  getVariableValues,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  type Source,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { note, type Summarized } from '../../observe/request-summary.ts';
import { requestError, tooComplex } from '../request-error.ts';
import type { Validate } from '../validation/index.ts';
import { checkInitialCounts } from '../execution/incremental.ts';
import { parseQuery } from './parse-query.ts';
import { estimateQuery } from './query-cost.ts';

interface QueryLimitOptions {
  readonly maxCost: number;
  /** Whether messages may name parts of the schema. */
  readonly introspection: boolean;
  readonly validate: Validate;
}

/** Refuses a query that is too large before validation, and one that could return too many records before execution. */
export const useQueryLimits = ({
  maxCost,
  introspection,
  validate,
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
  onValidate({ context, params, setValidationFn }) {
    setValidationFn(validate);
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
      note(context.summary, { estimate: { cost, limit: maxCost, calls } });
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

const MAX_ERRORS = 10;

interface VariableOptions {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Whether messages may name parts of the schema. */
  readonly introspection: boolean;
}

/**
 * Coerces the values of an operation's variables. The executor would do the same, but its messages quote wrong
 * values, and those are private.
 *
 * @throws AggregateError of GraphQLErrors `BAD_USER_INPUT`. With introspection they name the variable, the place in
 *   its value, the type that was expected and near matches; without it, only the locations show which variable it is.
 */
function readVariables(options: VariableOptions): Record<string, unknown> {
  const { schema, operation, inputs } = options;
  const definitions = operation.variableDefinitions ?? [];
  const { coerced } = getVariableValues(schema, definitions, inputs, { maxErrors: 1 });
  if (coerced) return coerced;
  const problems = definitions.flatMap((definition) => problemsOf(definition, options));
  throw new AggregateError(problems.slice(0, MAX_ERRORS));
}

function problemsOf(
  definition: VariableDefinitionNode,
  { schema, inputs, introspection }: VariableOptions,
): GraphQLError[] {
  const { defaultValue, variable } = definition;
  const type = typeFromAST(schema, definition.type);
  if (!isInputType(type)) return [];
  const name = introspection ? `Variable "$${variable.name.value}"` : 'The variable';
  const problem = (says: string, expected: GraphQLInputType, hint = ''): GraphQLError => {
    const detail = introspection ? `; expected "${String(expected)}".${hint}` : '.';
    const message = `${name} ${says}${detail}`;
    return requestError('BAD_USER_INPUT', message, { nodes: definition });
  };

  if (!Object.hasOwn(inputs, variable.name.value)) {
    const isRequired = isNonNullType(type) && defaultValue === undefined;
    return isRequired ? [problem('has no value', type)] : [];
  }
  const problems: GraphQLError[] = [];
  coerceInputValue(inputs[variable.name.value], type, (path, _, { message }) => {
    if (problems.length === MAX_ERRORS) return;
    const missing = /^Field "(\w+)" of required type /.exec(message)?.slice(1) ?? [];
    const place = [...path, ...missing];
    const at = introspection && place.length > 0 ? ` at "${place.join('.')}"` : '';
    const isUnknown = message.includes('is not defined by type');
    const what = isUnknown ? 'an unknown field' : missing[0] ? 'no value' : 'an invalid value';
    problems.push(problem(`has ${what}${at}`, typeAt(type, place), hintIn(message)));
  });
  return problems;
}

/** The near matches at the end of a message of graphql-js: names of the schema. What is ahead quotes the value. */
const hintIn = (message: string): string => / Did you mean [\w", ]+\?$/.exec(message)?.[0] ?? '';

/** The type at a place inside a value: `path` holds names of input fields and positions in lists. */
const typeAt = (type: GraphQLInputType, path: readonly (string | number)[]): GraphQLInputType =>
  path.reduce<GraphQLInputType>((outer, key) => {
    const at = getNullableType(outer);
    if (isListType(at)) return at.ofType;
    return (isInputObjectType(at) ? at.getFields()[key]?.type : undefined) ?? outer;
  }, type);
