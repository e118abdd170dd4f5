/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
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
  clientMutationId?: string | null | undefined;
  /**
   * The id of the state that the person saw it in. If somebody else has moved it meanwhile, it is not moved: `StateChanged`.
   * If this is left out, it is moved from whatever state it is in.
   */
  fromStateId?: string | null | undefined;
  /** The id of the task's group, a `TaskGroup`. */
  groupId: string;
  /** The id of the state that it is moved to. */
  stateId: string;
  /** The id of the task. */
  taskId: string;
};

/** What to write, and where. */
export type SendMessageInput = {
  /** The id of the channel. */
  channelId: string;
  /** Any text: it comes back as it is. */
  clientMutationId?: string | null | undefined;
  /** The text, which must not be blank. It is sent as it is, as `text/plain`. */
  text: string;
};

/** A phase of a task's life. */
export type StateType =
  /** Done or cancelled. */
  | 'CLOSED'
  /** In progress. */
  | 'IN_PROGRESS'
  /** Not started. */
  | 'NEW';

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

export type FirstChannelsFragment = (
  { totalCount: number | null }
  & { ' $fragmentRefs'?: { 'ChannelPageFragment': ChannelPageFragment } }
) & { ' $fragmentName'?: 'FirstChannelsFragment' };

export type ChannelPageFragment = { nodes: Array<{ id: string, name: string, isPrivate: boolean, lastMessage: { kind: MessageKind | null, text: string | null, fileName: string | null, sentAt: string | null, sender: { ' $fragmentRefs'?: { 'PersonFragment': PersonFragment } } | null } | null } | null>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } & { ' $fragmentName'?: 'ChannelPageFragment' };

export type MoreChannelsQueryVariables = Exact<{
  id: string;
  after: string;
}>;


export type MoreChannelsQuery = { group:
    | { channels: { ' $fragmentRefs'?: { 'ChannelPageFragment': ChannelPageFragment } } | null }
    | { channels: { ' $fragmentRefs'?: { 'ChannelPageFragment': ChannelPageFragment } } | null }
    | Record<PropertyKey, never>
   | null };

export type ChatFragment = { name: string, isWritable: boolean | null, admins: Array<{ id: string } | null> | null, messages: { nodes: Array<
      | { ' $fragmentRefs'?: { 'ChatMessage_EnrichedMessage_Fragment': ChatMessage_EnrichedMessage_Fragment } }
      | { ' $fragmentRefs'?: { 'ChatMessage_FileMessage_Fragment': ChatMessage_FileMessage_Fragment } }
      | { ' $fragmentRefs'?: { 'ChatMessage_FormMessage_Fragment': ChatMessage_FormMessage_Fragment } }
      | { ' $fragmentRefs'?: { 'ChatMessage_ImageMessage_Fragment': ChatMessage_ImageMessage_Fragment } }
      | { ' $fragmentRefs'?: { 'ChatMessage_OtherMessage_Fragment': ChatMessage_OtherMessage_Fragment } }
      | { ' $fragmentRefs'?: { 'ChatMessage_SystemMessage_Fragment': ChatMessage_SystemMessage_Fragment } }
      | { ' $fragmentRefs'?: { 'ChatMessage_TextMessage_Fragment': ChatMessage_TextMessage_Fragment } }
     | null>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean } } | null } & { ' $fragmentName'?: 'ChatFragment' };

type ChatMessage_EnrichedMessage_Fragment = { __typename: 'EnrichedMessage', text: string | null, id: string, sentAt: string | null, modifiedAt: string | null, editedAt: string | null, isRemoved: boolean | null, parts: Array<{ kind: MessagePartKind, text: string | null, url: string | null, hint: string | null, taskId: string | null } | null> | null, sender: { ' $fragmentRefs'?: { 'PersonFragment': PersonFragment } } | null } & { ' $fragmentName'?: 'ChatMessage_EnrichedMessage_Fragment' };

type ChatMessage_FileMessage_Fragment = { __typename: 'FileMessage', url: string | null, fileName: string | null, id: string, sentAt: string | null, modifiedAt: string | null, editedAt: string | null, isRemoved: boolean | null, sender: { ' $fragmentRefs'?: { 'PersonFragment': PersonFragment } } | null } & { ' $fragmentName'?: 'ChatMessage_FileMessage_Fragment' };

type ChatMessage_FormMessage_Fragment = { __typename: 'FormMessage', id: string, sentAt: string | null, modifiedAt: string | null, editedAt: string | null, isRemoved: boolean | null, sender: { ' $fragmentRefs'?: { 'PersonFragment': PersonFragment } } | null } & { ' $fragmentName'?: 'ChatMessage_FormMessage_Fragment' };

type ChatMessage_ImageMessage_Fragment = { __typename: 'ImageMessage', id: string, sentAt: string | null, modifiedAt: string | null, editedAt: string | null, isRemoved: boolean | null, image: { original: string | null } | null, sender: { ' $fragmentRefs'?: { 'PersonFragment': PersonFragment } } | null } & { ' $fragmentName'?: 'ChatMessage_ImageMessage_Fragment' };

type ChatMessage_OtherMessage_Fragment = { __typename: 'OtherMessage', id: string, sentAt: string | null, modifiedAt: string | null, editedAt: string | null, isRemoved: boolean | null, sender: { ' $fragmentRefs'?: { 'PersonFragment': PersonFragment } } | null } & { ' $fragmentName'?: 'ChatMessage_OtherMessage_Fragment' };

type ChatMessage_SystemMessage_Fragment = { __typename: 'SystemMessage', markdown: string | null, id: string, sentAt: string | null, modifiedAt: string | null, editedAt: string | null, isRemoved: boolean | null, sender: { ' $fragmentRefs'?: { 'PersonFragment': PersonFragment } } | null } & { ' $fragmentName'?: 'ChatMessage_SystemMessage_Fragment' };

type ChatMessage_TextMessage_Fragment = { __typename: 'TextMessage', text: string | null, id: string, sentAt: string | null, modifiedAt: string | null, editedAt: string | null, isRemoved: boolean | null, sender: { ' $fragmentRefs'?: { 'PersonFragment': PersonFragment } } | null } & { ' $fragmentName'?: 'ChatMessage_TextMessage_Fragment' };

export type ChatMessageFragment =
  | ChatMessage_EnrichedMessage_Fragment
  | ChatMessage_FileMessage_Fragment
  | ChatMessage_FormMessage_Fragment
  | ChatMessage_ImageMessage_Fragment
  | ChatMessage_OtherMessage_Fragment
  | ChatMessage_SystemMessage_Fragment
  | ChatMessage_TextMessage_Fragment
;

export type SendMessageMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type SendMessageMutation = { sendMessage: { message:
      | { ' $fragmentRefs'?: { 'ChatMessage_EnrichedMessage_Fragment': ChatMessage_EnrichedMessage_Fragment } }
      | { ' $fragmentRefs'?: { 'ChatMessage_FileMessage_Fragment': ChatMessage_FileMessage_Fragment } }
      | { ' $fragmentRefs'?: { 'ChatMessage_FormMessage_Fragment': ChatMessage_FormMessage_Fragment } }
      | { ' $fragmentRefs'?: { 'ChatMessage_ImageMessage_Fragment': ChatMessage_ImageMessage_Fragment } }
      | { ' $fragmentRefs'?: { 'ChatMessage_OtherMessage_Fragment': ChatMessage_OtherMessage_Fragment } }
      | { ' $fragmentRefs'?: { 'ChatMessage_SystemMessage_Fragment': ChatMessage_SystemMessage_Fragment } }
      | { ' $fragmentRefs'?: { 'ChatMessage_TextMessage_Fragment': ChatMessage_TextMessage_Fragment } }
     | null, errors: Array<
      | { __typename: 'FormRequired', message: string }
      | { __typename: 'Gone', message: string }
      | { __typename: 'NotANextState', message: string }
      | { __typename: 'NotAllowed', message: string }
      | { __typename: 'Refused', message: string }
      | { __typename: 'StateChanged', message: string }
    > } | null };

export type ChannelQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type ChannelQuery = { channel: { ' $fragmentRefs'?: { 'ChatFragment': ChatFragment } } | null };

export type ChannelChangedSubscriptionVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type ChannelChangedSubscription = { channelChanged: { cursor: string, node:
      | { ' $fragmentRefs'?: { 'ChatMessage_EnrichedMessage_Fragment': ChatMessage_EnrichedMessage_Fragment } }
      | { ' $fragmentRefs'?: { 'ChatMessage_FileMessage_Fragment': ChatMessage_FileMessage_Fragment } }
      | { ' $fragmentRefs'?: { 'ChatMessage_FormMessage_Fragment': ChatMessage_FormMessage_Fragment } }
      | { ' $fragmentRefs'?: { 'ChatMessage_ImageMessage_Fragment': ChatMessage_ImageMessage_Fragment } }
      | { ' $fragmentRefs'?: { 'ChatMessage_OtherMessage_Fragment': ChatMessage_OtherMessage_Fragment } }
      | { ' $fragmentRefs'?: { 'ChatMessage_SystemMessage_Fragment': ChatMessage_SystemMessage_Fragment } }
      | { ' $fragmentRefs'?: { 'ChatMessage_TextMessage_Fragment': ChatMessage_TextMessage_Fragment } }
     | null } | null };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { id: string } | null };

type GroupBody_LinkGroup_Fragment = (
  { __typename: 'LinkGroup', id: string }
  & { ' $fragmentRefs'?: { 'LinkPanelFragment': LinkPanelFragment } }
) & { ' $fragmentName'?: 'GroupBody_LinkGroup_Fragment' };

type GroupBody_StandardGroup_Fragment = { __typename: 'StandardGroup', isCategory: boolean, id: string, channels: { ' $fragmentRefs'?: { 'FirstChannelsFragment': FirstChannelsFragment } } | null } & { ' $fragmentName'?: 'GroupBody_StandardGroup_Fragment' };

type GroupBody_TaskGroup_Fragment = { __typename: 'TaskGroup', id: string, workflow: { defaultView: TaskView | null } | null, stateMachines: Array<{ ' $fragmentRefs'?: { 'StateMachineFragment': StateMachineFragment;'BoardMachineFragment': BoardMachineFragment } }> | null, tasks: { ' $fragmentRefs'?: { 'FirstTasksFragment': FirstTasksFragment;'FirstBoardTasksFragment': FirstBoardTasksFragment } } | null, channels: { ' $fragmentRefs'?: { 'FirstChannelsFragment': FirstChannelsFragment } } | null } & { ' $fragmentName'?: 'GroupBody_TaskGroup_Fragment' };

export type GroupBodyFragment =
  | GroupBody_LinkGroup_Fragment
  | GroupBody_StandardGroup_Fragment
  | GroupBody_TaskGroup_Fragment
;

type GroupChildren_LinkGroup_Fragment = { children: Array<
    | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
    | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
    | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
   | null> | null } & { ' $fragmentName'?: 'GroupChildren_LinkGroup_Fragment' };

type GroupChildren_StandardGroup_Fragment = { children: Array<
    | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
    | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
    | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
   | null> | null } & { ' $fragmentName'?: 'GroupChildren_StandardGroup_Fragment' };

type GroupChildren_TaskGroup_Fragment = { children: Array<
    | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
    | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
    | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
   | null> | null } & { ' $fragmentName'?: 'GroupChildren_TaskGroup_Fragment' };

export type GroupChildrenFragment =
  | GroupChildren_LinkGroup_Fragment
  | GroupChildren_StandardGroup_Fragment
  | GroupChildren_TaskGroup_Fragment
;

type GroupHead_LinkGroup_Fragment = { __typename: 'LinkGroup', name: string, icon: { path: string | null, color: string | null } | null, parent:
    | { id: string, name: string }
    | { id: string, name: string }
    | { id: string, name: string }
   | null, actions: Array<{ id: string | null, name: string | null, url: string | null, opensIn: LinkTarget }> } & { ' $fragmentName'?: 'GroupHead_LinkGroup_Fragment' };

type GroupHead_StandardGroup_Fragment = { __typename: 'StandardGroup', isCategory: boolean, name: string, icon: { path: string | null, color: string | null } | null, parent:
    | { id: string, name: string }
    | { id: string, name: string }
    | { id: string, name: string }
   | null, actions: Array<{ id: string | null, name: string | null, url: string | null, opensIn: LinkTarget }> } & { ' $fragmentName'?: 'GroupHead_StandardGroup_Fragment' };

type GroupHead_TaskGroup_Fragment = { __typename: 'TaskGroup', name: string, icon: { path: string | null, color: string | null } | null, parent:
    | { id: string, name: string }
    | { id: string, name: string }
    | { id: string, name: string }
   | null, actions: Array<{ id: string | null, name: string | null, url: string | null, opensIn: LinkTarget }> } & { ' $fragmentName'?: 'GroupHead_TaskGroup_Fragment' };

export type GroupHeadFragment =
  | GroupHead_LinkGroup_Fragment
  | GroupHead_StandardGroup_Fragment
  | GroupHead_TaskGroup_Fragment
;

export type GroupQueryVariables = Exact<{
  id: string;
}>;


export type GroupQuery = { group:
    | { ' $fragmentRefs'?: { 'GroupHead_LinkGroup_Fragment': GroupHead_LinkGroup_Fragment;'GroupChildren_LinkGroup_Fragment': GroupChildren_LinkGroup_Fragment } } & { ' $fragmentRefs'?: { 'GroupBody_LinkGroup_Fragment': Incremental<GroupBody_LinkGroup_Fragment> } }
    | { ' $fragmentRefs'?: { 'GroupHead_StandardGroup_Fragment': GroupHead_StandardGroup_Fragment;'GroupChildren_StandardGroup_Fragment': GroupChildren_StandardGroup_Fragment } } & { ' $fragmentRefs'?: { 'GroupBody_StandardGroup_Fragment': Incremental<GroupBody_StandardGroup_Fragment> } }
    | { ' $fragmentRefs'?: { 'GroupHead_TaskGroup_Fragment': GroupHead_TaskGroup_Fragment;'GroupChildren_TaskGroup_Fragment': GroupChildren_TaskGroup_Fragment } } & { ' $fragmentRefs'?: { 'GroupBody_TaskGroup_Fragment': Incremental<GroupBody_TaskGroup_Fragment> } }
   | null };

export type ChangedGroupQueryVariables = Exact<{
  id: string;
}>;


export type ChangedGroupQuery = { group:
    | { ' $fragmentRefs'?: { 'GroupHead_LinkGroup_Fragment': GroupHead_LinkGroup_Fragment } }
    | { ' $fragmentRefs'?: { 'GroupHead_StandardGroup_Fragment': GroupHead_StandardGroup_Fragment } }
    | { ' $fragmentRefs'?: { 'GroupHead_TaskGroup_Fragment': GroupHead_TaskGroup_Fragment } }
   | null };

export type LinkPanelFragment = { name: string, url: string | null, linkType: LinkType | null, opensIn: LinkTarget, sendsToken: boolean } & { ' $fragmentName'?: 'LinkPanelFragment' };

export type GroupChangedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type GroupChangedSubscription = { groupChanged: { cursor: string, node:
      | { id: string }
      | { id: string }
      | { id: string }
     | null } | null };

type MenuItem_LinkGroup_Fragment = { __typename: 'LinkGroup', url: string | null, opensIn: LinkTarget, id: string, name: string, icon: { path: string | null, color: string | null } | null } & { ' $fragmentName'?: 'MenuItem_LinkGroup_Fragment' };

type MenuItem_StandardGroup_Fragment = { __typename: 'StandardGroup', id: string, name: string, icon: { path: string | null, color: string | null } | null } & { ' $fragmentName'?: 'MenuItem_StandardGroup_Fragment' };

type MenuItem_TaskGroup_Fragment = { __typename: 'TaskGroup', id: string, name: string, icon: { path: string | null, color: string | null } | null } & { ' $fragmentName'?: 'MenuItem_TaskGroup_Fragment' };

export type MenuItemFragment =
  | MenuItem_LinkGroup_Fragment
  | MenuItem_StandardGroup_Fragment
  | MenuItem_TaskGroup_Fragment
;

export type MenuQueryVariables = Exact<{ [key: string]: never; }>;


export type MenuQuery = { mainMenu: Array<
    | (
      { children: Array<
        | (
          { children: Array<
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
            )
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
            )
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
            )
           | null> | null }
          & { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
        )
        | (
          { children: Array<
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
            )
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
            )
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
            )
           | null> | null }
          & { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
        )
        | (
          { children: Array<
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
            )
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
            )
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
            )
           | null> | null }
          & { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
        )
       | null> | null }
      & { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
    )
    | (
      { children: Array<
        | (
          { children: Array<
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
            )
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
            )
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
            )
           | null> | null }
          & { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
        )
        | (
          { children: Array<
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
            )
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
            )
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
            )
           | null> | null }
          & { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
        )
        | (
          { children: Array<
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
            )
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
            )
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
            )
           | null> | null }
          & { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
        )
       | null> | null }
      & { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
    )
    | (
      { children: Array<
        | (
          { children: Array<
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
            )
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
            )
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
            )
           | null> | null }
          & { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
        )
        | (
          { children: Array<
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
            )
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
            )
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
            )
           | null> | null }
          & { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
        )
        | (
          { children: Array<
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
            )
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
            )
            | (
              { children: Array<
                | { ' $fragmentRefs'?: { 'MenuItem_LinkGroup_Fragment': MenuItem_LinkGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_StandardGroup_Fragment': MenuItem_StandardGroup_Fragment } }
                | { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
               | null> | null }
              & { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
            )
           | null> | null }
          & { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
        )
       | null> | null }
      & { ' $fragmentRefs'?: { 'MenuItem_TaskGroup_Fragment': MenuItem_TaskGroup_Fragment } }
    )
   | null> | null };

export type PersonFragment = { id: string, name: string } & { ' $fragmentName'?: 'PersonFragment' };

export type CardFragment = { id: string, serial: number | null, name: string, modifiedAt: string | null, state: { id: string } | null, assignee: { ' $fragmentRefs'?: { 'PersonFragment': PersonFragment } } | null } & { ' $fragmentName'?: 'CardFragment' };

export type BoardMachineFragment = { id: string, states: Array<{ id: string, name: string | null, type: StateType | null, isActive: boolean }> | null } & { ' $fragmentName'?: 'BoardMachineFragment' };

export type MoreTasksQueryVariables = Exact<{
  id: string;
  after: string;
}>;


export type MoreTasksQuery = { group:
    | { tasks: { ' $fragmentRefs'?: { 'TaskPageFragment': TaskPageFragment } } | null }
    | Record<PropertyKey, never>
   | null };

export type MyTasksQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type MyTasksQuery = { groups: { nodes: Array<
      | { __typename: 'LinkGroup' }
      | { __typename: 'StandardGroup' }
      | { __typename: 'TaskGroup', id: string, name: string, tasks: { nodes: Array<{ id: string, serial: number | null, name: string, modifiedAt: string | null, state: { name: string | null, type: StateType | null } | null } | null>, pageInfo: { hasNextPage: boolean } } | null }
     | null>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type StateMachineFragment = { id: string, name: string, isActive: boolean, states: Array<{ id: string, name: string | null, type: StateType | null, isActive: boolean }> | null } & { ' $fragmentName'?: 'StateMachineFragment' };

export type FirstBoardTasksFragment = { totalCount: number | null, nodes: Array<{ ' $fragmentRefs'?: { 'CardFragment': CardFragment } } | null>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } & { ' $fragmentName'?: 'FirstBoardTasksFragment' };

export type BoardTasksQueryVariables = Exact<{
  id: string;
  after: string;
}>;


export type BoardTasksQuery = { group:
    | { tasks: { nodes: Array<{ ' $fragmentRefs'?: { 'CardFragment': CardFragment } } | null>, pageInfo: { hasNextPage: boolean } } | null }
    | Record<PropertyKey, never>
   | null };

export type FirstTasksFragment = (
  { totalCount: number | null }
  & { ' $fragmentRefs'?: { 'TaskPageFragment': TaskPageFragment } }
) & { ' $fragmentName'?: 'FirstTasksFragment' };

export type TaskPageFragment = { nodes: Array<{ id: string, serial: number | null, name: string, info: string | null, modifiedAt: string | null, state: { name: string | null, type: StateType | null } | null, assignee: { ' $fragmentRefs'?: { 'PersonFragment': PersonFragment } } | null } | null>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } & { ' $fragmentName'?: 'TaskPageFragment' };

export type TaskQueryVariables = Exact<{
  id: string;
  groupId?: string | null | undefined;
}>;


export type TaskQuery = { task: { serial: number | null, name: string, info: string | null, isActive: boolean, startDate: string | null, endDate: string | null, modifiedAt: string | null, estimatedDays: number | null, weight: number | null, parentId: string | null, state: { name: string | null, type: StateType | null } | null, statuses: Array<{ slot: number, name: string | null, value: string | null }> | null, assignee: { ' $fragmentRefs'?: { 'PersonFragment': PersonFragment } } | null, createdBy: { ' $fragmentRefs'?: { 'PersonFragment': PersonFragment } } | null, image: { original: string | null } | null, channel: { id: string, name: string } | null } | null };

export type MoveTaskMutationVariables = Exact<{
  input: MoveTaskInput;
}>;


export type MoveTaskMutation = { moveTask: { task: { ' $fragmentRefs'?: { 'CardFragment': CardFragment } } | null, errors: Array<
      | { __typename: 'FormRequired', message: string }
      | { __typename: 'Gone', message: string }
      | { __typename: 'NotANextState', message: string, allowed: Array<{ id: string, name: string | null }> }
      | { __typename: 'NotAllowed', message: string }
      | { __typename: 'Refused', message: string }
      | { __typename: 'StateChanged', message: string }
    > } | null };

export const PersonFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]} as unknown as DocumentNode<PersonFragment, unknown>;
export const ChatMessageFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ChatMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Message"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sentAt"}},{"kind":"Field","name":{"kind":"Name","value":"modifiedAt"}},{"kind":"Field","name":{"kind":"Name","value":"editedAt"}},{"kind":"Field","name":{"kind":"Name","value":"isRemoved"}},{"kind":"Field","name":{"kind":"Name","value":"sender"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TextMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SystemMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"markdown"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EnrichedMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"parts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"taskId"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ImageMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"image"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"original"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FileMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"fileName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]} as unknown as DocumentNode<ChatMessageFragment, unknown>;
export const ChatFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Chat"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Channel"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"isWritable"}},{"kind":"Field","name":{"kind":"Name","value":"admins"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"messages"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"30"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ChatMessage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ChatMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Message"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sentAt"}},{"kind":"Field","name":{"kind":"Name","value":"modifiedAt"}},{"kind":"Field","name":{"kind":"Name","value":"editedAt"}},{"kind":"Field","name":{"kind":"Name","value":"isRemoved"}},{"kind":"Field","name":{"kind":"Name","value":"sender"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TextMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SystemMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"markdown"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EnrichedMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"parts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"taskId"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ImageMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"image"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"original"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FileMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"fileName"}}]}}]}}]} as unknown as DocumentNode<ChatFragment, unknown>;
export const ChannelPageFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ChannelPage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ChannelConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"isPrivate"}},{"kind":"Field","name":{"kind":"Name","value":"lastMessage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"sentAt"}},{"kind":"Field","name":{"kind":"Name","value":"sender"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]} as unknown as DocumentNode<ChannelPageFragment, unknown>;
export const FirstChannelsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FirstChannels"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ChannelConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ChannelPage"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ChannelPage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ChannelConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"isPrivate"}},{"kind":"Field","name":{"kind":"Name","value":"lastMessage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"sentAt"}},{"kind":"Field","name":{"kind":"Name","value":"sender"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]} as unknown as DocumentNode<FirstChannelsFragment, unknown>;
export const StateMachineFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StateMachine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StateMachine"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"isActive"}},{"kind":"Field","name":{"kind":"Name","value":"states"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"isActive"}}]}}]}}]} as unknown as DocumentNode<StateMachineFragment, unknown>;
export const BoardMachineFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BoardMachine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StateMachine"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"states"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"isActive"}}]}}]}}]} as unknown as DocumentNode<BoardMachineFragment, unknown>;
export const TaskPageFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TaskPage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TaskConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serial"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"info"}},{"kind":"Field","name":{"kind":"Name","value":"state"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}}]}},{"kind":"Field","name":{"kind":"Name","value":"assignee"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"Field","name":{"kind":"Name","value":"modifiedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]} as unknown as DocumentNode<TaskPageFragment, unknown>;
export const FirstTasksFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FirstTasks"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TaskConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"TaskPage"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TaskPage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TaskConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serial"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"info"}},{"kind":"Field","name":{"kind":"Name","value":"state"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}}]}},{"kind":"Field","name":{"kind":"Name","value":"assignee"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"Field","name":{"kind":"Name","value":"modifiedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]} as unknown as DocumentNode<FirstTasksFragment, unknown>;
export const CardFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Card"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Task"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serial"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"modifiedAt"}},{"kind":"Field","name":{"kind":"Name","value":"state"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"assignee"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]} as unknown as DocumentNode<CardFragment, unknown>;
export const FirstBoardTasksFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FirstBoardTasks"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TaskConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Card"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Card"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Task"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serial"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"modifiedAt"}},{"kind":"Field","name":{"kind":"Name","value":"state"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"assignee"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}}]}}]} as unknown as DocumentNode<FirstBoardTasksFragment, unknown>;
export const LinkPanelFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LinkPanel"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LinkGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"linkType"}},{"kind":"Field","name":{"kind":"Name","value":"opensIn"}},{"kind":"Field","name":{"kind":"Name","value":"sendsToken"}}]}}]} as unknown as DocumentNode<LinkPanelFragment, unknown>;
export const GroupBodyFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GroupBody"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MenuEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StandardGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isCategory"}},{"kind":"Field","name":{"kind":"Name","value":"channels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"FirstChannels"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TaskGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workflow"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"defaultView"}}]}},{"kind":"Field","name":{"kind":"Name","value":"stateMachines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"StateMachine"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"BoardMachine"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tasks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"FirstTasks"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"FirstBoardTasks"}}]}},{"kind":"Field","name":{"kind":"Name","value":"channels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"FirstChannels"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"LinkPanel"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ChannelPage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ChannelConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"isPrivate"}},{"kind":"Field","name":{"kind":"Name","value":"lastMessage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"sentAt"}},{"kind":"Field","name":{"kind":"Name","value":"sender"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TaskPage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TaskConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serial"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"info"}},{"kind":"Field","name":{"kind":"Name","value":"state"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}}]}},{"kind":"Field","name":{"kind":"Name","value":"assignee"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"Field","name":{"kind":"Name","value":"modifiedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Card"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Task"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serial"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"modifiedAt"}},{"kind":"Field","name":{"kind":"Name","value":"state"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"assignee"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FirstChannels"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ChannelConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ChannelPage"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StateMachine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StateMachine"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"isActive"}},{"kind":"Field","name":{"kind":"Name","value":"states"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"isActive"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BoardMachine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StateMachine"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"states"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"isActive"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FirstTasks"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TaskConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"TaskPage"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FirstBoardTasks"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TaskConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Card"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LinkPanel"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LinkGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"linkType"}},{"kind":"Field","name":{"kind":"Name","value":"opensIn"}},{"kind":"Field","name":{"kind":"Name","value":"sendsToken"}}]}}]} as unknown as DocumentNode<GroupBodyFragment, unknown>;
export const MenuItemFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MenuItem"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MenuEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"icon"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"color"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LinkGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"opensIn"}}]}}]}}]} as unknown as DocumentNode<MenuItemFragment, unknown>;
export const GroupChildrenFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GroupChildren"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MenuEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"children"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MenuItem"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MenuItem"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MenuEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"icon"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"color"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LinkGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"opensIn"}}]}}]}}]} as unknown as DocumentNode<GroupChildrenFragment, unknown>;
export const GroupHeadFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GroupHead"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MenuEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"icon"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"color"}}]}},{"kind":"Field","name":{"kind":"Name","value":"parent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MenuEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StandardGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isCategory"}}]}},{"kind":"Field","name":{"kind":"Name","value":"actions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"opensIn"}}]}}]}}]} as unknown as DocumentNode<GroupHeadFragment, unknown>;
export const MoreChannelsDocument = {"__meta__":{"hash":"sha256:c770793bcb6f915a5bd2cd02182ea51519ecf7b5754837ac7ea84ba53ec91234"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MoreChannels"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"group"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StandardGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"channels"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ChannelPage"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TaskGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"channels"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ChannelPage"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ChannelPage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ChannelConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"isPrivate"}},{"kind":"Field","name":{"kind":"Name","value":"lastMessage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"sentAt"}},{"kind":"Field","name":{"kind":"Name","value":"sender"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]} as unknown as DocumentNode<MoreChannelsQuery, MoreChannelsQueryVariables>;
export const SendMessageDocument = {"__meta__":{"hash":"sha256:6dd94398010bbdfb3446f457c2c8b36fbdcee02a77929e7c0a8f66bd19acda69"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SendMessage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SendMessageInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sendMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ChatMessage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ChatMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Message"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sentAt"}},{"kind":"Field","name":{"kind":"Name","value":"modifiedAt"}},{"kind":"Field","name":{"kind":"Name","value":"editedAt"}},{"kind":"Field","name":{"kind":"Name","value":"isRemoved"}},{"kind":"Field","name":{"kind":"Name","value":"sender"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TextMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SystemMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"markdown"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EnrichedMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"parts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"taskId"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ImageMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"image"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"original"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FileMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"fileName"}}]}}]}}]} as unknown as DocumentNode<SendMessageMutation, SendMessageMutationVariables>;
export const ChannelDocument = {"__meta__":{"hash":"sha256:05de1a3e8c11e405c16b55ec0d7a0a5b27674add25f87007195ef4efab743ff1"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Channel"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"channel"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Chat"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ChatMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Message"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sentAt"}},{"kind":"Field","name":{"kind":"Name","value":"modifiedAt"}},{"kind":"Field","name":{"kind":"Name","value":"editedAt"}},{"kind":"Field","name":{"kind":"Name","value":"isRemoved"}},{"kind":"Field","name":{"kind":"Name","value":"sender"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TextMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SystemMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"markdown"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EnrichedMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"parts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"taskId"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ImageMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"image"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"original"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FileMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"fileName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Chat"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Channel"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"isWritable"}},{"kind":"Field","name":{"kind":"Name","value":"admins"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"messages"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"30"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ChatMessage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}}]} as unknown as DocumentNode<ChannelQuery, ChannelQueryVariables>;
export const ChannelChangedDocument = {"__meta__":{"hash":"sha256:763cacabfeb0b6af91494adfc594c5415d8cea5a43bd73fdff2002364a97b2ae"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"ChannelChanged"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"channelChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"channelId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ChatMessage"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ChatMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Message"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sentAt"}},{"kind":"Field","name":{"kind":"Name","value":"modifiedAt"}},{"kind":"Field","name":{"kind":"Name","value":"editedAt"}},{"kind":"Field","name":{"kind":"Name","value":"isRemoved"}},{"kind":"Field","name":{"kind":"Name","value":"sender"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TextMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SystemMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"markdown"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EnrichedMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"parts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"taskId"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ImageMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"image"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"original"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FileMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"fileName"}}]}}]}}]} as unknown as DocumentNode<ChannelChangedSubscription, ChannelChangedSubscriptionVariables>;
export const ViewerDocument = {"__meta__":{"hash":"sha256:71f0d9e34d8d732a1bdf17fff2b14c4bc01436b1c14a508b43d464405098b57c"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]} as unknown as DocumentNode<ViewerQuery, ViewerQueryVariables>;
export const GroupDocument = {"__meta__":{"hash":"sha256:30e8e20bf06c97e84bc1366164e27b8ac1d2e911d5ef22d9e1a91ab9908500b3","deferredFields":{"GroupBody":["__typename","id"]}},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Group"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"group"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GroupHead"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"GroupChildren"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"GroupBody"},"directives":[{"kind":"Directive","name":{"kind":"Name","value":"defer"}}]}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MenuItem"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MenuEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"icon"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"color"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LinkGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"opensIn"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ChannelPage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ChannelConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"isPrivate"}},{"kind":"Field","name":{"kind":"Name","value":"lastMessage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"sentAt"}},{"kind":"Field","name":{"kind":"Name","value":"sender"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FirstChannels"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ChannelConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ChannelPage"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StateMachine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StateMachine"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"isActive"}},{"kind":"Field","name":{"kind":"Name","value":"states"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"isActive"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BoardMachine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StateMachine"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"states"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"isActive"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TaskPage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TaskConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serial"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"info"}},{"kind":"Field","name":{"kind":"Name","value":"state"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}}]}},{"kind":"Field","name":{"kind":"Name","value":"assignee"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"Field","name":{"kind":"Name","value":"modifiedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FirstTasks"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TaskConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"TaskPage"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Card"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Task"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serial"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"modifiedAt"}},{"kind":"Field","name":{"kind":"Name","value":"state"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"assignee"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FirstBoardTasks"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TaskConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Card"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LinkPanel"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LinkGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"linkType"}},{"kind":"Field","name":{"kind":"Name","value":"opensIn"}},{"kind":"Field","name":{"kind":"Name","value":"sendsToken"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GroupHead"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MenuEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"icon"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"color"}}]}},{"kind":"Field","name":{"kind":"Name","value":"parent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MenuEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StandardGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isCategory"}}]}},{"kind":"Field","name":{"kind":"Name","value":"actions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"opensIn"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GroupChildren"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MenuEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"children"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MenuItem"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GroupBody"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MenuEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StandardGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isCategory"}},{"kind":"Field","name":{"kind":"Name","value":"channels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"FirstChannels"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TaskGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workflow"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"defaultView"}}]}},{"kind":"Field","name":{"kind":"Name","value":"stateMachines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"StateMachine"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"BoardMachine"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tasks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"FirstTasks"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"FirstBoardTasks"}}]}},{"kind":"Field","name":{"kind":"Name","value":"channels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"FirstChannels"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"LinkPanel"}}]}}]} as unknown as DocumentNode<GroupQuery, GroupQueryVariables>;
export const ChangedGroupDocument = {"__meta__":{"hash":"sha256:2ee5c364141d478dfaf0789ad883e297511720f34ad289fd1a2d59c332860ff8"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ChangedGroup"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"group"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GroupHead"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GroupHead"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MenuEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"icon"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"color"}}]}},{"kind":"Field","name":{"kind":"Name","value":"parent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MenuEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StandardGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isCategory"}}]}},{"kind":"Field","name":{"kind":"Name","value":"actions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"opensIn"}}]}}]}}]} as unknown as DocumentNode<ChangedGroupQuery, ChangedGroupQueryVariables>;
export const GroupChangedDocument = {"__meta__":{"hash":"sha256:cad61f0663a02196d1a138623fa47e8d9d184d566f6aa651af4eec2119408f70"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"GroupChanged"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"groupChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MenuEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]}}]} as unknown as DocumentNode<GroupChangedSubscription, GroupChangedSubscriptionVariables>;
export const MenuDocument = {"__meta__":{"hash":"sha256:a88dd3a36e9a2380aeab986ec6a36461921d3337857b012b7386800a29b71670"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Menu"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mainMenu"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MenuItem"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MenuEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"children"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MenuItem"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MenuEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"children"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MenuItem"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MenuEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"children"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MenuItem"}}]}}]}}]}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MenuItem"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MenuEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"icon"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"color"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LinkGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"opensIn"}}]}}]}}]} as unknown as DocumentNode<MenuQuery, MenuQueryVariables>;
export const MoreTasksDocument = {"__meta__":{"hash":"sha256:9772876f980e892ee8d46f24baaacf204dc8b409b5d7f80771165305c40c5507"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MoreTasks"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"group"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TaskGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tasks"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TaskPage"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TaskPage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TaskConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serial"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"info"}},{"kind":"Field","name":{"kind":"Name","value":"state"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}}]}},{"kind":"Field","name":{"kind":"Name","value":"assignee"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"Field","name":{"kind":"Name","value":"modifiedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]} as unknown as DocumentNode<MoreTasksQuery, MoreTasksQueryVariables>;
export const MyTasksDocument = {"__meta__":{"hash":"sha256:ff7cf240d5aa816fb94fdfb4436ca232ca7128067c5ab519750921fbf7939aff"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MyTasks"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"groups"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"type"},"value":{"kind":"EnumValue","value":"TASK"}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TaskGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"tasks"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"mine"},"value":{"kind":"BooleanValue","value":true}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serial"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"modifiedAt"}},{"kind":"Field","name":{"kind":"Name","value":"state"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<MyTasksQuery, MyTasksQueryVariables>;
export const BoardTasksDocument = {"__meta__":{"hash":"sha256:f7850f99721cb79e4195204c456201f00d405aa038dce445c6993c709035d9fb"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"BoardTasks"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"group"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TaskGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tasks"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"500"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Card"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Card"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Task"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serial"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"modifiedAt"}},{"kind":"Field","name":{"kind":"Name","value":"state"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"assignee"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}}]}}]} as unknown as DocumentNode<BoardTasksQuery, BoardTasksQueryVariables>;
export const TaskDocument = {"__meta__":{"hash":"sha256:38c3a12341e4cfa16cdd4c37c49f88a2fe6ec901e1b0a7ce2ed808597466d6ea"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Task"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"groupId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"task"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"groupId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"groupId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"serial"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"info"}},{"kind":"Field","name":{"kind":"Name","value":"isActive"}},{"kind":"Field","name":{"kind":"Name","value":"state"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}}]}},{"kind":"Field","name":{"kind":"Name","value":"statuses"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slot"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"assignee"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"Field","name":{"kind":"Name","value":"createdBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"Field","name":{"kind":"Name","value":"startDate"}},{"kind":"Field","name":{"kind":"Name","value":"endDate"}},{"kind":"Field","name":{"kind":"Name","value":"modifiedAt"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedDays"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"parentId"}},{"kind":"Field","name":{"kind":"Name","value":"image"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"original"}}]}},{"kind":"Field","name":{"kind":"Name","value":"channel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]} as unknown as DocumentNode<TaskQuery, TaskQueryVariables>;
export const MoveTaskDocument = {"__meta__":{"hash":"sha256:c4396ab091b4b038c3669334ef93c2f7f0c6c8a19e88b17d44a5863a081f31cc"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"MoveTask"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MoveTaskInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"moveTask"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"task"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Card"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotANextState"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"allowed"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Card"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Task"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serial"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"modifiedAt"}},{"kind":"Field","name":{"kind":"Name","value":"state"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"assignee"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}}]}}]} as unknown as DocumentNode<MoveTaskMutation, MoveTaskMutationVariables>;