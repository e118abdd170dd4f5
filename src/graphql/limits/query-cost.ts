import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getDirectiveValues,
  getNamedType,
  getNullableType,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { INTROSPECTION_ITEM, LIST_SIZES, MAX_PAGE_SIZE, UNKNOWN_LIST_SIZE } from './list-sizes.ts';

export interface CostOptions {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** The variables' values, coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Fields that the executor merges to one, and the type that the first of them is selected on. */
interface FieldGroup {
  readonly parent: GraphQLNamedType;
  readonly field: GraphQLField<unknown, unknown>;
  readonly nodes: FieldNode[];
}

/**
 * How many records a query could bring up: what has an `id` counts as one, a connection as `first`, any
 * other list as in `LIST_SIZES`, each times what it hangs on. Fields are merged as the executor merges
 * them, so a field that several fragments ask for counts once; fragments on types that exclude one
 * another all count. Items of introspection count as `INTROSPECTION_ITEM` has it. Each part of the answer that
 * comes later (`@defer`, `@stream`) counts as one record more, since making it takes about as long.
 *
 * @param options A valid query within the limits of `parseQuery`.
 */
export function estimateCost({ schema, document, operation, variables }: CostOptions): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
  }
  const root = schema.getRootType(operation.operation);
  const cost = root ? ofSets({ schema, fragments, variables }, [operation.selectionSet], root) : 0;
  return Math.min(cost, Number.MAX_SAFE_INTEGER);
}

/** What a part of a query is estimated with. */
interface Query extends Pick<CostOptions, 'schema' | 'variables'> {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** @param pageSize How many items the page has, where `type` is a connection. */
function ofSets(
  query: Query,
  sets: readonly SelectionSetNode[],
  type: GraphQLNamedType,
  pageSize?: number,
): number {
  const groups = new Map<string, FieldGroup>();
  let parts = 0;
  for (const { selections } of sets)
    for (const selection of selections) parts += collect(query, selection, type, groups);
  return groups.values().reduce((sum, group) => sum + ofField(query, group, pageSize), parts);
}

/** @returns How many fragments are deferred. */
function collect(
  query: Query,
  node: SelectionNode,
  type: GraphQLNamedType,
  groups: Map<string, FieldGroup>,
): number {
  if (!isIncluded(node, query.variables)) return 0;
  if (node.kind === Kind.FIELD) {
    const field = fieldOf(type, node) ?? META_FIELDS[node.name.value];
    if (field === undefined) return 0;
    const key = `${node.alias?.value ?? ''}:${node.name.value}`;
    const group = groups.get(key);
    if (group) group.nodes.push(node);
    else groups.set(key, { parent: type, field, nodes: [node] });
    return 0;
  }
  const fragment = node.kind === Kind.FRAGMENT_SPREAD ? query.fragments.get(node.name.value) : node;
  const condition = fragment?.typeCondition?.name.value;
  const inner = condition === undefined ? type : (query.schema.getType(condition) ?? type);
  return (fragment?.selectionSet.selections ?? []).reduce(
    (parts, selection) => parts + collect(query, selection, inner, groups),
    comesLater(query, 'defer', node) ? 1 : 0,
  );
}

function ofField(
  query: Query,
  { parent, field, nodes }: FieldGroup,
  pageSize: number | undefined,
): number {
  const type = getNamedType(field.type);
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  if (has(type, 'pageInfo') && has(type, 'edges')) {
    const first = Math.max(...nodes.map((node) => firstOf(node, field, query.variables)));
    return first + ofSets(query, sets, type, first);
  }
  const size = isList(field.type) ? (pageSize ?? sizeOf(parent, field)) : 1;
  // The items of a page are counted with the connection.
  const isOfPage = pageSize !== undefined || has(parent, 'cursor');
  const own = isIntrospectionType(type)
    ? Number(isList(field.type)) * INTROSPECTION_ITEM
    : Number(!isOfPage && (has(type, 'id') || !isObjectType(type)) && sets.length > 0);
  const parts = nodes.some((node) => comesLater(query, 'stream', node)) ? 1 : 0;
  return size * (parts + own + ofSets(query, sets, type));
}

function comesLater(
  { schema, variables }: Query,
  name: 'defer' | 'stream',
  node: SelectionNode,
): boolean {
  const directive = schema.getDirective(name);
  return (directive && getDirectiveValues(directive, node, variables))?.['if'] === true;
}

/** What every schema has besides its own fields; a valid query has them in their place alone. */
const META_FIELDS: Readonly<Record<string, GraphQLField<unknown, unknown>>> = {
  __schema: SchemaMetaFieldDef,
  __type: TypeMetaFieldDef,
};

function isIncluded(node: SelectionNode, variables: CostOptions['variables']): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, node, variables);
  const include = getDirectiveValues(GraphQLIncludeDirective, node, variables);
  return skip?.['if'] !== true && include?.['if'] !== false;
}

const fieldsOf = (type: GraphQLNamedType) =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
const has = (type: GraphQLNamedType, field: string): boolean =>
  Object.hasOwn(fieldsOf(type), field);
const fieldOf = (type: GraphQLNamedType, { name }: FieldNode) =>
  has(type, name.value) ? fieldsOf(type)[name.value] : undefined;

const isList = (type: GraphQLOutputType): boolean => isListType(getNullableType(type));

const sizeOf = (parent: GraphQLNamedType, { name }: { readonly name: string }): number =>
  LIST_SIZES[`${parent.name}.${name}`] ?? UNKNOWN_LIST_SIZE;

/** The page size that a field asks for, as far as there is one: its resolver refuses any out of range. */
function firstOf(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  variables: CostOptions['variables'],
): number {
  const value = node.arguments?.find(({ name }) => name.value === 'first')?.value;
  const asked =
    value?.kind === Kind.VARIABLE
      ? variables[value.name.value]
      : value?.kind === Kind.INT
        ? Number(value.value)
        : undefined;
  const first = asked ?? field.args.find(({ name }) => name === 'first')?.defaultValue;
  return typeof first === 'number'
    ? Math.min(MAX_PAGE_SIZE, Math.max(0, first))
    : UNKNOWN_LIST_SIZE;
}
