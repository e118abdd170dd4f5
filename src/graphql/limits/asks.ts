import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isAbstractType,
  valueFromASTUntyped,
} from 'graphql';
import { dependsOnGroupType, selectsOnly } from '../selection.ts';

interface Ask {
  /** In the words of the README's table of what a query costs. */
  readonly list: string;
  /** Whether one call serves the whole query, or each group takes one, or each list that the arguments may name, or each field. */
  readonly per: 'query' | 'group' | 'list' | 'field';
  /** What is known without the call; it is made for any other field below. */
  readonly known?: readonly string[];
}

const TASK_GROUPS = 'task groups';

const MENU: readonly Ask[] = [{ list: 'menu', per: 'query' }];
const CHANNELS: readonly Ask[] = [{ list: 'channels', per: 'query' }];
const TASK_GROUP: Ask = { list: TASK_GROUPS, per: 'query' };
const MACHINES: Ask = { list: 'state machines', per: 'group' };
const STATES: Ask = { list: 'states', per: 'group' };
const STATE_NAMES: readonly Ask[] = [{ list: 'state names', per: 'query' }];
const PEOPLE: readonly Ask[] = [{ list: 'people', per: 'query', known: ['id'] }];

const entry = (type: string) => ({
  [`${type}.children`]: MENU,
  [`${type}.parent`]: MENU,
  [`${type}.category`]: MENU,
});

const message = (type: string) => ({
  [`${type}.sender`]: PEOPLE,
  [`${type}.channel`]: [{ list: 'channels', per: 'query', known: ['id'] }] satisfies Ask[],
});

/** Fields that need a call, by schema coordinate. `test/graphql/limits/call-estimate.test.ts` checks that none is missing. */
export const ASKS: Readonly<Record<string, readonly Ask[]>> = {
  'Query.groups': [{ list: 'groups', per: 'list' }],
  'Query.group': [{ list: 'all groups', per: 'query' }],
  'Query.channel': [{ list: 'channel', per: 'list' }],
  'Query.mainMenu': MENU,
  'Query.task': [TASK_GROUP, { list: 'one task', per: 'list' }],
  'Query.viewer': [{ list: 'viewer', per: 'query' }],
  'Query.user': [{ list: 'people', per: 'query' }],
  'Mutation.createTask': [TASK_GROUP, { list: 'new task', per: 'field' }],
  'Mutation.sendMessage': [
    { list: 'viewer', per: 'query' },
    { list: 'new message', per: 'field' },
  ],
  'Mutation.moveTask': [TASK_GROUP, { list: 'task', per: 'field' }, { list: 'move', per: 'field' }],
  ...entry('MenuEntry'),
  ...entry('StandardGroup'),
  ...entry('TaskGroup'),
  ...entry('LinkGroup'),
  'StandardGroup.channels': CHANNELS,
  'TaskGroup.channels': CHANNELS,
  'TaskGroup.workflow': [TASK_GROUP],
  'TaskGroup.stateMachine': [TASK_GROUP, { ...MACHINES, known: ['id'] }],
  'TaskGroup.stateMachines': [TASK_GROUP, MACHINES],
  'TaskGroup.tasks': [TASK_GROUP, { list: 'tasks', per: 'list' }],
  'StateMachine.initialState': [{ ...STATES, known: ['id'] }],
  'StateMachine.states': [STATES],
  'State.tasks': [{ list: 'all tasks', per: 'group' }],
  'State.name': STATE_NAMES,
  'State.code': STATE_NAMES,
  'Task.state': [{ ...STATES, known: ['id', 'name', 'code'] }],
  'Task.statuses': [MACHINES],
  'TaskStatus.name': STATE_NAMES,
  'TaskStatus.value': STATE_NAMES,
  'TaskStatus.code': STATE_NAMES,
  'Task.stateMachine': [{ ...MACHINES, known: ['id'] }],
  'Task.channel': [{ list: 'channels', per: 'query', known: ['id'] }],
  'Task.assignee': PEOPLE,
  'Task.createdBy': PEOPLE,
  'Task.editors': PEOPLE,
  'Task.followers': PEOPLE,
  'Channel.users': PEOPLE,
  'Channel.admins': PEOPLE,
  'LastMessage.sender': PEOPLE,
  'Channel.messages': [{ list: 'messages', per: 'list' }],
  ...message('Message'),
  ...message('TextMessage'),
  ...message('SystemMessage'),
  ...message('EnrichedMessage'),
  ...message('ImageMessage'),
  ...message('FileMessage'),
  ...message('FormMessage'),
  ...message('OtherMessage'),
};

export interface Place {
  readonly path: string;
  /** The path of the group that it is of. */
  readonly group: string;
  /** Whether the groups on the list are of a type that the list was filtered by. */
  readonly isTyped: boolean;
  /** Whether it comes only where a mutation is hindered: what is below takes no call that is sure to be made. */
  readonly isHindrance?: boolean;
}

/** Fields that the executor merges into one, and the type that the first of them is selected on. */
export interface FieldGroup {
  readonly parent: GraphQLNamedType;
  readonly field: GraphQLField<unknown, unknown>;
  readonly nodes: FieldNode[];
}

export interface QueryFacts {
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variables: Readonly<Record<string, unknown>>;
}

interface Field {
  readonly own: string;
  readonly group: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What tells a call of a list from others of it. */
const NAME_OF: Readonly<Record<Ask['per'], (field: Field) => string>> = {
  query: () => '',
  group: ({ group }) => group,
  // Pages of one list may come from one call.
  list: ({ group, args }) => group + JSON.stringify(args),
  field: ({ own }) => own,
};

/**
 * Adds the calls that a field takes to `calls`, each under a name of its own.
 *
 * @returns The place of the fields below it.
 */
export function addCalls(
  calls: Set<string>,
  { fragments, variables }: QueryFacts,
  { parent, field, nodes }: FieldGroup,
  { path, group, isTyped, isHindrance = false }: Place,
): Place {
  const own = `${path}.${(nodes[0]?.alias ?? nodes[0]?.name)?.value}`;
  const type = getNamedType(field.type);
  if (isHindrance || type.name === 'MutationError')
    return { path: own, group, isTyped, isHindrance: true };
  const info = { fieldNodes: nodes, fragments, returnType: field.type, variableValues: variables };
  const asks = ASKS[`${parent.name}.${field.name}`] ?? [];
  const args = asks.some(({ per }) => per === 'list') ? argumentsOf(nodes, variables) : {};
  for (const { list, per, known } of asks) {
    if (known && selectsOnly(info, ...known)) continue;
    calls.add(list + NAME_OF[per]({ own, group, args }));
  }
  if (!isAbstractType(type) || type.name === 'Message')
    return { path: own, group, isTyped: isTyped || isFiltered(args) };
  if (!isTyped && dependsOnGroupType(info)) calls.add(TASK_GROUPS);
  return { path: own, group: own, isTyped: false };
}

/** As they stand there, but for `first`: an argument that its field refuses is no matter of the estimate. */
const argumentsOf = ([node]: readonly FieldNode[], variables: QueryFacts['variables']) =>
  Object.fromEntries(
    (node?.arguments ?? [])
      .filter(({ name }) => name.value !== 'first')
      .map(({ name, value }) => [name.value, valueFromASTUntyped(value, variables)]),
  );

const isFiltered = ({ filter }: { [argument: string]: unknown }): boolean =>
  typeof filter === 'object' && filter !== null && 'type' in filter && filter.type !== null;
