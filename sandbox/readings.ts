import type { SandboxData } from './data.ts';

/*
 * Where the sheet allows two readings (marked "(2)" there), or a value to come in one form or another. A server
 * follows one of them, and a client must be right whichever it is. Each is a knob here; the first value is the
 * default. How many records a page holds at the most is a knob of its own, `maxLimit`.
 */

/** The collections that come in pages. */
export type ListName = Exclude<
  keyof SandboxData,
  'stateMachines' | 'states' | 'messages' | 'adminOnlyGroupIds'
>;

/** `wider`: all that the company has, whatever the filter and the caller; `page`: those on this page. */
export type CountReading = 'total' | 'wider' | 'page' | 'none';

/**
 * What becomes of a key that is repeated (`ids=A&ids=B`). `refused`: 400; `fails`: 500; `ignored`: even one alone is not
 * looked at, under all others one is.
 */
export type RepeatedReading = 'all' | 'first' | 'last' | 'none' | 'refused' | 'fails' | 'ignored';

export interface Readings {
  /**
   * What `count=true` tells, of all lists or of each. Sheet, 1: "the total amount of groups within the company", and
   * for tasks "the number of tasks returned by the request".
   */
  readonly count: CountReading | Readonly<Partial<Record<ListName, CountReading>>>;
  /** Sheet, 1: "prose calls the field `counter`, samples and SDKs `count`". `mixed`: `counter` for channels alone. */
  readonly countName: 'mixed' | 'count' | 'counter';
  /**
   * Several `groupIds` or `ids` of task groups. Sheet, 1: "a server may take the first, the last, all, or none of
   * several".
   */
  readonly groupIds: RepeatedReading;
  /** Several `ids` of properties. Sheet, 1: "One reference shows commas", which then are the only way to send several. */
  readonly propertyIds: RepeatedReading | 'commas';
  /** Several `id` of users. Sheet, 2: one SDK asks `GET /v2/users/{id}` one by one; `pathOnly`: no other way works. */
  readonly userIds: RepeatedReading | 'commas' | 'pathOnly';
  /** What `GET /v2/users/{id}` is, which the sheet knows from one SDK alone; `missing`: 404 for everybody. */
  readonly userPath: 'there' | 'missing' | 'forbidden';
  /**
   * What comes of a value that is no id, such as `ids=A,B` where commas mean nothing: 400, 500, or no record. The
   * sheet does not say.
   */
  readonly noId: 'refused' | 'fails' | 'nothing';
  /** Whose states `smstate/all` lists. Sheet, 3: a page of 2021 says the company's, one of 2023 the group's. */
  readonly smstateAll: 'taskGroup' | 'company';
  /** Whether states and state machines name their task group. Sheet, 3: any field but the id may be missing. */
  readonly statesName: 'theirTaskGroup' | 'none';
  /**
   * Where page 2 of a limit above the server's own begins: behind what page 1 held, or behind what was asked for. The
   * sheet does not say; with `asked`, what lies between can only be had with a smaller limit.
   */
  readonly skip: 'cap' | 'asked';
  /** Sheet, 1: ISO 8601, but "other numeric dates may turn up: read either". */
  readonly dates: 'iso' | 'epoch';
  /** How an id, a date or a picture that is not there is sent. Sheet, 1: "absent, null or `""`", or three `""`. */
  readonly missing: 'absent' | 'null' | 'empty';
  /** The property of a state. Sheet, 3: an id in the recorded answer, the property itself in SDK types. */
  readonly property: 'mixed' | 'id' | 'populated';
  /** Sheet, 2: "newer collections of this service use `data.values`". */
  readonly taskGroupsKey: 'taskgroups' | 'values';
  /** How one task comes. Sheet, 6: bare, where one SDK reads `{task}`. */
  readonly oneTask: 'bare' | 'task';
  /**
   * What a write answers. Sheet, 6: the record, of which "any field but the id may be missing" (3); `sent`: the id, and
   * what was sent.
   */
  readonly written: 'record' | 'id' | 'sent';
  /** The list of tasks by words, which comes without a count. Sheet, 6: of its parameters, nothing is said but their names. */
  readonly taskSearch: 'followed' | 'ignored';
  /** Whether that list takes notice of `page` and `limit`; `first`: of neither, and it holds the first 10 alone. */
  readonly taskPages: 'followed' | 'ignored' | 'first';
  /** Whether it has inactive tasks, which no parameter of it tells. */
  readonly foundTasks: 'active' | 'all';
  /** Whether properties come within `data`; the published sample has no envelope. */
  readonly propertiesEnvelope: boolean;
  /** The trigger by a person. Sheet, 3: "`canChange` also holds the older `task-ui` (as `manual`)". */
  readonly triggers: 'mixed' | 'manual' | 'task-ui';
  /** `lastMessage`. Sheet, 3: `date` and `sender`; newer: `createdAt` in epoch milliseconds and `sentBy`. */
  readonly messages: 'mixed' | 'older' | 'newer';
  /**
   * Messages backwards in pages, which one client alone does. `ignored`: `until` is, so that the moment is the least;
   * `refused`: 400 for a moment in epoch milliseconds.
   */
  readonly messagesBack: 'there' | 'ignored' | 'refused';
  /** Whether a page of messages holds as many as `mpp` says, or a number of its own. */
  readonly mpp: 'asked' | 'ignored';
  /** Whether messages of the very moment are among those since, or until then. */
  readonly messagesBoundary: 'inclusive' | 'exclusive';
  readonly messagesOrder: 'oldestFirst' | 'newestFirst';
  /** Sheet, 6: a bare array, or `{"data": []}`. */
  readonly messagesEnvelope: 'bare' | 'data';
  /** Sheet, 1: a message's `createdAt` is epoch milliseconds, but "read either". */
  readonly messagesCreatedAt: 'epoch' | 'iso';
  /** What shows where `isActive` is not sent. Sheet, 1: "is not documented: always send it". */
  readonly unsentIsActive: 'active' | 'all';
}

/** What the documentation suggests first, each thing in all the forms that it may have. */
export const FIRST_READINGS: Readings = {
  count: 'total',
  countName: 'mixed',
  groupIds: 'all',
  propertyIds: 'all',
  userIds: 'all',
  userPath: 'there',
  noId: 'refused',
  smstateAll: 'taskGroup',
  statesName: 'theirTaskGroup',
  skip: 'cap',
  dates: 'iso',
  missing: 'absent',
  property: 'mixed',
  taskGroupsKey: 'taskgroups',
  oneTask: 'bare',
  written: 'record',
  taskSearch: 'followed',
  taskPages: 'followed',
  foundTasks: 'active',
  propertiesEnvelope: true,
  triggers: 'mixed',
  messages: 'mixed',
  messagesBack: 'there',
  mpp: 'asked',
  messagesBoundary: 'inclusive',
  messagesOrder: 'oldestFirst',
  messagesEnvelope: 'bare',
  messagesCreatedAt: 'epoch',
  unsentIsActive: 'active',
};

export const countOf = ({ count }: Readings, list: ListName): CountReading =>
  typeof count === 'string' ? count : (count[list] ?? 'total');
