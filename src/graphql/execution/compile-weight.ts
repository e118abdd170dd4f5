import {
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isInterfaceType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

interface Query {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/**
 * The number of fields that the compiled function of a query has code for. graphql-jit writes the fields below a
 * union or an interface once for each possible type. So nested menus grow threefold with each level.
 *
 * @returns `Infinity` beyond `most`, which bounds the time it takes; and for what graphql-jit 0.8.9 gets wrong:
 *   fields that directives leave out, and the name `__proto__`.
 */
export function compileWeight({ schema, operation, fragments }: Query, most: number): number {
  let weight = 0;
  const weighAll = (
    { selections }: SelectionSetNode,
    parent: GraphQLNamedType,
    times: number,
  ): void => {
    for (const selection of selections) {
      if (weight <= most) weigh(selection, parent, times);
    }
  };
  const weigh = (selection: SelectionNode, parent: GraphQLNamedType, times: number): void => {
    if (selection.directives?.length) {
      weight = Infinity;
    } else if (selection.kind === Kind.FIELD) {
      weight += selection.alias?.value === '__proto__' ? Infinity : times;
      const type = typeOf(parent, selection.name.value);
      if (selection.selectionSet === undefined || type === undefined) return;
      const possible = isAbstractType(type) ? schema.getPossibleTypes(type).length : 1;
      weighAll(selection.selectionSet, type, times * possible);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      weighAll(
        selection.selectionSet,
        conditionOf(selection.typeCondition?.name.value, parent),
        times,
      );
    } else {
      const fragment = fragments.get(selection.name.value);
      if (fragment === undefined || fragment.directives?.length) weight = Infinity;
      else
        weighAll(
          fragment.selectionSet,
          conditionOf(fragment.typeCondition.name.value, parent),
          times,
        );
    }
  };
  const conditionOf = (name: string | undefined, parent: GraphQLNamedType): GraphQLNamedType => {
    const type = name === undefined ? parent : schema.getType(name);
    return isCompositeType(type) ? type : parent;
  };

  const root = schema.getRootType(operation.operation);
  if (!root || operation.directives?.length) return Infinity;
  weighAll(operation.selectionSet, root, 1);
  return weight <= most ? weight : Infinity;
}

/** What a field leads to; undefined where that has no fields that would have to be weighed. */
function typeOf(parent: GraphQLNamedType, field: string): GraphQLNamedType | undefined {
  if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
  const found = parent.getFields()[field];
  return found && getNamedType(found.type);
}
