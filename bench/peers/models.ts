import { DateTimeResolver } from 'graphql-scalars';

/*
 * The upstream's records as far as the peers read them, and their models, whose fields the default
 * resolvers read. Nothing is validated: none of the peers' documentation tells to.
 */

/** As the gateway has it: moments are read as graphql-scalars reads them, and sent as they are. */
export const DateTime = {
  parseValue: DateTimeResolver.parseValue,
  parseLiteral: DateTimeResolver.parseLiteral,
};

export interface GroupRecord {
  readonly _id: string;
  readonly nameDisplay?: string;
  readonly name?: string;
  readonly nameCode?: string;
  readonly code?: string;
  readonly isActive?: boolean;
  readonly weight?: number;
  readonly parent?: string;
  readonly isCategory?: boolean;
  readonly nestedGroups?: readonly string[];
  readonly link?: {
    readonly url?: string;
    readonly external?: boolean;
    readonly embedded?: boolean;
  };
}

export interface TaskGroupRecord {
  readonly _id: string;
  readonly group: string;
  readonly collectionName?: string;
  readonly flowType?: string;
  readonly defaultView?: string;
  readonly hideClosedAfterDays?: number;
}

export interface ChannelRecord {
  readonly _id: string;
  readonly nameDisplay?: string;
  readonly name?: string;
  readonly lastMessage?: { readonly content?: string; readonly date?: string };
}

export interface StateRecord {
  readonly _id: string;
  readonly type?: string;
  readonly property?: string;
}

export interface PropertyRecord {
  readonly _id: string;
  readonly name?: { readonly display?: string };
}

export interface TaskRecord {
  readonly _id: string;
  readonly name: string;
  readonly smState?: string;
  readonly assignee?: string;
}

export interface UserRecord {
  readonly _id: string;
  readonly name?: { readonly displayName?: string };
}

export type GroupType = 'STANDARD' | 'TASK' | 'LINK';
const TYPENAME = { STANDARD: 'StandardGroup', TASK: 'TaskGroup', LINK: 'LinkGroup' } as const;

const opensIn = (link: GroupRecord['link']): string =>
  link?.external ? 'NEW_TAB' : link?.embedded ? 'EMBEDDED' : 'POPUP';

/** `record` and `taskGroup` are for the resolvers of the edges. */
export const toGroup = (record: GroupRecord, type: GroupType, taskGroup?: TaskGroupRecord) => ({
  __typename: TYPENAME[type],
  id: record._id,
  name: record.nameDisplay ?? record.name ?? record._id,
  code: record.nameCode ?? record.code ?? null,
  isActive: record.isActive ?? true,
  weight: record.weight ?? null,
  isCategory: record.isCategory ?? false,
  url: record.link?.url ?? null,
  opensIn: opensIn(record.link),
  record,
  taskGroup,
});
export type Group = ReturnType<typeof toGroup>;

/** `state-machine` -> `STATE_MACHINE` */
const toEnum = (value: string | undefined): string | null =>
  value?.toUpperCase().replaceAll('-', '_') ?? null;

export const toWorkflow = (record: TaskGroupRecord) => ({
  id: record._id,
  code: record.collectionName ?? null,
  flowType: toEnum(record.flowType),
  defaultView: toEnum(record.defaultView),
  hideClosedAfterDays: record.hideClosedAfterDays ?? null,
});

export const toChannel = ({ _id, nameDisplay, name, lastMessage }: ChannelRecord) => ({
  id: _id,
  name: nameDisplay ?? name ?? _id,
  lastMessage: lastMessage
    ? { content: lastMessage.content ?? null, sentAt: lastMessage.date ?? null }
    : null,
});

export const toTask = (record: TaskRecord, taskGroupId: string) => ({
  id: record._id,
  name: record.name,
  stateId: record.smState,
  assigneeId: record.assignee,
  taskGroupId,
});
export type Task = ReturnType<typeof toTask>;

export const toState = (record: StateRecord) => ({
  id: record._id,
  type: toEnum(record.type),
  propertyId: record.property,
});
export type State = ReturnType<typeof toState>;

export const toUser = ({ _id, name }: UserRecord) => ({ id: _id, name: name?.displayName ?? _id });
export type User = ReturnType<typeof toUser>;
