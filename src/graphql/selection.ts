import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  Kind,
  type SelectionNode,
} from 'graphql';

/*
 * What a query selects of what a field leads to. This is the one place where resolvers look at the query: they make
 * no call for what nobody has asked for. It is the same whether a query is executed or compiled.
 */

export type FieldInfo = Pick<
  GraphQLResolveInfo,
  'fieldNodes' | 'fragments' | 'returnType' | 'variableValues'
>;

interface Selected {
  /** By their names in the schema, whatever they are called in the answer, and whichever type has them. */
  readonly fields: Set<string>;
  /** The types that fragments are for. */
  readonly types: Set<string>;
}

/** Whether no field is selected but these, and `__typename`. */
export function selectsOnly(info: FieldInfo, ...names: readonly string[]): boolean {
  for (const field of selectedOf(info).fields)
    if (field !== '__typename' && !names.includes(field)) return false;
  return true;
}

/**
 * Whether the answer depends on the type of each group. A link group tells its type by itself, and what all types
 * have is the same in each: so `... on MenuEntry` and `... on LinkGroup` do not depend on it.
 */
export function dependsOnGroupType(info: FieldInfo): boolean {
  const { fields, types } = selectedOf(info);
  return fields.has('__typename') || types.has('StandardGroup') || types.has('TaskGroup');
}

export const typeNameOf = ({ returnType }: FieldInfo): string => getNamedType(returnType).name;

export function isIncluded(
  node: SelectionNode,
  variables: Readonly<Record<string, unknown>>,
): boolean {
  if (!node.directives?.length) return true;
  const skip = getDirectiveValues(GraphQLSkipDirective, node, variables);
  const include = getDirectiveValues(GraphQLIncludeDirective, node, variables);
  return skip?.['if'] !== true && include?.['if'] !== false;
}

export const fragmentsOf = ({ definitions }: DocumentNode): Map<string, FragmentDefinitionNode> =>
  new Map(
    definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((definition) => [definition.name.value, definition]),
  );

/** By the node of a field, or its nodes where they are merged: a list of 500 tasks looks at the query once. */
const known = new WeakMap<FieldNode | readonly FieldNode[], Selected>();

function selectedOf({ fieldNodes, fragments, variableValues }: FieldInfo): Selected {
  const [node = fieldNodes] = fieldNodes;
  const key = fieldNodes.length === 1 ? node : fieldNodes;
  const before = known.get(key);
  if (before !== undefined) return before;
  const selected: Selected = { fields: new Set(), types: new Set() };
  let directives = 0;
  const collect = (node: SelectionNode): void => {
    // With other variables the same nodes may select something else.
    directives += node.directives?.length ?? 0;
    if (!isIncluded(node, variableValues)) return;
    if (node.kind === Kind.FIELD) {
      selected.fields.add(node.name.value);
      return;
    }
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments[node.name.value] : node;
    const type = fragment?.typeCondition?.name.value;
    if (type !== undefined) selected.types.add(type);
    fragment?.selectionSet.selections.forEach(collect);
  };
  for (const { selectionSet } of fieldNodes) selectionSet?.selections.forEach(collect);
  if (directives === 0) known.set(key, selected);
  return selected;
}
