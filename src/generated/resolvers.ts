// Written by `npm run codegen` from schema/. Not to be edited.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { StandardGroupModel, TaskGroupModel, LinkGroupModel, GroupPanelModel, IconModel } from '../mapping/group.ts';
import type { GroupActionModel } from '../mapping/group-action.ts';
import type { PageInfoModel } from '../mapping/connection.ts';
import type { GroupConnectionModel, GroupEdgeModel } from '../loaders/group.ts';
import type { ChannelModel, LastMessageModel } from '../mapping/channel.ts';
import type { MessageModel, MessagePartModel } from '../mapping/message.ts';
import type { MessageConnectionModel, MessageEdgeModel } from '../loaders/message.ts';
import type { ImageModel } from '../mapping/fields.ts';
import type { ChannelConnectionModel, ChannelEdgeModel } from '../loaders/channel.ts';
import type { WorkflowModel, StateMachineModel, StateModel, StateTransitionModel } from '../mapping/state-machine.ts';
import type { TaskModel, TaskStatusModel } from '../mapping/task.ts';
import type { TaskConnectionModel, TaskEdgeModel } from '../loaders/task.ts';
import type { UserModel, ViewerModel } from '../mapping/user.ts';
import type { Hindrance, NotANextStateModel } from '../writes/hindrance.ts';
import type { MoveTaskResult } from '../writes/move-task.ts';
import type { CreateTaskResult } from '../writes/create-task.ts';
import type { SendMessageResult } from '../writes/send-message.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A date and time in the format of RFC 3339: `2021-11-24T14:11:26.195Z`. */
  DateTime: { input: Date; output: string; }
};

/** A conversation, with its members and its last message. */
export type Channel = {
  __typename: 'Channel';
  /** The members who administer the channel. Null stands for a person who is no longer in Cotalker. */
  admins: Maybe<Array<Maybe<User>>>;
  /** The channel's unique code: at most 60 characters of `[a-z0-9_]`. */
  code: Maybe<Scalars['String']['output']>;
  /** When the channel was created. */
  createdAt: Maybe<Scalars['DateTime']['output']>;
  /** The group that the channel belongs to. Null if it has none, or if the caller cannot see the group. */
  group: Maybe<Group>;
  /** Cotalker's id of the channel: 24 hexadecimal characters. */
  id: Scalars['ID']['output'];
  /** The channel's picture. */
  image: Maybe<Image>;
  /** Whether the channel is in use. */
  isActive: Scalars['Boolean']['output'];
  /** Whether this is a one-to-one conversation. */
  isDirect: Scalars['Boolean']['output'];
  /** Whether the channel is pinned. Null if Cotalker does not say. */
  isPinned: Maybe<Scalars['Boolean']['output']>;
  /** Whether only its members can find the channel. */
  isPrivate: Scalars['Boolean']['output'];
  /** Whether its members may write in the channel. Null if Cotalker does not say. */
  isWritable: Maybe<Scalars['Boolean']['output']>;
  /** The last message of the conversation. Null if there is none yet. */
  lastMessage: Maybe<LastMessage>;
  /**
   * The channel's messages, the latest change first. So an edited or removed message comes at the place of its change, not
   * where it was sent. Sort what you have by `sentAt`. If an id comes twice, keep the one with the later `modifiedAt`.
   * Paging loses nothing: what changes meanwhile is before the first cursor that you had.
   *
   * Only one client of Cotalker's is known to page from new to old. If Cotalker does not do so, the gateway asks for what
   * changed in the last day, then in 8 days, 64 and 512, at last for the whole history. If it does, the gateway asks for the
   * whole history where it seems to end. An answer of more than 20,000 messages is an error of code
   * `UPSTREAM_INVALID_RESPONSE`: so the last page of a longer history is an error.
   *
   * A message may lack a readable `modifiedAt`. Then it stands beside its neighbors in Cotalker's order. If one of these
   * changes, it may come twice.
   */
  messages: Maybe<MessageConnection>;
  /** When the channel last changed. Channels are sorted by this. */
  modifiedAt: Maybe<Scalars['DateTime']['output']>;
  /** The display name. If Cotalker has no name, the code; if it has no code, the id. */
  name: Scalars['String']['output'];
  /** The channel's members. Null stands for a person who is no longer in Cotalker. */
  users: Maybe<Array<Maybe<User>>>;
};


/** A conversation, with its members and its last message. */
export type ChannelMessagesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of channels. */
export type ChannelConnection = {
  __typename: 'ChannelConnection';
  /** The page's channels with their cursors. */
  edges: Array<ChannelEdge>;
  /** The page's channels. One that could not be read is null, and an error says why. */
  nodes: Array<Maybe<Channel>>;
  /** The page's position in the list. */
  pageInfo: PageInfo;
  /**
   * The number of channels that match the arguments.
   * Null if that is unknown: Cotalker's count may be missing, or count more records or only one page. Then it is known
   * only if the page reaches from the start of the list to its end. On a page after a cursor, this field costs one
   * more call to Cotalker.
   */
  totalCount: Maybe<Scalars['Int']['output']>;
};

/** A channel and its position in the list. */
export type ChannelEdge = {
  __typename: 'ChannelEdge';
  /** The position right after this channel. Pass it as `after` to continue from here, now or days later. */
  cursor: Scalars['String']['output'];
  /** The channel. If it could not be read, it is null, and an error says why. */
  node: Maybe<Channel>;
};

/** What a new task is to be. */
export type CreateTaskInput = {
  /** The id of the person who is to do it. */
  assigneeId?: InputMaybe<Scalars['ID']['input']>;
  /** Any text: it comes back as it is. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** When the work is to end. */
  endDate?: InputMaybe<Scalars['DateTime']['input']>;
  /** The id of the group that it is created in, a `TaskGroup`. */
  groupId: Scalars['ID']['input'];
  /** A description. */
  info?: InputMaybe<Scalars['String']['input']>;
  /** Its name, which must not be blank. */
  name: Scalars['String']['input'];
  /** When the work is to begin. */
  startDate?: InputMaybe<Scalars['DateTime']['input']>;
};

/** What has come of a `createTask`. */
export type CreateTaskPayload = {
  __typename: 'CreateTaskPayload';
  /** As it was sent. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** Why it has not been created. Empty: it has been. */
  errors: Array<MutationError>;
  /** The task as Cotalker has created it. Null if it has not been created. */
  task: Maybe<Task>;
};

/** Text with links, explanations and tasks in it (`text/enriched`). */
export type EnrichedMessage = Message & {
  __typename: 'EnrichedMessage';
  /** The channel of the message. Null if it is no longer in Cotalker. */
  channel: Maybe<Channel>;
  /** The content type that Cotalker gives. */
  contentType: Maybe<Scalars['String']['output']>;
  /** When the message last changed, if that was more than a second after it was sent; else null. */
  editedAt: Maybe<Scalars['DateTime']['output']>;
  /** Cotalker's id of the message: 24 hexadecimal characters. */
  id: Scalars['ID']['output'];
  /** Whether the message was removed. */
  isRemoved: Maybe<Scalars['Boolean']['output']>;
  /** When the message last changed. */
  modifiedAt: Maybe<Scalars['DateTime']['output']>;
  /** The text in its parts, in order. Null if the message was removed. A part that could not be read is null, with an error. */
  parts: Maybe<Array<Maybe<MessagePart>>>;
  /** Who sent the message. Null if Cotalker does not say, or if the person is no longer in Cotalker. */
  sender: Maybe<User>;
  /** When the message was sent. */
  sentAt: Maybe<Scalars['DateTime']['output']>;
  /** The whole text, without links. Null if the message was removed. */
  text: Maybe<Scalars['String']['output']>;
};

/** A document, a video, an audio file or another file. */
export type FileMessage = Message & {
  __typename: 'FileMessage';
  /** The channel of the message. Null if it is no longer in Cotalker. */
  channel: Maybe<Channel>;
  /** The content type that Cotalker gives, such as `video/mp4`. */
  contentType: Maybe<Scalars['String']['output']>;
  /** When the message last changed, if that was more than a second after it was sent; else null. */
  editedAt: Maybe<Scalars['DateTime']['output']>;
  /** The name of the file. Null if the message was removed, or has none. */
  fileName: Maybe<Scalars['String']['output']>;
  /** Cotalker's id of the message: 24 hexadecimal characters. */
  id: Scalars['ID']['output'];
  /** Whether the message was removed. */
  isRemoved: Maybe<Scalars['Boolean']['output']>;
  /** When the message last changed. */
  modifiedAt: Maybe<Scalars['DateTime']['output']>;
  /** Who sent the message. Null if Cotalker does not say, or if the person is no longer in Cotalker. */
  sender: Maybe<User>;
  /** When the message was sent. */
  sentAt: Maybe<Scalars['DateTime']['output']>;
  /**
   * Where the file lies. Null if the message was removed, or if its content names none. If following the URL could run
   * script, it is null with an error of code `UNSAFE_URL`.
   */
  url: Maybe<Scalars['String']['output']>;
};

/** How the tasks of a workflow move from state to state. */
export type FlowType =
  /** Tasks move freely. */
  | 'FREE'
  /** Tasks follow the transitions of a state machine. */
  | 'STATE_MACHINE';

/** An answered form (`application/vnd.cotalker.survey`). */
export type FormMessage = Message & {
  __typename: 'FormMessage';
  /** The channel of the message. Null if it is no longer in Cotalker. */
  channel: Maybe<Channel>;
  /** The content as Cotalker stores it; its format is not documented. Null if the message was removed. */
  content: Maybe<Scalars['String']['output']>;
  /** The content type that Cotalker gives. */
  contentType: Maybe<Scalars['String']['output']>;
  /** When the message last changed, if that was more than a second after it was sent; else null. */
  editedAt: Maybe<Scalars['DateTime']['output']>;
  /** Cotalker's id of the message: 24 hexadecimal characters. */
  id: Scalars['ID']['output'];
  /** Whether the message was removed. */
  isRemoved: Maybe<Scalars['Boolean']['output']>;
  /** When the message last changed. */
  modifiedAt: Maybe<Scalars['DateTime']['output']>;
  /** Who sent the message. Null if Cotalker does not say, or if the person is no longer in Cotalker. */
  sender: Maybe<User>;
  /** When the message was sent. */
  sentAt: Maybe<Scalars['DateTime']['output']>;
};

/** A form must be answered to move the task there, which this gateway cannot do. Open the task in Cotalker. */
export type FormRequired = MutationError & {
  __typename: 'FormRequired';
  /** In English, for people. */
  message: Scalars['String']['output'];
  /** The form: Cotalker's id of the survey. Null if Cotalker does not say which. */
  surveyId: Maybe<Scalars['ID']['output']>;
};

/** What was to be changed is not there, or not for this person. Read the list again. */
export type Gone = MutationError & {
  __typename: 'Gone';
  /** In English, for people. */
  message: Scalars['String']['output'];
};

/**
 * A group of Cotalker's main menu. Its type decides what it has. A standard group has channels. A task group has a
 * workflow, tasks and channels. A link group opens something else.
 *
 * Select common fields through `... on MenuEntry`, and special fields through one fragment for each type.
 * The gateway looks types up only if the query selects `__typename`, or a fragment on a standard or a task group. That takes
 * one call for all groups of the query.
 */
export type Group = LinkGroup | StandardGroup | TaskGroup;

/** A button of a group's panel. */
export type GroupAction = {
  __typename: 'GroupAction';
  /** The button's icon as an SVG path, not a URL. */
  icon: Maybe<Scalars['String']['output']>;
  /** Cotalker's id of the action. */
  id: Maybe<Scalars['ID']['output']>;
  /** The text on the button. */
  name: Maybe<Scalars['String']['output']>;
  /** Where to open the target: in a new tab, or in a pop-up over the platform. */
  opensIn: LinkTarget;
  /** Whether to send the user's token along with the link. */
  sendsToken: Scalars['Boolean']['output'];
  /** The target of the button. If following it could run script, it is null with an error of code `UNSAFE_URL`. */
  url: Maybe<Scalars['String']['output']>;
};

/** A page of groups. */
export type GroupConnection = {
  __typename: 'GroupConnection';
  /** The page's groups with their cursors. */
  edges: Array<GroupEdge>;
  /** The page's groups. One that could not be read is null, and an error says why. */
  nodes: Array<Maybe<Group>>;
  /** The page's position in the list. */
  pageInfo: PageInfo;
  /**
   * The number of groups that match the filter.
   * Null if that is unknown: Cotalker's count may be missing, or count more records or only one page. Then it is known
   * only if the page reaches from the start of the list to its end. On a page after a cursor, this field costs one
   * more call to Cotalker.
   */
  totalCount: Maybe<Scalars['Int']['output']>;
};

/** A group and its position in the list. */
export type GroupEdge = {
  __typename: 'GroupEdge';
  /** The position right after this group. Pass it as `after` to continue from here, now or days later. */
  cursor: Scalars['String']['output'];
  /** The group. If it could not be read, it is null, and an error says why. */
  node: Maybe<Group>;
};

/** Narrows `Query.groups`. All given fields must match. */
export type GroupFilter = {
  /** Only groups that were created at or after this time. */
  createdSince?: InputMaybe<Scalars['DateTime']['input']>;
  /** Whether to list inactive groups too. */
  includeInactive?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only groups that changed at or after this time. */
  modifiedSince?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only groups whose keywords match. Cotalker searches no other field. */
  search?: InputMaybe<Scalars['String']['input']>;
  /** Only groups of this type. This is also the cheapest query: the gateway need not look up the types. */
  type?: InputMaybe<GroupType>;
};

/** How the panel of a group shows what is in it. The gateway sorts nothing by this: it is for who draws the panel. */
export type GroupPanel = {
  __typename: 'GroupPanel';
  /** What the channels are grouped by, as Cotalker stores it. */
  groupBy: Maybe<Scalars['String']['output']>;
  /** By what the parts are sorted that `groupBy` makes. */
  groupSort: Maybe<PanelSort>;
  /** In which direction these are sorted. */
  groupSortDirection: Maybe<SortDirection>;
  /** The ids of properties. Channels with one of these are not shown. */
  hiddenPropertyIds: Maybe<Array<Scalars['ID']['output']>>;
  /** What a group with a workflow shows first: its tasks, or its channels. */
  initialView: Maybe<PanelView>;
  /** By what the channels of a part are sorted. */
  sort: Maybe<PanelSort>;
  /** In which direction the channels are sorted. */
  sortDirection: Maybe<SortDirection>;
  /** Where the channels are that belong to no part. */
  ungrouped: Maybe<UngroupedChannels>;
};

/** The three types of groups, for `GroupFilter.type`. */
export type GroupType =
  /** Opens or redirects the user. */
  | 'LINK'
  /** Has channels. Categories have this type too. */
  | 'STANDARD'
  /** Has a state machine, tasks and channels. */
  | 'TASK';

/** What to draw beside a group's name. */
export type Icon = {
  __typename: 'Icon';
  /** The colour, as `#rrggbb`. */
  color: Maybe<Scalars['String']['output']>;
  /** The icon as an SVG path (the `d` of a `<path>`), not a URL. */
  path: Maybe<Scalars['String']['output']>;
};

/** A picture in three sizes, each as a URL. */
export type Image = {
  __typename: 'Image';
  /** The original upload. */
  original: Maybe<Scalars['String']['output']>;
  /** A thumbnail. */
  small: Maybe<Scalars['String']['output']>;
  /** A square crop. */
  square: Maybe<Scalars['String']['output']>;
};

/** A picture (`image/…`). */
export type ImageMessage = Message & {
  __typename: 'ImageMessage';
  /** The channel of the message. Null if it is no longer in Cotalker. */
  channel: Maybe<Channel>;
  /** The content type that Cotalker gives. */
  contentType: Maybe<Scalars['String']['output']>;
  /** When the message last changed, if that was more than a second after it was sent; else null. */
  editedAt: Maybe<Scalars['DateTime']['output']>;
  /** Cotalker's id of the message: 24 hexadecimal characters. */
  id: Scalars['ID']['output'];
  /**
   * The picture. Null if the message was removed, or if its content names none. If following one of its URLs could run
   * script, it is null with an error of code `UNSAFE_URL`.
   */
  image: Maybe<Image>;
  /** Whether the message was removed. */
  isRemoved: Maybe<Scalars['Boolean']['output']>;
  /** When the message last changed. */
  modifiedAt: Maybe<Scalars['DateTime']['output']>;
  /** Who sent the message. Null if Cotalker does not say, or if the person is no longer in Cotalker. */
  sender: Maybe<User>;
  /** When the message was sent. */
  sentAt: Maybe<Scalars['DateTime']['output']>;
};

/** The last message of a channel. */
export type LastMessage = {
  __typename: 'LastMessage';
  /** The content as Cotalker stores it. `contentType` says how to read it. It may begin with the sender's name. */
  content: Maybe<Scalars['String']['output']>;
  /** The content type that Cotalker gives, such as `text/plain`. */
  contentType: Maybe<Scalars['String']['output']>;
  /** The name of the file. Null if the message has none. */
  fileName: Maybe<Scalars['String']['output']>;
  /** The kind of message, derived from `contentType`. Null if Cotalker gives none. */
  kind: Maybe<MessageKind>;
  /** Who sent the message. Null if Cotalker does not say, or if the person is no longer in Cotalker. */
  sender: Maybe<User>;
  /** When the message was sent. */
  sentAt: Maybe<Scalars['DateTime']['output']>;
  /**
   * The text to show: the content without the sender's name at its start. Null if the content describes a file or a
   * picture. If the content may begin with a name, the gateway reads the sender, which takes a call.
   */
  text: Maybe<Scalars['String']['output']>;
  /**
   * The URL of the file, of the video, or of the picture in full size. If following the URL could run script, it is
   * null with an error of code `UNSAFE_URL`.
   */
  url: Maybe<Scalars['String']['output']>;
};

/** A group that opens or redirects the user. */
export type LinkGroup = MenuEntry & {
  __typename: 'LinkGroup';
  /** The buttons of the group's panel, sorted by weight. A button that cannot be read comes last, with errors for its fields. */
  actions: Array<GroupAction>;
  /** The category that holds the group. Null if no active group that the caller may see holds it. */
  category: Maybe<StandardGroup>;
  /** The groups that open below this one. A category has its nested groups; any other group has the groups whose `parent` it is. Only active groups, sorted by weight, then name. */
  children: Maybe<Array<Maybe<Group>>>;
  /** The group's unique code: at most 60 characters of `[a-z0-9_]`. */
  code: Maybe<Scalars['String']['output']>;
  /** When the group was created. */
  createdAt: Maybe<Scalars['DateTime']['output']>;
  /** The icon to draw beside the name. Null if Cotalker has neither a path nor a colour. */
  icon: Maybe<Icon>;
  /** Cotalker's id of the group: 24 hexadecimal characters. */
  id: Scalars['ID']['output'];
  /** Whether the group is in use. The main menu shows active groups only. */
  isActive: Scalars['Boolean']['output'];
  /** What kind of target it is. Null if Cotalker does not say. */
  linkType: Maybe<LinkType>;
  /** When the group last changed. `Query.groups` is sorted by this. */
  modifiedAt: Maybe<Scalars['DateTime']['output']>;
  /** The display name. If Cotalker has no name, the code; if it has no code, the id. */
  name: Scalars['String']['output'];
  /** Where to open the target. */
  opensIn: LinkTarget;
  /** The group whose panel shows this one. Null for a group of the main menu, or if the parent is not an active group that the caller may see. */
  parent: Maybe<Group>;
  /** Whether to send the user's token along with the link. */
  sendsToken: Scalars['Boolean']['output'];
  /**
   * The target as Cotalker stores it: a web address, an app download, an address inside the app or an app command.
   * If following it could run script, it is null with an error of code `UNSAFE_URL`. That holds for `javascript:`,
   * `data:`, `vbscript:` and their disguises.
   */
  url: Maybe<Scalars['String']['output']>;
  /** The group's order in the menu: smaller weights come first, gaps are allowed, groups without a weight come last. */
  weight: Maybe<Scalars['Float']['output']>;
};


/** A group that opens or redirects the user. */
export type LinkGroupNameArgs = {
  language?: InputMaybe<Scalars['String']['input']>;
};

/** Where to open a link. */
export type LinkTarget =
  /** Inside the platform, in place of its content. */
  | 'EMBEDDED'
  /** In a new tab or window. */
  | 'NEW_TAB'
  /** In a pop-up over the platform. */
  | 'POPUP';

/** What a link leads to. */
export type LinkType =
  /** An Android app to download. */
  | 'APK'
  /** A web page. */
  | 'URL';

/** Which change comes first in a list. A cursor is valid only with the order that it came from. */
export type ListOrder =
  /**
   * The latest. The gateway reads the whole list for each page, one call for each 1,000 records. No record that stays as it is is
   * missed or comes twice. One that changes while you page moves to the front, and is not on later pages. You miss it unless
   * you had it already, or read the first page again.
   */
  | 'NEWEST'
  /** The oldest. While you page, you miss nothing: what changes comes again at its new position. */
  | 'OLDEST';

/** The fields that groups of every type have. A query reads them with one fragment in place of three. */
export type MenuEntry = {
  /** The buttons of the group's panel, sorted by weight. A button that cannot be read comes last, with errors for its fields. */
  actions: Array<GroupAction>;
  /** The category that holds the group. Null if no active group that the caller may see holds it. */
  category: Maybe<StandardGroup>;
  /** The groups that open below this one. A category has its nested groups; any other group has the groups whose `parent` it is. Only active groups, sorted by weight, then name. */
  children: Maybe<Array<Maybe<Group>>>;
  /** The group's unique code: at most 60 characters of `[a-z0-9_]`. */
  code: Maybe<Scalars['String']['output']>;
  /** When the group was created. */
  createdAt: Maybe<Scalars['DateTime']['output']>;
  /** The icon to draw beside the name. Null if Cotalker has neither a path nor a colour. */
  icon: Maybe<Icon>;
  /** Cotalker's id of the group: 24 hexadecimal characters. */
  id: Scalars['ID']['output'];
  /** Whether the group is in use. The main menu shows active groups only. */
  isActive: Scalars['Boolean']['output'];
  /** When the group last changed. `Query.groups` is sorted by this. */
  modifiedAt: Maybe<Scalars['DateTime']['output']>;
  /** The display name. If Cotalker has no name, the code; if it has no code, the id. */
  name: Scalars['String']['output'];
  /** The group whose panel shows this one. Null for a group of the main menu, or if the parent is not an active group that the caller may see. */
  parent: Maybe<Group>;
  /** The group's order in the menu: smaller weights come first, gaps are allowed, groups without a weight come last. */
  weight: Maybe<Scalars['Float']['output']>;
};


/** The fields that groups of every type have. A query reads them with one fragment in place of three. */
export type MenuEntryNameArgs = {
  language?: InputMaybe<Scalars['String']['input']>;
};

/**
 * A message of a channel. `__typename` says which kind it is, by the content type that Cotalker gives. New kinds may come:
 * write a default case that uses the fields of this interface.
 */
export type Message = {
  /** The channel of the message. Null if it is no longer in Cotalker. */
  channel: Maybe<Channel>;
  /** The content type that Cotalker gives, such as `text/plain`. */
  contentType: Maybe<Scalars['String']['output']>;
  /**
   * When the message last changed, if that was more than a second after it was sent; else null. Cotalker does not say what
   * changed.
   */
  editedAt: Maybe<Scalars['DateTime']['output']>;
  /** Cotalker's id of the message: 24 hexadecimal characters. */
  id: Scalars['ID']['output'];
  /** Whether the message was removed. If it was, the fields of its content are null. */
  isRemoved: Maybe<Scalars['Boolean']['output']>;
  /** When the message last changed: it was sent, edited, answered or removed. The list is sorted by this. */
  modifiedAt: Maybe<Scalars['DateTime']['output']>;
  /** Who sent the message. Null if Cotalker does not say, or if the person is no longer in Cotalker. */
  sender: Maybe<User>;
  /** When the message was sent. A chat shows its messages in this order. */
  sentAt: Maybe<Scalars['DateTime']['output']>;
};

/** A page of messages. */
export type MessageConnection = {
  __typename: 'MessageConnection';
  /** The page's messages with their cursors. */
  edges: Array<MessageEdge>;
  /** The page's messages. One that could not be read is null, and an error says why. */
  nodes: Array<Maybe<Message>>;
  /** The page's position in the list. */
  pageInfo: PageInfo;
};

/** A message and its position in the list. */
export type MessageEdge = {
  __typename: 'MessageEdge';
  /** The position of this message. Pass it as `after` for what changed before it, or as `before` for what changed since. */
  cursor: Scalars['String']['output'];
  /** The message. If it could not be read, it is null, and an error says why. */
  node: Maybe<Message>;
};

/** The kind of a message. */
export type MessageKind =
  /** A document, an audio file or another file. */
  | 'FILE'
  /** An answered form (`application/vnd.cotalker.survey`). */
  | 'FORM'
  /** A picture (`image/…`). */
  | 'IMAGE'
  /** A contact, or another kind that this schema does not know. */
  | 'OTHER'
  /** Written by the platform, in Markdown (`text/system`). */
  | 'SYSTEM'
  /** Written by a person or a bot (`text/plain`, `text/enriched`). */
  | 'TEXT'
  /** A video (`video/…`). */
  | 'VIDEO';

/** A part of an enriched text. */
export type MessagePart = {
  __typename: 'MessagePart';
  /** What a `HOVER` shows when a person points at it; null for the other kinds. */
  hint: Maybe<Scalars['String']['output']>;
  /** What the part is. If it is none of those below, `OTHER`: show its text. */
  kind: MessagePartKind;
  /** The id of the task that a `TASK` names; null for the other kinds. */
  taskId: Maybe<Scalars['ID']['output']>;
  /** The text of the part. */
  text: Maybe<Scalars['String']['output']>;
  /**
   * Where a `LINK` leads; null for the other kinds. If following the URL could run script, it is null with an error of code
   * `UNSAFE_URL`.
   */
  url: Maybe<Scalars['String']['output']>;
};

/** The kind of a part. */
export type MessagePartKind =
  /** Text with an explanation: `hint`. */
  | 'HOVER'
  /** A link: `url`. */
  | 'LINK'
  /** A kind that this schema does not know. */
  | 'OTHER'
  /** A task: `taskId`. */
  | 'TASK'
  /** Plain text. */
  | 'TEXT';

/** Which task to move, and where to. */
export type MoveTaskInput = {
  /** Any text: it comes back as it is. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /**
   * The id of the state that the person saw it in. If somebody else has moved it meanwhile, it is not moved: `StateChanged`.
   * If this is left out, it is moved from whatever state it is in.
   */
  fromStateId?: InputMaybe<Scalars['ID']['input']>;
  /** The id of the task's group, a `TaskGroup`. */
  groupId: Scalars['ID']['input'];
  /** The id of the state that it is moved to. */
  stateId: Scalars['ID']['input'];
  /** The id of the task. */
  taskId: Scalars['ID']['input'];
};

/** What has come of a `moveTask`. */
export type MoveTaskPayload = {
  __typename: 'MoveTaskPayload';
  /** As it was sent. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** Why it has not been moved. Empty: it is in the state that was asked for. */
  errors: Array<MutationError>;
  /** The task as it is now, moved or not. Null if it is not there, or may not be read. */
  task: Maybe<Task>;
};

/**
 * Changes in Cotalker, with the caller's own token. They are off unless the operator of the gateway has turned them on
 * (`MUTATIONS=on`): else each is null with the error `MUTATIONS_OFF`, before any call.
 *
 * - Each is sent to Cotalker once. The gateway never repeats it, and keeps nothing of it.
 * - Without errors in the payload, it is done. With errors there, it is not, and each says what a person can do about it.
 * - If nobody knows whether it is done, the field is null with `OUTCOME_UNKNOWN`: Cotalker's answer was lost, or came too late.
 *   Read what it would have changed before you send it again.
 * - With any other code, it is not done.
 *
 * A document may have up to 5 mutations, which are made one after the other. It is sent by POST, and has neither `@defer` nor
 * `@stream`.
 */
export type Mutation = {
  __typename: 'Mutation';
  /**
   * Creates a task in a group, in the state that the group's tasks begin in. Sent twice, it creates two: keep people from clicking
   * twice. After `OUTCOME_UNKNOWN`, look for it with `tasks(filter: { createdSince })`.
   *
   * 2 calls to Cotalker, of which the list of task groups is remembered: then 1. One more if the answer lacks what was
   * sent, or what each task has.
   */
  createTask: Maybe<CreateTaskPayload>;
  /**
   * Moves a task into another state.
   *
   * If it is in that state already, it is done, and nothing is sent. The gateway looks at the transitions first: one that a form
   * leads to, or only automations, is an error without a write. In a workflow that is `FREE`, Cotalker alone decides.
   *
   * 4 calls to Cotalker, of which the list of task groups and the states are remembered: then 2. One more if the answer is lost,
   * or lacks what the task had before, and two more if Cotalker refuses the move.
   */
  moveTask: Maybe<MoveTaskPayload>;
  /**
   * Writes a message in a channel, in the name of the person whose token it is. Sent twice, it comes twice: keep people from
   * clicking twice. After `OUTCOME_UNKNOWN`, look for it with `Channel.messages(before:)`.
   *
   * 2 calls to Cotalker, of which the viewer is remembered: then 1. One more if the answer lacks the text or the time.
   */
  sendMessage: Maybe<SendMessagePayload>;
};


/**
 * Changes in Cotalker, with the caller's own token. They are off unless the operator of the gateway has turned them on
 * (`MUTATIONS=on`): else each is null with the error `MUTATIONS_OFF`, before any call.
 *
 * - Each is sent to Cotalker once. The gateway never repeats it, and keeps nothing of it.
 * - Without errors in the payload, it is done. With errors there, it is not, and each says what a person can do about it.
 * - If nobody knows whether it is done, the field is null with `OUTCOME_UNKNOWN`: Cotalker's answer was lost, or came too late.
 *   Read what it would have changed before you send it again.
 * - With any other code, it is not done.
 *
 * A document may have up to 5 mutations, which are made one after the other. It is sent by POST, and has neither `@defer` nor
 * `@stream`.
 */
export type MutationCreateTaskArgs = {
  input: CreateTaskInput;
};


/**
 * Changes in Cotalker, with the caller's own token. They are off unless the operator of the gateway has turned them on
 * (`MUTATIONS=on`): else each is null with the error `MUTATIONS_OFF`, before any call.
 *
 * - Each is sent to Cotalker once. The gateway never repeats it, and keeps nothing of it.
 * - Without errors in the payload, it is done. With errors there, it is not, and each says what a person can do about it.
 * - If nobody knows whether it is done, the field is null with `OUTCOME_UNKNOWN`: Cotalker's answer was lost, or came too late.
 *   Read what it would have changed before you send it again.
 * - With any other code, it is not done.
 *
 * A document may have up to 5 mutations, which are made one after the other. It is sent by POST, and has neither `@defer` nor
 * `@stream`.
 */
export type MutationMoveTaskArgs = {
  input: MoveTaskInput;
};


/**
 * Changes in Cotalker, with the caller's own token. They are off unless the operator of the gateway has turned them on
 * (`MUTATIONS=on`): else each is null with the error `MUTATIONS_OFF`, before any call.
 *
 * - Each is sent to Cotalker once. The gateway never repeats it, and keeps nothing of it.
 * - Without errors in the payload, it is done. With errors there, it is not, and each says what a person can do about it.
 * - If nobody knows whether it is done, the field is null with `OUTCOME_UNKNOWN`: Cotalker's answer was lost, or came too late.
 *   Read what it would have changed before you send it again.
 * - With any other code, it is not done.
 *
 * A document may have up to 5 mutations, which are made one after the other. It is sent by POST, and has neither `@defer` nor
 * `@stream`.
 */
export type MutationSendMessageArgs = {
  input: SendMessageInput;
};

/** Why something has not been done. The type says what a person can do about it. */
export type MutationError = {
  /** In English, for people. */
  message: Scalars['String']['output'];
};

/** The task cannot be moved there by hand from the state that it is in. Offer the states that it can be moved to. */
export type NotANextState = MutationError & {
  __typename: 'NotANextState';
  /** The states in use that a person can move the task to by hand. */
  allowed: Array<State>;
  /** In English, for people. */
  message: Scalars['String']['output'];
};

/** The person may not do this. Someone with more rights may. */
export type NotAllowed = MutationError & {
  __typename: 'NotAllowed';
  /** In English, for people. */
  message: Scalars['String']['output'];
};

/** A message of a content type that this schema does not know, or without one. */
export type OtherMessage = Message & {
  __typename: 'OtherMessage';
  /** The channel of the message. Null if it is no longer in Cotalker. */
  channel: Maybe<Channel>;
  /** The content as Cotalker stores it. Null if the message was removed. */
  content: Maybe<Scalars['String']['output']>;
  /** The content type that Cotalker gives. */
  contentType: Maybe<Scalars['String']['output']>;
  /** When the message last changed, if that was more than a second after it was sent; else null. */
  editedAt: Maybe<Scalars['DateTime']['output']>;
  /** Cotalker's id of the message: 24 hexadecimal characters. */
  id: Scalars['ID']['output'];
  /** Whether the message was removed. */
  isRemoved: Maybe<Scalars['Boolean']['output']>;
  /** When the message last changed. */
  modifiedAt: Maybe<Scalars['DateTime']['output']>;
  /** Who sent the message. Null if Cotalker does not say, or if the person is no longer in Cotalker. */
  sender: Maybe<User>;
  /** When the message was sent. */
  sentAt: Maybe<Scalars['DateTime']['output']>;
};

/** The position of a page in its list, as in Relay's cursor connections. */
export type PageInfo = {
  __typename: 'PageInfo';
  /** The cursor of the page's last edge: pass it as `after`. Null on an empty page: keep the cursor that you had. */
  endCursor: Maybe<Scalars['String']['output']>;
  /**
   * Whether there is more after this page. If Cotalker's count does not say, this field costs one more call, which reads
   * the next page.
   */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether this page was requested after a cursor, so that something is before it. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the page's first edge. Null on an empty page. */
  startCursor: Maybe<Scalars['String']['output']>;
};

/** By what a panel sorts. */
export type PanelSort =
  /** By the creation. */
  | 'CREATED_AT'
  /** By the last message. */
  | 'LAST_MESSAGE'
  /** By the last change. */
  | 'MODIFIED_AT'
  /** By name. */
  | 'NAME'
  /** By weight, smaller first. */
  | 'WEIGHT';

/** What a panel shows first. */
export type PanelView =
  /** The channels, as in a group without a workflow. */
  | 'CHANNELS'
  /** The tasks. */
  | 'TASKS';

/** Reads groups of Cotalker's main menu, with the caller's own token. */
export type Query = {
  __typename: 'Query';
  /** One channel. Null if it is not in Cotalker. */
  channel: Maybe<Channel>;
  /**
   * One group. Null if the caller cannot see it.
   *
   * With the header `Admin: true` this is one call to Cotalker. Without it, the gateway searches all groups that the
   * caller can list, including inactive ones.
   */
  group: Maybe<Group>;
  /**
   * Every group that the caller may see, oldest change first, unless `order` says otherwise.
   *
   * You miss nothing while you page: a group that changes comes again at its new position. You can store a cursor:
   * days later, it lists what has changed since. `first` is 0 to 500. A cursor is valid only with the filter that it
   * came from.
   */
  groups: Maybe<GroupConnection>;
  /** The caller's main menu, sorted by weight: the active groups that have no parent and are in no category. Each entry opens to its `children`. */
  mainMenu: Maybe<Array<Maybe<Group>>>;
  /**
   * One task. Null if it is not in Cotalker, or if the caller cannot see it.
   *
   * With `groupId` it takes one call, and one more that tells the task group of the group, unless that is remembered. Without
   * it, the gateway asks the caller's task groups one after the other. If there are more than 20, or the token may not list
   * them, it is refused (`BAD_USER_INPUT`): pass `groupId`.
   */
  task: Maybe<Task>;
  /** One person. Null if the person is not in Cotalker. All people of a query take one call for 30 of them. */
  user: Maybe<User>;
  /** Who is signed in: the person of the token. One call to Cotalker. */
  viewer: Maybe<Viewer>;
};


/** Reads groups of Cotalker's main menu, with the caller's own token. */
export type QueryChannelArgs = {
  id: Scalars['ID']['input'];
};


/** Reads groups of Cotalker's main menu, with the caller's own token. */
export type QueryGroupArgs = {
  id: Scalars['ID']['input'];
};


/** Reads groups of Cotalker's main menu, with the caller's own token. */
export type QueryGroupsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<GroupFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  order?: InputMaybe<ListOrder>;
};


/** Reads groups of Cotalker's main menu, with the caller's own token. */
export type QueryTaskArgs = {
  groupId?: InputMaybe<Scalars['ID']['input']>;
  id: Scalars['ID']['input'];
};


/** Reads groups of Cotalker's main menu, with the caller's own token. */
export type QueryUserArgs = {
  id: Scalars['ID']['input'];
};

/** Cotalker does not accept it, and does not say why in a way that it documents. */
export type Refused = MutationError & {
  __typename: 'Refused';
  /** In English, for people. */
  message: Scalars['String']['output'];
  /** The HTTP status of Cotalker's answer, such as 400. */
  status: Scalars['Int']['output'];
};

/** What to write, and where. */
export type SendMessageInput = {
  /** The id of the channel. */
  channelId: Scalars['ID']['input'];
  /** Any text: it comes back as it is. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The text, which must not be blank. It is sent as it is, as `text/plain`. */
  text: Scalars['String']['input'];
};

/** What has come of a `sendMessage`. */
export type SendMessagePayload = {
  __typename: 'SendMessagePayload';
  /** As it was sent. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** Why it has not been sent. Empty: it has been. */
  errors: Array<MutationError>;
  /** The message as Cotalker has it. Null if it has not been sent. */
  message: Maybe<Message>;
};

/** The direction of an order. */
export type SortDirection =
  /** The smallest, oldest or first in the alphabet comes first. */
  | 'ASC'
  /** The largest, latest or last in the alphabet comes first. */
  | 'DESC';

/** A group with channels. If `isCategory` is true, it is a sub-menu of the main menu. */
export type StandardGroup = MenuEntry & {
  __typename: 'StandardGroup';
  /** The buttons of the group's panel, sorted by weight. A button that cannot be read comes last, with errors for its fields. */
  actions: Array<GroupAction>;
  /** The category that holds the group. Null if no active group that the caller may see holds it. */
  category: Maybe<StandardGroup>;
  /** The group's channels, oldest change first, unless `order` says otherwise. You can store a cursor, as with `Query.groups`. */
  channels: Maybe<ChannelConnection>;
  /** The groups that open below this one. A category has its nested groups; any other group has the groups whose `parent` it is. Only active groups, sorted by weight, then name. */
  children: Maybe<Array<Maybe<Group>>>;
  /** The group's unique code: at most 60 characters of `[a-z0-9_]`. */
  code: Maybe<Scalars['String']['output']>;
  /** When the group was created. */
  createdAt: Maybe<Scalars['DateTime']['output']>;
  /** The icon to draw beside the name. Null if Cotalker has neither a path nor a colour. */
  icon: Maybe<Icon>;
  /** Cotalker's id of the group: 24 hexadecimal characters. */
  id: Scalars['ID']['output'];
  /** Whether the group is in use. The main menu shows active groups only. */
  isActive: Scalars['Boolean']['output'];
  /** Whether the group is a sub-menu of the main menu. If so, `children` are its nested groups. */
  isCategory: Scalars['Boolean']['output'];
  /** When the group last changed. `Query.groups` is sorted by this. */
  modifiedAt: Maybe<Scalars['DateTime']['output']>;
  /** The display name. If Cotalker has no name, the code; if it has no code, the id. */
  name: Scalars['String']['output'];
  /** How the group's panel shows its channels and tasks. */
  panel: GroupPanel;
  /** The group whose panel shows this one. Null for a group of the main menu, or if the parent is not an active group that the caller may see. */
  parent: Maybe<Group>;
  /** The group's order in the menu: smaller weights come first, gaps are allowed, groups without a weight come last. */
  weight: Maybe<Scalars['Float']['output']>;
};


/** A group with channels. If `isCategory` is true, it is a sub-menu of the main menu. */
export type StandardGroupChannelsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  includeInactive?: InputMaybe<Scalars['Boolean']['input']>;
  order?: InputMaybe<ListOrder>;
  search?: InputMaybe<Scalars['String']['input']>;
};


/** A group with channels. If `isCategory` is true, it is a sub-menu of the main menu. */
export type StandardGroupNameArgs = {
  language?: InputMaybe<Scalars['String']['input']>;
};

/** A state that a task can be in. */
export type State = {
  __typename: 'State';
  /** The code of the state's property. */
  code: Maybe<Scalars['String']['output']>;
  /** Cotalker's id of the state: 24 hexadecimal characters. */
  id: Scalars['ID']['output'];
  /** Whether the state is in use. */
  isActive: Scalars['Boolean']['output'];
  /** The display name, which is the name of the state's property. */
  name: Maybe<Scalars['String']['output']>;
  /**
   * The tasks in this state, in the order of their creation: you miss nothing while you page. The gateway reads all tasks of
   * the task group for that, a call for 1,000 of them. So all states of a board together take one call.
   */
  tasks: Maybe<TaskConnection>;
  /** The transitions out of the state. A transition that cannot be read has errors for its fields. */
  transitions: Array<StateTransition>;
  /** The phase of a task's life that the state belongs to. */
  type: Maybe<StateType>;
};


/** A state that a task can be in. */
export type StateTasksArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<TaskFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Somebody else, or an automation, has moved the task since the person saw it. Show it where it is now. */
export type StateChanged = MutationError & {
  __typename: 'StateChanged';
  /** In English, for people. */
  message: Scalars['String']['output'];
};

/** The states that a task can be in, and the transitions between them. */
export type StateMachine = {
  __typename: 'StateMachine';
  /** The state machine's code. */
  code: Maybe<Scalars['String']['output']>;
  /** When the state machine was created. */
  createdAt: Maybe<Scalars['DateTime']['output']>;
  /** Cotalker's id of the state machine: 24 hexadecimal characters. */
  id: Scalars['ID']['output'];
  /** The state of a new task. Null if the state is not in Cotalker. */
  initialState: Maybe<State>;
  /** Whether the state machine is in use. */
  isActive: Scalars['Boolean']['output'];
  /** The display name. If Cotalker has no name, the code; if it has no code, the id. */
  name: Scalars['String']['output'];
  /** All states of the machine, including inactive ones, in Cotalker's order. */
  states: Maybe<Array<State>>;
};

/** A transition from one state to another. */
export type StateTransition = {
  __typename: 'StateTransition';
  /** What can move a task along this transition. Triggers that this schema does not know are left out. */
  by: Array<TransitionTrigger>;
  /** The survey that must be answered for this transition. */
  requiredSurveyId: Maybe<Scalars['ID']['output']>;
  /** The state that it leads to. Null if the state is not in Cotalker. */
  to: Maybe<State>;
};

/** A phase of a task's life. */
export type StateType =
  /** Done or cancelled. */
  | 'CLOSED'
  /** In progress. */
  | 'IN_PROGRESS'
  /** Not started. */
  | 'NEW';

/** Events as they happen, as server-sent events: `Accept: text/event-stream`. */
export type Subscription = {
  __typename: 'Subscription';
  /**
   * The messages of a channel that are new, edited or removed, each with its cursor. The gateway polls every few seconds,
   * with one call, and less often while nothing changes.
   *
   * A reconnect loses nothing: pass the last cursor as `after`. A cursor of `Channel.messages` works too, so start with the
   * `startCursor` of the first page. Each event is a request of its own: `sender { name }` takes a call for each, and
   * `sender { id }` none. It ends with `NOT_FOUND` once the channel is gone.
   */
  channelChanged: Maybe<MessageEdge>;
  /**
   * The groups that change or are new, each with its cursor. The gateway polls every few seconds, and less often while
   * nothing changes.
   *
   * A reconnect loses nothing: pass the last cursor as `after`. A cursor of `Query.groups` with the same filter and the
   * order `OLDEST` works too, but none of `NEWEST`. There is no event for a group that leaves the list. With `includeInactive`, a deactivated group stays on it.
   * If Cotalker no longer accepts the token, the last event is that error. If the events end without an error, the
   * gateway was stopped: subscribe again.
   */
  groupChanged: Maybe<GroupEdge>;
};


/** Events as they happen, as server-sent events: `Accept: text/event-stream`. */
export type SubscriptionChannelChangedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  channelId: Scalars['ID']['input'];
};


/** Events as they happen, as server-sent events: `Accept: text/event-stream`. */
export type SubscriptionGroupChangedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<GroupFilter>;
};

/** A message of the platform, in Markdown (`text/system`). */
export type SystemMessage = Message & {
  __typename: 'SystemMessage';
  /** The channel of the message. Null if it is no longer in Cotalker. */
  channel: Maybe<Channel>;
  /** The content type that Cotalker gives. */
  contentType: Maybe<Scalars['String']['output']>;
  /** When the message last changed, if that was more than a second after it was sent; else null. */
  editedAt: Maybe<Scalars['DateTime']['output']>;
  /** Cotalker's id of the message: 24 hexadecimal characters. */
  id: Scalars['ID']['output'];
  /** Whether the message was removed. */
  isRemoved: Maybe<Scalars['Boolean']['output']>;
  /** The text, in Markdown. Null if the message was removed. */
  markdown: Maybe<Scalars['String']['output']>;
  /** When the message last changed. */
  modifiedAt: Maybe<Scalars['DateTime']['output']>;
  /** Who sent the message. Null if Cotalker does not say, or if the person is no longer in Cotalker. */
  sender: Maybe<User>;
  /** When the message was sent. */
  sentAt: Maybe<Scalars['DateTime']['output']>;
};

/** A piece of work in a task group. */
export type Task = {
  __typename: 'Task';
  /** The person who is to do the task. Null if there is none, or if the person is no longer in Cotalker. */
  assignee: Maybe<User>;
  /** The channel that discusses the task. Null if it has none, or if the channel is no longer in Cotalker. */
  channel: Maybe<Channel>;
  /** When the task was closed. */
  closedAt: Maybe<Scalars['DateTime']['output']>;
  /** When the task was created. */
  createdAt: Maybe<Scalars['DateTime']['output']>;
  /** Who created the task. */
  createdBy: Maybe<User>;
  /** Who may edit the task. Null stands for a person who is no longer in Cotalker. */
  editors: Maybe<Array<Maybe<User>>>;
  /** When the work is to end. */
  endDate: Maybe<Scalars['DateTime']['output']>;
  /** How long the work is expected to take, in days. */
  estimatedDays: Maybe<Scalars['Float']['output']>;
  /** Who follows the task. Null stands for a person who is no longer in Cotalker. */
  followers: Maybe<Array<Maybe<User>>>;
  /** Cotalker's id of the task: 24 hexadecimal characters. */
  id: Scalars['ID']['output'];
  /** The task's picture. */
  image: Maybe<Image>;
  /** A description of the task. */
  info: Maybe<Scalars['String']['output']>;
  /** Whether the task is in use. */
  isActive: Scalars['Boolean']['output'];
  /** When the task last changed. */
  modifiedAt: Maybe<Scalars['DateTime']['output']>;
  /** The name of the task. If Cotalker has none, its id. */
  name: Scalars['String']['output'];
  /** The id of the task that this task is part of. */
  parentId: Maybe<Scalars['ID']['output']>;
  /** The task's running number. */
  serial: Maybe<Scalars['Int']['output']>;
  /** When the work is to begin. */
  startDate: Maybe<Scalars['DateTime']['output']>;
  /**
   * The state that the task is in. Null if the state is no longer in Cotalker.
   *
   * The `status` of the task tells the `id`, `name` and `code` of its state: one call for 100 names, for all task groups
   * together. If a task has no status, or the query selects other fields, each task group takes a call for its states.
   */
  state: Maybe<State>;
  /** When the task entered its current state. */
  stateChangedAt: Maybe<Scalars['DateTime']['output']>;
  /** The state machine that the task follows. */
  stateMachine: Maybe<StateMachine>;
  /**
   * What the task is tagged with, by slot. These are the slots that its state machine uses, empty ones too. If there is no
   * state machine, or it does not tell, they are the slots that are not empty. Each task group takes a call for its state
   * machines.
   */
  statuses: Maybe<Array<TaskStatus>>;
  /** The task's order among others: smaller weights come first. */
  weight: Maybe<Scalars['Float']['output']>;
};

/** A page of tasks. */
export type TaskConnection = {
  __typename: 'TaskConnection';
  /** The page's tasks with their cursors. */
  edges: Array<TaskEdge>;
  /** The page's tasks. One that could not be read is null, and an error says why. */
  nodes: Array<Maybe<Task>>;
  /** The page's position in the list. */
  pageInfo: PageInfo;
  /**
   * The number of tasks that match the arguments.
   * Null if that is unknown: Cotalker's count may be missing, or count more records or only one page. Then it is known
   * only if the page reaches to the end of the list.
   */
  totalCount: Maybe<Scalars['Int']['output']>;
};

/** A task and its position in the list. */
export type TaskEdge = {
  __typename: 'TaskEdge';
  /**
   * The position right after this task. In a list that is sorted by name, it is a number: Cotalker has no other order. If
   * tasks are added, removed or renamed while you page, a task may come twice or not at all. If the list must be complete,
   * read it again from the start. `TaskFilter` says which lists are sorted otherwise, and miss nothing.
   */
  cursor: Scalars['String']['output'];
  /** The task. If it could not be read, it is null, and an error says why. */
  node: Maybe<Task>;
};

/**
 * Narrows a list of tasks. All given fields must match.
 *
 * Cotalker lists tasks by dates alone. For any other field, the gateway reads all tasks of the task group, a call for 1,000 of
 * them, and compares ids. Then the tasks come in the order of their creation. That never changes, so you miss nothing while you
 * page, and you can store a cursor.
 */
export type TaskFilter = {
  /** Only tasks that this person is to do. */
  assigneeId?: InputMaybe<Scalars['ID']['input']>;
  /** Only tasks that were created at or after this time. */
  createdSince?: InputMaybe<Scalars['DateTime']['input']>;
  /** Whether to list inactive tasks too. */
  includeInactive?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether to list only tasks that the person of the token is to do. One more call tells who that is. */
  mine?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only tasks that changed at or after this time. */
  modifiedSince?: InputMaybe<Scalars['DateTime']['input']>;
  /**
   * Only tasks that Cotalker finds for these words. Blank text filters nothing. It alone knows in which fields it looks. Nobody knows
   * whether it finds inactive tasks: with `includeInactive`, the filter is refused (`BAD_USER_INPUT`). So it is if Cotalker takes no
   * notice of the words, or if it may have found more tasks than it tells.
   */
  search?: InputMaybe<Scalars['String']['input']>;
  /** Only tasks in this state. */
  stateId?: InputMaybe<Scalars['ID']['input']>;
  /** Only tasks that follow this state machine. */
  stateMachineId?: InputMaybe<Scalars['ID']['input']>;
};

/** A group that runs a workflow: it has a state machine, tasks and channels. */
export type TaskGroup = MenuEntry & {
  __typename: 'TaskGroup';
  /** The buttons of the group's panel, sorted by weight. A button that cannot be read comes last, with errors for its fields. */
  actions: Array<GroupAction>;
  /** The category that holds the group. Null if no active group that the caller may see holds it. */
  category: Maybe<StandardGroup>;
  /** The group's channels, oldest change first, unless `order` says otherwise. You can store a cursor, as with `Query.groups`. */
  channels: Maybe<ChannelConnection>;
  /** The groups that open below this one. A category has its nested groups; any other group has the groups whose `parent` it is. Only active groups, sorted by weight, then name. */
  children: Maybe<Array<Maybe<Group>>>;
  /** The group's unique code: at most 60 characters of `[a-z0-9_]`. */
  code: Maybe<Scalars['String']['output']>;
  /** When the group was created. */
  createdAt: Maybe<Scalars['DateTime']['output']>;
  /** The icon to draw beside the name. Null if Cotalker has neither a path nor a colour. */
  icon: Maybe<Icon>;
  /** Cotalker's id of the group: 24 hexadecimal characters. The id of its task group record is `workflow.id`. */
  id: Scalars['ID']['output'];
  /** Whether the group is in use. The main menu shows active groups only. */
  isActive: Scalars['Boolean']['output'];
  /** When the group last changed. `Query.groups` is sorted by this. */
  modifiedAt: Maybe<Scalars['DateTime']['output']>;
  /** The display name. If Cotalker has no name, the code; if it has no code, the id. */
  name: Scalars['String']['output'];
  /** How the group's panel shows its channels and tasks. */
  panel: GroupPanel;
  /** The group whose panel shows this one. Null for a group of the main menu, or if the parent is not an active group that the caller may see. */
  parent: Maybe<Group>;
  /** The state machine of a new task. Null if the workflow names none. */
  stateMachine: Maybe<StateMachine>;
  /** All state machines of the workflow, including inactive ones. */
  stateMachines: Maybe<Array<StateMachine>>;
  /**
   * The group's tasks, sorted by name: Cotalker has no other order. So a cursor is a position that is valid only with
   * the same arguments. `TaskEdge.cursor` says what happens when tasks change. `TaskFilter` says which filters have another
   * order.
   */
  tasks: Maybe<TaskConnection>;
  /** The group's order in the menu: smaller weights come first, gaps are allowed, groups without a weight come last. */
  weight: Maybe<Scalars['Float']['output']>;
  /** The settings of the group's workflow. */
  workflow: Maybe<Workflow>;
};


/** A group that runs a workflow: it has a state machine, tasks and channels. */
export type TaskGroupChannelsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  includeInactive?: InputMaybe<Scalars['Boolean']['input']>;
  order?: InputMaybe<ListOrder>;
  search?: InputMaybe<Scalars['String']['input']>;
};


/** A group that runs a workflow: it has a state machine, tasks and channels. */
export type TaskGroupNameArgs = {
  language?: InputMaybe<Scalars['String']['input']>;
};


/** A group that runs a workflow: it has a state machine, tasks and channels. */
export type TaskGroupTasksArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<TaskFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A slot of a task, such as its zone or its priority, and the property in it. */
export type TaskStatus = {
  __typename: 'TaskStatus';
  /** The code of that property. */
  code: Maybe<Scalars['String']['output']>;
  /** What the slot is for: the name of its type of properties, else the code of that. Null if Cotalker tells neither, as of an empty slot. */
  name: Maybe<Scalars['String']['output']>;
  /** The number of the slot, 1 to 5: Cotalker calls them `status1` to `status5`. */
  slot: Scalars['Int']['output'];
  /** The name of the property in the slot. Null if the slot is empty, or if the property is no longer in Cotalker. */
  value: Maybe<Scalars['String']['output']>;
};

/** A way to show tasks. */
export type TaskView =
  /** In a calendar. */
  | 'CALENDAR'
  /** As a Gantt chart. */
  | 'GANTT'
  /** As a table. */
  | 'GRID'
  /** As a board with a column for each state. */
  | 'KANBAN'
  /** As a list. */
  | 'LIST';

/** Text that a person or a bot wrote (`text/plain`). */
export type TextMessage = Message & {
  __typename: 'TextMessage';
  /** The channel of the message. Null if it is no longer in Cotalker. */
  channel: Maybe<Channel>;
  /** The content type that Cotalker gives. */
  contentType: Maybe<Scalars['String']['output']>;
  /** When the message last changed, if that was more than a second after it was sent; else null. */
  editedAt: Maybe<Scalars['DateTime']['output']>;
  /** Cotalker's id of the message: 24 hexadecimal characters. */
  id: Scalars['ID']['output'];
  /** Whether the message was removed. */
  isRemoved: Maybe<Scalars['Boolean']['output']>;
  /** When the message last changed. */
  modifiedAt: Maybe<Scalars['DateTime']['output']>;
  /** Who sent the message. Null if Cotalker does not say, or if the person is no longer in Cotalker. */
  sender: Maybe<User>;
  /** When the message was sent. */
  sentAt: Maybe<Scalars['DateTime']['output']>;
  /** The text. Null if the message was removed. */
  text: Maybe<Scalars['String']['output']>;
};

/** What can move a task along a transition. */
export type TransitionTrigger =
  /** A person, by hand. */
  | 'MANUAL'
  /** Only automations, nothing that a person does. */
  | 'NONE'
  /** The answer to a survey. */
  | 'SURVEY';

/** Where a panel shows the channels that belong to no part. */
export type UngroupedChannels =
  /** Nowhere. */
  | 'HIDE'
  /** Above the parts. */
  | 'TOP';

/** A person, with the fields that a front end may show. */
export type User = {
  __typename: 'User';
  /** The person's picture. */
  avatar: Maybe<Image>;
  /** The e-mail address. */
  email: Maybe<Scalars['String']['output']>;
  /** Cotalker's id of the person: 24 hexadecimal characters. */
  id: Scalars['ID']['output'];
  /** Whether the account is in use. Tasks and channels may still point to people who left. */
  isActive: Scalars['Boolean']['output'];
  /** Whether the person is online. Null if Cotalker does not say. */
  isOnline: Maybe<Scalars['Boolean']['output']>;
  /** The person's job in the company. */
  jobTitle: Maybe<Scalars['String']['output']>;
  /** The display name. If Cotalker has none, the id. */
  name: Scalars['String']['output'];
};

/** The person whom the request's token stands for, with what a front end shows of its own user. */
export type Viewer = {
  __typename: 'Viewer';
  /** The person's picture. */
  avatar: Maybe<Image>;
  /** Cotalker's id of the company whose data the token reads. Null if Cotalker does not say. */
  companyId: Maybe<Scalars['ID']['output']>;
  /** The e-mail address. */
  email: Maybe<Scalars['String']['output']>;
  /** Cotalker's id of the person: 24 hexadecimal characters. */
  id: Scalars['ID']['output'];
  /** The person's job in the company. */
  jobTitle: Maybe<Scalars['String']['output']>;
  /** The display name. If Cotalker has none, the id. */
  name: Scalars['String']['output'];
};

/** The settings of a task group, from its task group record (COTTaskGroup). */
export type Workflow = {
  __typename: 'Workflow';
  /** The record's unique code (`collectionName`). */
  code: Maybe<Scalars['String']['output']>;
  /** The view that shows the tasks at first. */
  defaultView: Maybe<TaskView>;
  /** Whether tasks follow a state machine or move freely. */
  flowType: Maybe<FlowType>;
  /** The number of days after which closed tasks are hidden. Null: never. */
  hideClosedAfterDays: Maybe<Scalars['Int']['output']>;
  /** Cotalker's id of the task group record, not of the group. */
  id: Scalars['ID']['output'];
  /** Whether the workflow is in use. */
  isActive: Scalars['Boolean']['output'];
};



export type ResolverTypeWrapper<T> = T | Promise<T> | Error;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;



/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  Group:
    | ( LinkGroupModel )
    | ( StandardGroupModel )
    | ( TaskGroupModel )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  MenuEntry:
    | ( LinkGroupModel )
    | ( StandardGroupModel )
    | ( TaskGroupModel )
  ;
  Message:
    | ( MessageModel )
    | ( MessageModel )
    | ( MessageModel )
    | ( MessageModel )
    | ( MessageModel )
    | ( MessageModel )
    | ( MessageModel )
  ;
  MutationError:
    | ( FormRequired )
    | ( Gone )
    | ( NotANextStateModel )
    | ( NotAllowed )
    | ( Refused )
    | ( StateChanged )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Channel: ResolverTypeWrapper<ChannelModel>;
  ChannelConnection: ResolverTypeWrapper<ChannelConnectionModel>;
  ChannelEdge: ResolverTypeWrapper<ChannelEdgeModel>;
  CreateTaskInput: CreateTaskInput;
  CreateTaskPayload: ResolverTypeWrapper<CreateTaskResult>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  EnrichedMessage: ResolverTypeWrapper<MessageModel>;
  FileMessage: ResolverTypeWrapper<MessageModel>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  FlowType: FlowType;
  FormMessage: ResolverTypeWrapper<MessageModel>;
  FormRequired: ResolverTypeWrapper<FormRequired>;
  Gone: ResolverTypeWrapper<Gone>;
  Group: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['Group']>;
  GroupAction: ResolverTypeWrapper<GroupActionModel>;
  GroupConnection: ResolverTypeWrapper<GroupConnectionModel>;
  GroupEdge: ResolverTypeWrapper<GroupEdgeModel>;
  GroupFilter: GroupFilter;
  GroupPanel: ResolverTypeWrapper<GroupPanelModel>;
  GroupType: GroupType;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Icon: ResolverTypeWrapper<IconModel>;
  Image: ResolverTypeWrapper<ImageModel>;
  ImageMessage: ResolverTypeWrapper<MessageModel>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  LastMessage: ResolverTypeWrapper<LastMessageModel>;
  LinkGroup: ResolverTypeWrapper<LinkGroupModel>;
  LinkTarget: LinkTarget;
  LinkType: LinkType;
  ListOrder: ListOrder;
  MenuEntry: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['MenuEntry']>;
  Message: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Message']>;
  MessageConnection: ResolverTypeWrapper<MessageConnectionModel>;
  MessageEdge: ResolverTypeWrapper<MessageEdgeModel>;
  MessageKind: MessageKind;
  MessagePart: ResolverTypeWrapper<MessagePartModel>;
  MessagePartKind: MessagePartKind;
  MoveTaskInput: MoveTaskInput;
  MoveTaskPayload: ResolverTypeWrapper<MoveTaskResult>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  MutationError: ResolverTypeWrapper<Hindrance>;
  NotANextState: ResolverTypeWrapper<NotANextStateModel>;
  NotAllowed: ResolverTypeWrapper<NotAllowed>;
  OtherMessage: ResolverTypeWrapper<MessageModel>;
  PageInfo: ResolverTypeWrapper<PageInfoModel>;
  PanelSort: PanelSort;
  PanelView: PanelView;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Refused: ResolverTypeWrapper<Refused>;
  SendMessageInput: SendMessageInput;
  SendMessagePayload: ResolverTypeWrapper<SendMessageResult>;
  SortDirection: SortDirection;
  StandardGroup: ResolverTypeWrapper<StandardGroupModel>;
  State: ResolverTypeWrapper<StateModel>;
  StateChanged: ResolverTypeWrapper<StateChanged>;
  StateMachine: ResolverTypeWrapper<StateMachineModel>;
  StateTransition: ResolverTypeWrapper<StateTransitionModel>;
  StateType: StateType;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SystemMessage: ResolverTypeWrapper<MessageModel>;
  Task: ResolverTypeWrapper<TaskModel>;
  TaskConnection: ResolverTypeWrapper<TaskConnectionModel>;
  TaskEdge: ResolverTypeWrapper<TaskEdgeModel>;
  TaskFilter: TaskFilter;
  TaskGroup: ResolverTypeWrapper<TaskGroupModel>;
  TaskStatus: ResolverTypeWrapper<TaskStatusModel>;
  TaskView: TaskView;
  TextMessage: ResolverTypeWrapper<MessageModel>;
  TransitionTrigger: TransitionTrigger;
  UngroupedChannels: UngroupedChannels;
  User: ResolverTypeWrapper<UserModel>;
  Viewer: ResolverTypeWrapper<ViewerModel>;
  Workflow: ResolverTypeWrapper<WorkflowModel>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Boolean: Scalars['Boolean']['output'];
  Channel: ChannelModel;
  ChannelConnection: ChannelConnectionModel;
  ChannelEdge: ChannelEdgeModel;
  CreateTaskInput: CreateTaskInput;
  CreateTaskPayload: CreateTaskResult;
  DateTime: Scalars['DateTime']['output'];
  EnrichedMessage: MessageModel;
  FileMessage: MessageModel;
  Float: Scalars['Float']['output'];
  FormMessage: MessageModel;
  FormRequired: FormRequired;
  Gone: Gone;
  Group: ResolversUnionTypes<ResolversParentTypes>['Group'];
  GroupAction: GroupActionModel;
  GroupConnection: GroupConnectionModel;
  GroupEdge: GroupEdgeModel;
  GroupFilter: GroupFilter;
  GroupPanel: GroupPanelModel;
  ID: Scalars['ID']['output'];
  Icon: IconModel;
  Image: ImageModel;
  ImageMessage: MessageModel;
  Int: Scalars['Int']['output'];
  LastMessage: LastMessageModel;
  LinkGroup: LinkGroupModel;
  MenuEntry: ResolversInterfaceTypes<ResolversParentTypes>['MenuEntry'];
  Message: ResolversInterfaceTypes<ResolversParentTypes>['Message'];
  MessageConnection: MessageConnectionModel;
  MessageEdge: MessageEdgeModel;
  MessagePart: MessagePartModel;
  MoveTaskInput: MoveTaskInput;
  MoveTaskPayload: MoveTaskResult;
  Mutation: Record<PropertyKey, never>;
  MutationError: Hindrance;
  NotANextState: NotANextStateModel;
  NotAllowed: NotAllowed;
  OtherMessage: MessageModel;
  PageInfo: PageInfoModel;
  Query: Record<PropertyKey, never>;
  Refused: Refused;
  SendMessageInput: SendMessageInput;
  SendMessagePayload: SendMessageResult;
  StandardGroup: StandardGroupModel;
  State: StateModel;
  StateChanged: StateChanged;
  StateMachine: StateMachineModel;
  StateTransition: StateTransitionModel;
  String: Scalars['String']['output'];
  Subscription: Record<PropertyKey, never>;
  SystemMessage: MessageModel;
  Task: TaskModel;
  TaskConnection: TaskConnectionModel;
  TaskEdge: TaskEdgeModel;
  TaskFilter: TaskFilter;
  TaskGroup: TaskGroupModel;
  TaskStatus: TaskStatusModel;
  TextMessage: MessageModel;
  User: UserModel;
  Viewer: ViewerModel;
  Workflow: WorkflowModel;
};

export type DeferDirectiveArgs = {
  if?: Scalars['Boolean']['input'];
  label?: Maybe<Scalars['String']['input']>;
};

export type DeferDirectiveResolver<Result, Parent, ContextType = Context, Args = DeferDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type SemanticNonNullDirectiveArgs = {
  levels?: Array<Scalars['Int']['input']>;
};

export type SemanticNonNullDirectiveResolver<Result, Parent, ContextType = Context, Args = SemanticNonNullDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type StreamDirectiveArgs = {
  if?: Scalars['Boolean']['input'];
  initialCount?: Scalars['Int']['input'];
  label?: Maybe<Scalars['String']['input']>;
};

export type StreamDirectiveResolver<Result, Parent, ContextType = Context, Args = StreamDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ChannelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Channel'] = ResolversParentTypes['Channel']> = {
  admins?: Resolver<Maybe<Array<Maybe<ResolversTypes['User']>>>, ParentType, ContextType>;
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  group?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  image?: Resolver<Maybe<ResolversTypes['Image']>, ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isDirect?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isPinned?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  isPrivate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isWritable?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  lastMessage?: Resolver<Maybe<ResolversTypes['LastMessage']>, ParentType, ContextType>;
  messages?: Resolver<Maybe<ResolversTypes['MessageConnection']>, ParentType, ContextType, RequireFields<ChannelMessagesArgs, 'first'>>;
  modifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  users?: Resolver<Maybe<Array<Maybe<ResolversTypes['User']>>>, ParentType, ContextType>;
};

export type ChannelConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChannelConnection'] = ResolversParentTypes['ChannelConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ChannelEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['Channel']>>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ChannelEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChannelEdge'] = ResolversParentTypes['ChannelEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Channel']>, ParentType, ContextType>;
};

export type CreateTaskPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateTaskPayload'] = ResolversParentTypes['CreateTaskPayload']> = {
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  errors?: Resolver<Array<ResolversTypes['MutationError']>, ParentType, ContextType>;
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type EnrichedMessageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EnrichedMessage'] = ResolversParentTypes['EnrichedMessage']> = {
  channel?: Resolver<Maybe<ResolversTypes['Channel']>, ParentType, ContextType>;
  contentType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  editedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isRemoved?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  modifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  parts?: Resolver<Maybe<Array<Maybe<ResolversTypes['MessagePart']>>>, ParentType, ContextType>;
  sender?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FileMessageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FileMessage'] = ResolversParentTypes['FileMessage']> = {
  channel?: Resolver<Maybe<ResolversTypes['Channel']>, ParentType, ContextType>;
  contentType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  editedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  fileName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isRemoved?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  modifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  sender?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FormMessageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FormMessage'] = ResolversParentTypes['FormMessage']> = {
  channel?: Resolver<Maybe<ResolversTypes['Channel']>, ParentType, ContextType>;
  content?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  contentType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  editedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isRemoved?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  modifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  sender?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FormRequiredResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FormRequired'] = ResolversParentTypes['FormRequired']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  surveyId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GoneResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Gone'] = ResolversParentTypes['Gone']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GroupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Group'] = ResolversParentTypes['Group']> = {
  __resolveType?: TypeResolveFn<'LinkGroup' | 'StandardGroup' | 'TaskGroup', ParentType, ContextType>;
};

export type GroupActionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GroupAction'] = ResolversParentTypes['GroupAction']> = {
  icon?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  opensIn?: Resolver<ResolversTypes['LinkTarget'], ParentType, ContextType>;
  sendsToken?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type GroupConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GroupConnection'] = ResolversParentTypes['GroupConnection']> = {
  edges?: Resolver<Array<ResolversTypes['GroupEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['Group']>>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type GroupEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GroupEdge'] = ResolversParentTypes['GroupEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
};

export type GroupPanelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GroupPanel'] = ResolversParentTypes['GroupPanel']> = {
  groupBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  groupSort?: Resolver<Maybe<ResolversTypes['PanelSort']>, ParentType, ContextType>;
  groupSortDirection?: Resolver<Maybe<ResolversTypes['SortDirection']>, ParentType, ContextType>;
  hiddenPropertyIds?: Resolver<Maybe<Array<ResolversTypes['ID']>>, ParentType, ContextType>;
  initialView?: Resolver<Maybe<ResolversTypes['PanelView']>, ParentType, ContextType>;
  sort?: Resolver<Maybe<ResolversTypes['PanelSort']>, ParentType, ContextType>;
  sortDirection?: Resolver<Maybe<ResolversTypes['SortDirection']>, ParentType, ContextType>;
  ungrouped?: Resolver<Maybe<ResolversTypes['UngroupedChannels']>, ParentType, ContextType>;
};

export type IconResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Icon'] = ResolversParentTypes['Icon']> = {
  color?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  path?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ImageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Image'] = ResolversParentTypes['Image']> = {
  original?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  small?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  square?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ImageMessageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImageMessage'] = ResolversParentTypes['ImageMessage']> = {
  channel?: Resolver<Maybe<ResolversTypes['Channel']>, ParentType, ContextType>;
  contentType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  editedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  image?: Resolver<Maybe<ResolversTypes['Image']>, ParentType, ContextType>;
  isRemoved?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  modifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  sender?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LastMessageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LastMessage'] = ResolversParentTypes['LastMessage']> = {
  content?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  contentType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  fileName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['MessageKind']>, ParentType, ContextType>;
  sender?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type LinkGroupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LinkGroup'] = ResolversParentTypes['LinkGroup']> = {
  actions?: Resolver<Array<ResolversTypes['GroupAction']>, ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['StandardGroup']>, ParentType, ContextType>;
  children?: Resolver<Maybe<Array<Maybe<ResolversTypes['Group']>>>, ParentType, ContextType>;
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  icon?: Resolver<Maybe<ResolversTypes['Icon']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  linkType?: Resolver<Maybe<ResolversTypes['LinkType']>, ParentType, ContextType>;
  modifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<LinkGroupNameArgs>>;
  opensIn?: Resolver<ResolversTypes['LinkTarget'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
  sendsToken?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  weight?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MenuEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MenuEntry'] = ResolversParentTypes['MenuEntry']> = {
  __resolveType?: TypeResolveFn<'LinkGroup' | 'StandardGroup' | 'TaskGroup', ParentType, ContextType>;
};

export type MessageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Message'] = ResolversParentTypes['Message']> = {
  __resolveType?: TypeResolveFn<'EnrichedMessage' | 'FileMessage' | 'FormMessage' | 'ImageMessage' | 'OtherMessage' | 'SystemMessage' | 'TextMessage', ParentType, ContextType>;
};

export type MessageConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageConnection'] = ResolversParentTypes['MessageConnection']> = {
  edges?: Resolver<Array<ResolversTypes['MessageEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['Message']>>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type MessageEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageEdge'] = ResolversParentTypes['MessageEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
};

export type MessagePartResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessagePart'] = ResolversParentTypes['MessagePart']> = {
  hint?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['MessagePartKind'], ParentType, ContextType>;
  taskId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type MoveTaskPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MoveTaskPayload'] = ResolversParentTypes['MoveTaskPayload']> = {
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  errors?: Resolver<Array<ResolversTypes['MutationError']>, ParentType, ContextType>;
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  createTask?: Resolver<Maybe<ResolversTypes['CreateTaskPayload']>, ParentType, ContextType, RequireFields<MutationCreateTaskArgs, 'input'>>;
  moveTask?: Resolver<Maybe<ResolversTypes['MoveTaskPayload']>, ParentType, ContextType, RequireFields<MutationMoveTaskArgs, 'input'>>;
  sendMessage?: Resolver<Maybe<ResolversTypes['SendMessagePayload']>, ParentType, ContextType, RequireFields<MutationSendMessageArgs, 'input'>>;
};

export type MutationErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MutationError'] = ResolversParentTypes['MutationError']> = {
  __resolveType?: TypeResolveFn<'FormRequired' | 'Gone' | 'NotANextState' | 'NotAllowed' | 'Refused' | 'StateChanged', ParentType, ContextType>;
};

export type NotANextStateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotANextState'] = ResolversParentTypes['NotANextState']> = {
  allowed?: Resolver<Array<ResolversTypes['State']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NotAllowedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotAllowed'] = ResolversParentTypes['NotAllowed']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OtherMessageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OtherMessage'] = ResolversParentTypes['OtherMessage']> = {
  channel?: Resolver<Maybe<ResolversTypes['Channel']>, ParentType, ContextType>;
  content?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  contentType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  editedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isRemoved?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  modifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  sender?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  channel?: Resolver<Maybe<ResolversTypes['Channel']>, ParentType, ContextType, RequireFields<QueryChannelArgs, 'id'>>;
  group?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType, RequireFields<QueryGroupArgs, 'id'>>;
  groups?: Resolver<Maybe<ResolversTypes['GroupConnection']>, ParentType, ContextType, RequireFields<QueryGroupsArgs, 'first' | 'order'>>;
  mainMenu?: Resolver<Maybe<Array<Maybe<ResolversTypes['Group']>>>, ParentType, ContextType>;
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType, RequireFields<QueryTaskArgs, 'id'>>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<QueryUserArgs, 'id'>>;
  viewer?: Resolver<Maybe<ResolversTypes['Viewer']>, ParentType, ContextType>;
};

export type RefusedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refused'] = ResolversParentTypes['Refused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SendMessagePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SendMessagePayload'] = ResolversParentTypes['SendMessagePayload']> = {
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  errors?: Resolver<Array<ResolversTypes['MutationError']>, ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
};

export type StandardGroupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StandardGroup'] = ResolversParentTypes['StandardGroup']> = {
  actions?: Resolver<Array<ResolversTypes['GroupAction']>, ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['StandardGroup']>, ParentType, ContextType>;
  channels?: Resolver<Maybe<ResolversTypes['ChannelConnection']>, ParentType, ContextType, RequireFields<StandardGroupChannelsArgs, 'first' | 'includeInactive' | 'order'>>;
  children?: Resolver<Maybe<Array<Maybe<ResolversTypes['Group']>>>, ParentType, ContextType>;
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  icon?: Resolver<Maybe<ResolversTypes['Icon']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isCategory?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  modifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<StandardGroupNameArgs>>;
  panel?: Resolver<ResolversTypes['GroupPanel'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
  weight?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['State'] = ResolversParentTypes['State']> = {
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tasks?: Resolver<Maybe<ResolversTypes['TaskConnection']>, ParentType, ContextType, RequireFields<StateTasksArgs, 'first'>>;
  transitions?: Resolver<Array<ResolversTypes['StateTransition']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['StateType']>, ParentType, ContextType>;
};

export type StateChangedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StateChanged'] = ResolversParentTypes['StateChanged']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StateMachineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StateMachine'] = ResolversParentTypes['StateMachine']> = {
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  initialState?: Resolver<Maybe<ResolversTypes['State']>, ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  states?: Resolver<Maybe<Array<ResolversTypes['State']>>, ParentType, ContextType>;
};

export type StateTransitionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StateTransition'] = ResolversParentTypes['StateTransition']> = {
  by?: Resolver<Array<ResolversTypes['TransitionTrigger']>, ParentType, ContextType>;
  requiredSurveyId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['State']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  channelChanged?: SubscriptionResolver<Maybe<ResolversTypes['MessageEdge']>, "channelChanged", ParentType, ContextType, RequireFields<SubscriptionChannelChangedArgs, 'channelId'>>;
  groupChanged?: SubscriptionResolver<Maybe<ResolversTypes['GroupEdge']>, "groupChanged", ParentType, ContextType, Partial<SubscriptionGroupChangedArgs>>;
};

export type SystemMessageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SystemMessage'] = ResolversParentTypes['SystemMessage']> = {
  channel?: Resolver<Maybe<ResolversTypes['Channel']>, ParentType, ContextType>;
  contentType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  editedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isRemoved?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  markdown?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  modifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  sender?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TaskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Task'] = ResolversParentTypes['Task']> = {
  assignee?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  channel?: Resolver<Maybe<ResolversTypes['Channel']>, ParentType, ContextType>;
  closedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  editors?: Resolver<Maybe<Array<Maybe<ResolversTypes['User']>>>, ParentType, ContextType>;
  endDate?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  estimatedDays?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  followers?: Resolver<Maybe<Array<Maybe<ResolversTypes['User']>>>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  image?: Resolver<Maybe<ResolversTypes['Image']>, ParentType, ContextType>;
  info?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  modifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parentId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  serial?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  startDate?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['State']>, ParentType, ContextType>;
  stateChangedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  stateMachine?: Resolver<Maybe<ResolversTypes['StateMachine']>, ParentType, ContextType>;
  statuses?: Resolver<Maybe<Array<ResolversTypes['TaskStatus']>>, ParentType, ContextType>;
  weight?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type TaskConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskConnection'] = ResolversParentTypes['TaskConnection']> = {
  edges?: Resolver<Array<ResolversTypes['TaskEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['Task']>>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type TaskEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskEdge'] = ResolversParentTypes['TaskEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
};

export type TaskGroupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskGroup'] = ResolversParentTypes['TaskGroup']> = {
  actions?: Resolver<Array<ResolversTypes['GroupAction']>, ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['StandardGroup']>, ParentType, ContextType>;
  channels?: Resolver<Maybe<ResolversTypes['ChannelConnection']>, ParentType, ContextType, RequireFields<TaskGroupChannelsArgs, 'first' | 'includeInactive' | 'order'>>;
  children?: Resolver<Maybe<Array<Maybe<ResolversTypes['Group']>>>, ParentType, ContextType>;
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  icon?: Resolver<Maybe<ResolversTypes['Icon']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  modifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<TaskGroupNameArgs>>;
  panel?: Resolver<ResolversTypes['GroupPanel'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
  stateMachine?: Resolver<Maybe<ResolversTypes['StateMachine']>, ParentType, ContextType>;
  stateMachines?: Resolver<Maybe<Array<ResolversTypes['StateMachine']>>, ParentType, ContextType>;
  tasks?: Resolver<Maybe<ResolversTypes['TaskConnection']>, ParentType, ContextType, RequireFields<TaskGroupTasksArgs, 'first'>>;
  weight?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  workflow?: Resolver<Maybe<ResolversTypes['Workflow']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TaskStatusResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskStatus'] = ResolversParentTypes['TaskStatus']> = {
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  slot?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TextMessageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TextMessage'] = ResolversParentTypes['TextMessage']> = {
  channel?: Resolver<Maybe<ResolversTypes['Channel']>, ParentType, ContextType>;
  contentType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  editedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isRemoved?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  modifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  sender?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User']> = {
  avatar?: Resolver<Maybe<ResolversTypes['Image']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isOnline?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  jobTitle?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  avatar?: Resolver<Maybe<ResolversTypes['Image']>, ParentType, ContextType>;
  companyId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  jobTitle?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WorkflowResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Workflow'] = ResolversParentTypes['Workflow']> = {
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  defaultView?: Resolver<Maybe<ResolversTypes['TaskView']>, ParentType, ContextType>;
  flowType?: Resolver<Maybe<ResolversTypes['FlowType']>, ParentType, ContextType>;
  hideClosedAfterDays?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Channel?: ChannelResolvers<ContextType>;
  ChannelConnection?: ChannelConnectionResolvers<ContextType>;
  ChannelEdge?: ChannelEdgeResolvers<ContextType>;
  CreateTaskPayload?: CreateTaskPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  EnrichedMessage?: EnrichedMessageResolvers<ContextType>;
  FileMessage?: FileMessageResolvers<ContextType>;
  FormMessage?: FormMessageResolvers<ContextType>;
  FormRequired?: FormRequiredResolvers<ContextType>;
  Gone?: GoneResolvers<ContextType>;
  Group?: GroupResolvers<ContextType>;
  GroupAction?: GroupActionResolvers<ContextType>;
  GroupConnection?: GroupConnectionResolvers<ContextType>;
  GroupEdge?: GroupEdgeResolvers<ContextType>;
  GroupPanel?: GroupPanelResolvers<ContextType>;
  Icon?: IconResolvers<ContextType>;
  Image?: ImageResolvers<ContextType>;
  ImageMessage?: ImageMessageResolvers<ContextType>;
  LastMessage?: LastMessageResolvers<ContextType>;
  LinkGroup?: LinkGroupResolvers<ContextType>;
  MenuEntry?: MenuEntryResolvers<ContextType>;
  Message?: MessageResolvers<ContextType>;
  MessageConnection?: MessageConnectionResolvers<ContextType>;
  MessageEdge?: MessageEdgeResolvers<ContextType>;
  MessagePart?: MessagePartResolvers<ContextType>;
  MoveTaskPayload?: MoveTaskPayloadResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  MutationError?: MutationErrorResolvers<ContextType>;
  NotANextState?: NotANextStateResolvers<ContextType>;
  NotAllowed?: NotAllowedResolvers<ContextType>;
  OtherMessage?: OtherMessageResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Refused?: RefusedResolvers<ContextType>;
  SendMessagePayload?: SendMessagePayloadResolvers<ContextType>;
  StandardGroup?: StandardGroupResolvers<ContextType>;
  State?: StateResolvers<ContextType>;
  StateChanged?: StateChangedResolvers<ContextType>;
  StateMachine?: StateMachineResolvers<ContextType>;
  StateTransition?: StateTransitionResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  SystemMessage?: SystemMessageResolvers<ContextType>;
  Task?: TaskResolvers<ContextType>;
  TaskConnection?: TaskConnectionResolvers<ContextType>;
  TaskEdge?: TaskEdgeResolvers<ContextType>;
  TaskGroup?: TaskGroupResolvers<ContextType>;
  TaskStatus?: TaskStatusResolvers<ContextType>;
  TextMessage?: TextMessageResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
  Workflow?: WorkflowResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  defer?: DeferDirectiveResolver<any, any, ContextType>;
  semanticNonNull?: SemanticNonNullDirectiveResolver<any, any, ContextType>;
  stream?: StreamDirectiveResolver<any, any, ContextType>;
};
