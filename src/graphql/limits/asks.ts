/** What a field asks of Cotalker. */
interface Ask {
  /** In the words of the README's table of what a query costs. */
  readonly list: string;
  /** Whether one call serves the whole query, or each group takes one, or each list that the arguments may name. */
  readonly per: 'query' | 'group' | 'list';
  /** What is known without the call; it is made for any other field below. */
  readonly known?: readonly string[];
}

export const TASK_GROUPS = 'task groups';

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

/** What takes a call, by schema coordinate. That it is complete, `test/graphql/limits/call-estimate.test.ts` tells. */
export const ASKS: Readonly<Record<string, readonly Ask[]>> = {
  'Query.groups': [{ list: 'groups', per: 'list' }],
  'Query.group': [{ list: 'all groups', per: 'query' }],
  'Query.channel': [{ list: 'channel', per: 'list' }],
  'Query.mainMenu': MENU,
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
  'State.name': STATE_NAMES,
  'State.code': STATE_NAMES,
  'Task.state': [{ ...STATES, known: ['id', 'name', 'code'] }],
  'Task.stateMachine': [{ ...MACHINES, known: ['id'] }],
  'Task.channel': [{ list: 'channels', per: 'query', known: ['id'] }],
  'Task.assignee': PEOPLE,
  'Task.createdBy': PEOPLE,
  'Task.editors': PEOPLE,
  'Task.followers': PEOPLE,
  'Channel.users': PEOPLE,
  'Channel.admins': PEOPLE,
  'LastMessage.sender': PEOPLE,
};
