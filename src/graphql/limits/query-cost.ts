import {
  type DocumentNode,
  type FieldNode,
  getDirectiveValues,
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { fragmentsOf, isIncluded } from '../selection.ts';
import { addCalls, type FieldGroup, type Place, type QueryFacts } from './asks.ts';
import { INTROSPECTION_ITEM, LIST_SIZES, MAX_PAGE_SIZE, UNKNOWN_LIST_SIZE } from './list-sizes.ts';

interface EstimateOptions {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

interface QueryEstimate {
  readonly cost: number;
  readonly calls: number;
}

/**
 * Estimates what a query takes.
 *
 * The cost is how many records it could return. An object with an `id` counts as one, a connection as `first`,
 * and any other list as in `LIST_SIZES`. Each is multiplied by the number of its parents. Fields are merged as the
 * executor merges them, so a field of several fragments counts once. Fragments on types that exclude each other all
 * count. An item of introspection counts as `INTROSPECTION_ITEM`. Each later part of the answer (`@defer`,
 * `@stream`) counts as one more record, because it takes about as long.
 *
 * The calls assume that each list has something on it, and comes on one page. What each group takes a call for (tasks,
 * states, state machines) counts once for a list of groups: only the answer tells how many groups there are.
 *
 * @param options A valid query within the limits of `parseQuery`.
 */
export function estimateQuery(options: EstimateOptions): QueryEstimate {
  const { schema, document, operation, variables } = options;
  const fragments = Object.fromEntries(fragmentsOf(document));
  const query = { schema, fragments, variables, calls: new Set<string>() };
  const root = schema.getRootType(operation.operation);
  const cost = root ? ofSets(query, [operation.selectionSet], root, ROOT) : 0;
  return { cost: Math.min(cost, Number.MAX_SAFE_INTEGER), calls: query.calls.size };
}

const ROOT: Place = { path: '', group: '', isTyped: false };

interface Query extends QueryFacts, Pick<EstimateOptions, 'schema'> {
  readonly calls: Set<string>;
}

/** @param pageSize The number of items of the page, if `type` is a connection. */
function ofSets(
  query: Query,
  sets: readonly SelectionSetNode[],
  type: GraphQLNamedType,
  place: Place,
  pageSize?: number,
): number {
  const groups = new Map<string, FieldGroup>();
  let parts = 0;
  for (const { selections } of sets)
    for (const selection of selections) parts += collect(query, selection, type, groups);
  return groups
    .values()
    .reduce((sum, group) => sum + ofField(query, group, place, pageSize), parts);
}

/** @returns The number of deferred fragments. */
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
  const fragment = node.kind === Kind.FRAGMENT_SPREAD ? query.fragments[node.name.value] : node;
  const condition = fragment?.typeCondition?.name.value;
  const inner = condition === undefined ? type : (query.schema.getType(condition) ?? type);
  return (fragment?.selectionSet.selections ?? []).reduce(
    (parts, selection) => parts + collect(query, selection, inner, groups),
    comesLater(query, 'defer', node) ? 1 : 0,
  );
}

function ofField(
  query: Query,
  group: FieldGroup,
  place: Place,
  pageSize: number | undefined,
): number {
  const { parent, field, nodes } = group;
  const below = addCalls(query.calls, query, group, place);
  const type = getNamedType(field.type);
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  if (has(type, 'pageInfo') && has(type, 'edges')) {
    const first = Math.max(...nodes.map((node) => firstOf(node, field, query.variables)));
    return first + ofSets(query, sets, type, below, first);
  }
  const size = isList(field.type) ? (pageSize ?? sizeOf(parent, field)) : 1;
  // The items of a page are counted with the connection.
  const isOfPage = pageSize !== undefined || has(parent, 'cursor');
  const own = type.name.startsWith('__')
    ? Number(isList(field.type)) * INTROSPECTION_ITEM
    : Number(!isOfPage && (has(type, 'id') || !isObjectType(type)) && sets.length > 0);
  const parts = nodes.some((node) => comesLater(query, 'stream', node)) ? 1 : 0;
  return size * (parts + own + ofSets(query, sets, type, below));
}

function comesLater(
  { schema, variables }: Query,
  name: 'defer' | 'stream',
  node: SelectionNode,
): boolean {
  if (!node.directives?.length) return false;
  const directive = schema.getDirective(name);
  return (directive && getDirectiveValues(directive, node, variables))?.['if'] === true;
}

/** Fields that every schema has; in a valid query they are only where they belong. */
const META_FIELDS: Readonly<Record<string, GraphQLField<unknown, unknown>>> = {
  __schema: SchemaMetaFieldDef,
  __type: TypeMetaFieldDef,
};

const fieldsOf = (type: GraphQLNamedType) =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
const has = (type: GraphQLNamedType, field: string): boolean =>
  Object.hasOwn(fieldsOf(type), field);
const fieldOf = (type: GraphQLNamedType, { name }: FieldNode) =>
  has(type, name.value) ? fieldsOf(type)[name.value] : undefined;

const isList = (type: GraphQLOutputType): boolean => isListType(getNullableType(type));

const sizeOf = (parent: GraphQLNamedType, { name }: { readonly name: string }): number =>
  LIST_SIZES[`${parent.name}.${name}`] ?? UNKNOWN_LIST_SIZE;

/** The page size that a field asks for, if it has one. Its resolver refuses sizes out of range. */
function firstOf(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  variables: QueryFacts['variables'],
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
