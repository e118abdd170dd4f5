/**
 * How many records the cost limit assumes in each list that has no `first`, by schema coordinate
 * (https://spec.graphql.org/draft/#sec-Schema-Coordinates). The sizes are typical for a company of some thousand
 * people, not the largest possible. `MAX_UPSTREAM_CALLS` bounds what a query really takes.
 *
 * A table, not directives in `schema/`: the schema is the contract with front ends, and these sizes are not part of
 * it.
 */
export const LIST_SIZES: Readonly<Record<string, number>> = {
  'Query.mainMenu': 15,
  'MenuEntry.children': 5,
  'StandardGroup.children': 5,
  'TaskGroup.children': 5,
  'LinkGroup.children': 5,
  'MenuEntry.actions': 3,
  'StandardGroup.actions': 3,
  'TaskGroup.actions': 3,
  'LinkGroup.actions': 3,
  'Channel.users': 10,
  'Channel.admins': 2,
  'EnrichedMessage.parts': 5,
  'Task.editors': 2,
  'Task.followers': 3,
  'Task.statuses': 2,
  'TaskGroup.stateMachines': 3,
  'StateMachine.states': 8,
  'State.transitions': 3,
  'MoveTaskPayload.errors': 1,
  'SendMessagePayload.errors': 1,
  'CreateTaskPayload.errors': 1,
  'NotANextState.allowed': 3,
  '__Schema.types': 80,
  '__Schema.directives': 8,
  '__Type.fields': 10,
  '__Type.inputFields': 5,
  '__Type.enumValues': 5,
  '__Type.interfaces': 2,
  '__Type.possibleTypes': 3,
  '__Field.args': 4,
  '__Directive.args': 2,
  '__Directive.locations': 4,
};

/**
 * How many records an item of an introspected list counts as. The full introspection query of tools costs some
 * 11,000 of the default 50,000. So a query of 4 kB cannot contain it ten times, which took 140 ms for an answer of
 * 1 MB.
 */
export const INTROSPECTION_ITEM = 2;

/** For a list that is not in the table; a test checks that there is none. */
export const UNKNOWN_LIST_SIZE = 100;

export const MAX_PAGE_SIZE = 500;
