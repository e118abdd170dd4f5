import {
  coerceInputValue,
  getLocation,
  getVariableValues,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';
import { requestError } from '../errors.ts';
import { describeInput, typeAt } from './input-types.ts';

/** So many are told at once. */
const MAX_ERRORS = 10;

export interface VariableOptions {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Whether messages may tell what the schema has. */
  readonly introspection: boolean;
}

/**
 * The values of an operation's variables. The executor would do the same, but quotes in its messages
 * the values that it does not take.
 *
 * @throws AggregateError of GraphQLErrors `BAD_USER_INPUT`, which name the variable by its place in the
 *   query and the type that was expected.
 */
export function readVariables(options: VariableOptions): Record<string, unknown> {
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
  const problem = (says: string, expected: GraphQLInputType): GraphQLError => {
    const detail = introspection ? `; expected ${describeInput(expected)}` : '';
    const message = `The variable declared at ${placeOf(definition)} ${says}${detail}.`;
    return requestError('BAD_USER_INPUT', message, { nodes: definition });
  };

  if (!Object.hasOwn(inputs, variable.name.value)) {
    const isRequired = isNonNullType(type) && defaultValue === undefined;
    return isRequired ? [problem('has no value', type)] : [];
  }
  const problems: GraphQLError[] = [];
  coerceInputValue(inputs[variable.name.value], type, (path) => {
    if (problems.length === MAX_ERRORS) return;
    const at = introspection && path.length > 0 ? ` at "${path.join('.')}"` : '';
    problems.push(problem(`has an invalid value${at}`, typeAt(type, path)));
  });
  return problems;
}

function placeOf({ loc }: VariableDefinitionNode): string {
  if (loc === undefined) return 'an unknown place';
  const { line, column } = getLocation(loc.source, loc.start);
  return `line ${line}, column ${column}`;
}
