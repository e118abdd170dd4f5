import {
  getNamedType,
  getNullableType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
} from 'graphql';

/** What an input type takes, in words of the schema: `"GroupType", one of STANDARD, TASK, LINK`. */
export function describeInput(type: GraphQLInputType): string {
  const named = getNamedType(type);
  if (isEnumType(named)) {
    const values = named.getValues().map(({ name }) => name);
    return `"${String(type)}", one of ${values.join(', ')}`;
  }
  if (isInputObjectType(named))
    return `"${String(type)}", which has ${Object.keys(named.getFields()).join(', ')}`;
  return `"${String(type)}"`;
}

/** The type at a place inside a value, of names of input fields and of positions in lists. */
export const typeAt = (
  type: GraphQLInputType,
  path: readonly (string | number)[],
): GraphQLInputType =>
  path.reduce<GraphQLInputType>((outer, key) => {
    const at = getNullableType(outer);
    if (isListType(at)) return at.ofType;
    return (isInputObjectType(at) ? at.getFields()[key]?.type : undefined) ?? outer;
  }, type);
