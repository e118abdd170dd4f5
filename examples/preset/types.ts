/** The members of the schema's union and interfaces: a cache needs them to match `... on MenuEntry`. */
export const possibleTypes = {
  Group: ['LinkGroup', 'StandardGroup', 'TaskGroup'],
  MenuEntry: ['LinkGroup', 'StandardGroup', 'TaskGroup'],
  Message: [
    'EnrichedMessage',
    'FileMessage',
    'FormMessage',
    'ImageMessage',
    'OtherMessage',
    'SystemMessage',
    'TextMessage',
  ],
  MutationError: [
    'FormRequired',
    'Gone',
    'NotANextState',
    'NotAllowed',
    'Refused',
    'StateChanged',
  ],
};

/** Types without an `id` of their own: a cache keeps them inside the record that they came with. */
export const typesWithoutId = [
  'CreateTaskPayload',
  'FormRequired',
  'Gone',
  'GroupAction',
  'GroupPanel',
  'Icon',
  'Image',
  'LastMessage',
  'MessagePart',
  'MoveTaskPayload',
  'NotANextState',
  'NotAllowed',
  'Refused',
  'SendMessagePayload',
  'StateChanged',
  'StateTransition',
  'TaskStatus',
];

/** The connections, and the arguments that make a list another list. `first`, `after` and `before` are not among them. */
export const lists: Record<string, Record<string, string[]>> = {
  Channel: { messages: [] },
  Query: { groups: ['filter', 'order'] },
  StandardGroup: { channels: ['search', 'includeInactive', 'order'] },
  State: { tasks: ['filter'] },
  TaskGroup: { channels: ['search', 'includeInactive', 'order'], tasks: ['filter'] },
};

/** What a request asks: a text, or a document that the gateway knows by an id. */
export interface Question {
  readonly query?: string | undefined;
  /** In place of `query`, for a gateway with trusted documents. */
  readonly documentId?: string | undefined;
  readonly variables?: object | undefined;
  /** Apollo's and urql's links put the id here, under `persistedQuery`. */
  readonly extensions?: Record<string, unknown> | undefined;
}

/** Where the gateway is, and how a request gets the token of its user. */
export interface Gateway {
  /** Such as `https://gateway.example.com/graphql`. */
  readonly url: string;
  /** Called for each request, so that a renewed token counts at once. */
  readonly token: () => string;
}
