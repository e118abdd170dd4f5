import {
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { dependsOnGroupType, fragmentsOf, isIncluded, selectsOnly } from '../selection.ts';
import { ASKS, TASK_GROUPS } from './asks.ts';
import type { CostOptions } from './query-cost.ts';

/** Fields that the executor merges to one. */
interface FieldGroup {
  readonly parent: GraphQLNamedType;
  readonly nodes: FieldNode[];
}

/** Where a field stands. */
interface FieldContext {
  /** The names in the answer that lead there. */
  readonly path: string;
  /** The path of the group that it is of. */
  readonly group: string;
  /** Whether the groups on the list are of a type that the list was filtered by. */
  readonly isTyped: boolean;
}

/**
 * The least number of calls to Cotalker that an answer takes, by the shape of its query. It assumes that each list has
 * something on it, and comes on one page. What each group takes a call for (tasks, states, state machines) counts once
 * for a list of groups, since only the answer tells how many groups there are.
 *
 * @param options A valid query within the limits of `parseQuery`.
 */
export function estimateCalls({ schema, document, operation, variables }: CostOptions): number {
  const fragments = Object.fromEntries(fragmentsOf(document));
  const estimate: Estimate = { schema, variables, fragments, calls: new Set() };
  const root = schema.getRootType(operation.operation);
  if (root)
    visit(estimate, [operation.selectionSet], root, { path: '', group: '', isTyped: false });
  return estimate.calls.size;
}

/** The query, and the calls that were found so far. */
interface Estimate extends Pick<CostOptions, 'schema' | 'variables'> {
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly calls: Set<string>;
}

function visit(
  estimate: Estimate,
  sets: readonly SelectionSetNode[],
  type: GraphQLNamedType,
  context: FieldContext,
): void {
  const groups = new Map<string, FieldGroup>();
  for (const set of sets) collect(estimate, set, type, groups);
  for (const group of groups.values()) visitField(estimate, group, context);
}

function collect(
  estimate: Estimate,
  { selections }: SelectionSetNode,
  parent: GraphQLNamedType,
  groups: Map<string, FieldGroup>,
): void {
  const { schema, variables, fragments } = estimate;
  for (const node of selections) {
    if (!isIncluded(node, variables)) continue;
    if (node.kind === Kind.FIELD) {
      const key = `${parent.name}.${responseName(node)}`;
      const group = groups.get(key);
      if (group) group.nodes.push(node);
      else groups.set(key, { parent, nodes: [node] });
    } else {
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments[node.name.value] : node;
      const condition = schema.getType(fragment?.typeCondition?.name.value ?? parent.name);
      if (fragment && condition) collect(estimate, fragment.selectionSet, condition, groups);
    }
  }
}

function visitField(
  estimate: Estimate,
  { parent, nodes }: FieldGroup,
  context: FieldContext,
): void {
  const { variables, fragments, calls } = estimate;
  const [node] = nodes;
  if (!node || !(isObjectType(parent) || isInterfaceType(parent))) return;
  const field = parent.getFields()[node.name.value];
  if (!field) return;
  const type = getNamedType(field.type);
  const path = `${context.path}.${responseName(node)}`;
  const info = {
    fieldNodes: nodes,
    fragments,
    returnType: field.type,
    variableValues: variables,
  };
  const args = argumentsOf(node, variables);
  // Pages of one list may come from one call.
  const which = {
    query: '',
    group: context.group,
    list: context.group + JSON.stringify({ ...args, first: 0 }),
  };
  for (const { list, per, known } of ASKS[`${parent.name}.${field.name}`] ?? []) {
    if (!known || !selectsOnly(info, ...known)) calls.add(list + which[per]);
  }
  const isOfGroups = isAbstractType(type);
  if (isOfGroups && !context.isTyped && dependsOnGroupType(info)) calls.add(TASK_GROUPS);
  const below = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  visit(estimate, below, type, {
    path,
    group: isOfGroups ? path : context.group,
    isTyped: isOfGroups ? false : context.isTyped || isFiltered(args),
  });
}

const responseName = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** As they stand there: an argument that its field refuses is no matter of the estimate. */
const argumentsOf = (node: FieldNode, variables: CostOptions['variables']) =>
  Object.fromEntries(
    (node.arguments ?? []).map(({ name, value }) => [
      name.value,
      valueFromASTUntyped(value, variables),
    ]),
  );

/** Whether a list of groups is filtered by their type. */
const isFiltered = ({ filter }: { [argument: string]: unknown }): boolean =>
  typeof filter === 'object' && filter !== null && 'type' in filter && filter.type !== null;
