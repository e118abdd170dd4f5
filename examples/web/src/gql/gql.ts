/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment FirstChannels on ChannelConnection {\n    totalCount\n    ...ChannelPage\n  }\n": typeof types.FirstChannelsFragmentDoc,
    "\n  fragment ChannelPage on ChannelConnection {\n    nodes {\n      id\n      name\n      isPrivate\n      lastMessage {\n        kind\n        text\n        fileName\n        sentAt\n        sender {\n          ...Person\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n": typeof types.ChannelPageFragmentDoc,
    "\n  query MoreChannels($id: ID!, $after: String!) {\n    group(id: $id) {\n      ... on StandardGroup {\n        channels(after: $after) {\n          ...ChannelPage\n        }\n      }\n      ... on TaskGroup {\n        channels(after: $after) {\n          ...ChannelPage\n        }\n      }\n    }\n  }\n": typeof types.MoreChannelsDocument,
    "\n  fragment Chat on Channel {\n    name\n    isWritable\n    admins {\n      id\n    }\n    messages(first: 30, after: $after) {\n      nodes {\n        ...ChatMessage\n      }\n      pageInfo {\n        startCursor\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": typeof types.ChatFragmentDoc,
    "\n  fragment ChatMessage on Message {\n    __typename\n    id\n    sentAt\n    modifiedAt\n    editedAt\n    isRemoved\n    sender {\n      ...Person\n    }\n    ... on TextMessage {\n      text\n    }\n    ... on SystemMessage {\n      markdown\n    }\n    ... on EnrichedMessage {\n      text\n      parts {\n        kind\n        text\n        url\n        hint\n        taskId\n      }\n    }\n    ... on ImageMessage {\n      image {\n        original\n      }\n    }\n    ... on FileMessage {\n      url\n      fileName\n    }\n  }\n": typeof types.ChatMessageFragmentDoc,
    "\n  mutation SendMessage($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      message {\n        ...ChatMessage\n      }\n      errors {\n        __typename\n        message\n      }\n    }\n  }\n": typeof types.SendMessageDocument,
    "\n  query Channel($id: ID!, $after: String) {\n    channel(id: $id) {\n      ...Chat\n    }\n  }\n": typeof types.ChannelDocument,
    "\n  subscription ChannelChanged($id: ID!, $after: String) {\n    channelChanged(channelId: $id, after: $after) {\n      cursor\n      node {\n        ...ChatMessage\n      }\n    }\n  }\n": typeof types.ChannelChangedDocument,
    "\n  query Viewer {\n    viewer {\n      id\n    }\n  }\n": typeof types.ViewerDocument,
    "\n  fragment GroupBody on MenuEntry {\n    __typename\n    id\n    ... on StandardGroup {\n      isCategory\n      channels {\n        ...FirstChannels\n      }\n    }\n    ... on TaskGroup {\n      workflow {\n        defaultView\n      }\n      stateMachines {\n        ...StateMachine\n        ...BoardMachine\n      }\n      tasks {\n        ...FirstTasks\n        ...FirstBoardTasks\n      }\n      channels {\n        ...FirstChannels\n      }\n    }\n    ...LinkPanel\n  }\n": typeof types.GroupBodyFragmentDoc,
    "\n  fragment GroupChildren on MenuEntry {\n    children {\n      ...MenuItem\n    }\n  }\n": typeof types.GroupChildrenFragmentDoc,
    "\n  fragment GroupHead on MenuEntry {\n    __typename\n    name\n    icon {\n      path\n      color\n    }\n    parent {\n      ... on MenuEntry {\n        id\n        name\n      }\n    }\n    ... on StandardGroup {\n      isCategory\n    }\n    actions {\n      id\n      name\n      url\n      opensIn\n    }\n  }\n": typeof types.GroupHeadFragmentDoc,
    "\n  query Group($id: ID!) {\n    group(id: $id) {\n      ...GroupHead\n      ...GroupChildren\n      ...GroupBody @defer\n    }\n  }\n": typeof types.GroupDocument,
    "\n  query ChangedGroup($id: ID!) {\n    group(id: $id) {\n      ...GroupHead\n    }\n  }\n": typeof types.ChangedGroupDocument,
    "\n  fragment LinkPanel on LinkGroup {\n    name\n    url\n    linkType\n    opensIn\n    sendsToken\n  }\n": typeof types.LinkPanelFragmentDoc,
    "\n  subscription GroupChanged($after: String) {\n    groupChanged(after: $after) {\n      cursor\n      node {\n        ... on MenuEntry {\n          id\n        }\n      }\n    }\n  }\n": typeof types.GroupChangedDocument,
    "\n  fragment MenuItem on MenuEntry {\n    __typename\n    id\n    name\n    icon {\n      path\n      color\n    }\n    ... on LinkGroup {\n      url\n      opensIn\n    }\n  }\n": typeof types.MenuItemFragmentDoc,
    "\n  query Menu {\n    mainMenu {\n      ...MenuItem\n      ... on MenuEntry {\n        children {\n          ...MenuItem\n          ... on MenuEntry {\n            children {\n              ...MenuItem\n              ... on MenuEntry {\n                children {\n                  ...MenuItem\n                }\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.MenuDocument,
    "\n  fragment Person on User {\n    id\n    name\n  }\n": typeof types.PersonFragmentDoc,
    "\n  fragment Card on Task {\n    id\n    serial\n    name\n    modifiedAt\n    state {\n      id\n    }\n    assignee {\n      ...Person\n    }\n  }\n": typeof types.CardFragmentDoc,
    "\n  fragment BoardMachine on StateMachine {\n    id\n    states {\n      id\n      name\n      type\n      isActive\n    }\n  }\n": typeof types.BoardMachineFragmentDoc,
    "\n  query MoreTasks($id: ID!, $after: String!) {\n    group(id: $id) {\n      ... on TaskGroup {\n        tasks(after: $after) {\n          ...TaskPage\n        }\n      }\n    }\n  }\n": typeof types.MoreTasksDocument,
    "\n  query MyTasks($after: String) {\n    groups(first: 10, after: $after, filter: { type: TASK }) {\n      nodes {\n        __typename\n        ... on TaskGroup {\n          id\n          name\n          tasks(first: 100, filter: { mine: true }) {\n            nodes {\n              id\n              serial\n              name\n              modifiedAt\n              state {\n                name\n                type\n              }\n            }\n            pageInfo {\n              hasNextPage\n            }\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.MyTasksDocument,
    "\n  fragment StateMachine on StateMachine {\n    id\n    name\n    isActive\n    states {\n      id\n      name\n      type\n      isActive\n    }\n  }\n": typeof types.StateMachineFragmentDoc,
    "\n  fragment FirstBoardTasks on TaskConnection {\n    totalCount\n    nodes {\n      ...Card\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n": typeof types.FirstBoardTasksFragmentDoc,
    "\n  query BoardTasks($id: ID!, $after: String!) {\n    group(id: $id) {\n      ... on TaskGroup {\n        tasks(first: 500, after: $after) {\n          nodes {\n            ...Card\n          }\n          pageInfo {\n            hasNextPage\n          }\n        }\n      }\n    }\n  }\n": typeof types.BoardTasksDocument,
    "\n  fragment FirstTasks on TaskConnection {\n    totalCount\n    ...TaskPage\n  }\n": typeof types.FirstTasksFragmentDoc,
    "\n  fragment TaskPage on TaskConnection {\n    nodes {\n      id\n      serial\n      name\n      info\n      state {\n        name\n        type\n      }\n      assignee {\n        ...Person\n      }\n      modifiedAt\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n": typeof types.TaskPageFragmentDoc,
    "\n  query Task($id: ID!, $groupId: ID) {\n    task(id: $id, groupId: $groupId) {\n      serial\n      name\n      info\n      isActive\n      state {\n        name\n        type\n      }\n      statuses {\n        slot\n        name\n        value\n      }\n      assignee {\n        ...Person\n      }\n      createdBy {\n        ...Person\n      }\n      startDate\n      endDate\n      modifiedAt\n      estimatedDays\n      weight\n      parentId\n      image {\n        original\n      }\n      channel {\n        id\n        name\n      }\n    }\n  }\n": typeof types.TaskDocument,
    "\n  mutation MoveTask($input: MoveTaskInput!) {\n    moveTask(input: $input) {\n      task {\n        ...Card\n      }\n      errors {\n        __typename\n        message\n        ... on NotANextState {\n          allowed {\n            id\n            name\n          }\n        }\n      }\n    }\n  }\n": typeof types.MoveTaskDocument,
};
const documents: Documents = {
    "\n  fragment FirstChannels on ChannelConnection {\n    totalCount\n    ...ChannelPage\n  }\n": types.FirstChannelsFragmentDoc,
    "\n  fragment ChannelPage on ChannelConnection {\n    nodes {\n      id\n      name\n      isPrivate\n      lastMessage {\n        kind\n        text\n        fileName\n        sentAt\n        sender {\n          ...Person\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n": types.ChannelPageFragmentDoc,
    "\n  query MoreChannels($id: ID!, $after: String!) {\n    group(id: $id) {\n      ... on StandardGroup {\n        channels(after: $after) {\n          ...ChannelPage\n        }\n      }\n      ... on TaskGroup {\n        channels(after: $after) {\n          ...ChannelPage\n        }\n      }\n    }\n  }\n": types.MoreChannelsDocument,
    "\n  fragment Chat on Channel {\n    name\n    isWritable\n    admins {\n      id\n    }\n    messages(first: 30, after: $after) {\n      nodes {\n        ...ChatMessage\n      }\n      pageInfo {\n        startCursor\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": types.ChatFragmentDoc,
    "\n  fragment ChatMessage on Message {\n    __typename\n    id\n    sentAt\n    modifiedAt\n    editedAt\n    isRemoved\n    sender {\n      ...Person\n    }\n    ... on TextMessage {\n      text\n    }\n    ... on SystemMessage {\n      markdown\n    }\n    ... on EnrichedMessage {\n      text\n      parts {\n        kind\n        text\n        url\n        hint\n        taskId\n      }\n    }\n    ... on ImageMessage {\n      image {\n        original\n      }\n    }\n    ... on FileMessage {\n      url\n      fileName\n    }\n  }\n": types.ChatMessageFragmentDoc,
    "\n  mutation SendMessage($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      message {\n        ...ChatMessage\n      }\n      errors {\n        __typename\n        message\n      }\n    }\n  }\n": types.SendMessageDocument,
    "\n  query Channel($id: ID!, $after: String) {\n    channel(id: $id) {\n      ...Chat\n    }\n  }\n": types.ChannelDocument,
    "\n  subscription ChannelChanged($id: ID!, $after: String) {\n    channelChanged(channelId: $id, after: $after) {\n      cursor\n      node {\n        ...ChatMessage\n      }\n    }\n  }\n": types.ChannelChangedDocument,
    "\n  query Viewer {\n    viewer {\n      id\n    }\n  }\n": types.ViewerDocument,
    "\n  fragment GroupBody on MenuEntry {\n    __typename\n    id\n    ... on StandardGroup {\n      isCategory\n      channels {\n        ...FirstChannels\n      }\n    }\n    ... on TaskGroup {\n      workflow {\n        defaultView\n      }\n      stateMachines {\n        ...StateMachine\n        ...BoardMachine\n      }\n      tasks {\n        ...FirstTasks\n        ...FirstBoardTasks\n      }\n      channels {\n        ...FirstChannels\n      }\n    }\n    ...LinkPanel\n  }\n": types.GroupBodyFragmentDoc,
    "\n  fragment GroupChildren on MenuEntry {\n    children {\n      ...MenuItem\n    }\n  }\n": types.GroupChildrenFragmentDoc,
    "\n  fragment GroupHead on MenuEntry {\n    __typename\n    name\n    icon {\n      path\n      color\n    }\n    parent {\n      ... on MenuEntry {\n        id\n        name\n      }\n    }\n    ... on StandardGroup {\n      isCategory\n    }\n    actions {\n      id\n      name\n      url\n      opensIn\n    }\n  }\n": types.GroupHeadFragmentDoc,
    "\n  query Group($id: ID!) {\n    group(id: $id) {\n      ...GroupHead\n      ...GroupChildren\n      ...GroupBody @defer\n    }\n  }\n": types.GroupDocument,
    "\n  query ChangedGroup($id: ID!) {\n    group(id: $id) {\n      ...GroupHead\n    }\n  }\n": types.ChangedGroupDocument,
    "\n  fragment LinkPanel on LinkGroup {\n    name\n    url\n    linkType\n    opensIn\n    sendsToken\n  }\n": types.LinkPanelFragmentDoc,
    "\n  subscription GroupChanged($after: String) {\n    groupChanged(after: $after) {\n      cursor\n      node {\n        ... on MenuEntry {\n          id\n        }\n      }\n    }\n  }\n": types.GroupChangedDocument,
    "\n  fragment MenuItem on MenuEntry {\n    __typename\n    id\n    name\n    icon {\n      path\n      color\n    }\n    ... on LinkGroup {\n      url\n      opensIn\n    }\n  }\n": types.MenuItemFragmentDoc,
    "\n  query Menu {\n    mainMenu {\n      ...MenuItem\n      ... on MenuEntry {\n        children {\n          ...MenuItem\n          ... on MenuEntry {\n            children {\n              ...MenuItem\n              ... on MenuEntry {\n                children {\n                  ...MenuItem\n                }\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n": types.MenuDocument,
    "\n  fragment Person on User {\n    id\n    name\n  }\n": types.PersonFragmentDoc,
    "\n  fragment Card on Task {\n    id\n    serial\n    name\n    modifiedAt\n    state {\n      id\n    }\n    assignee {\n      ...Person\n    }\n  }\n": types.CardFragmentDoc,
    "\n  fragment BoardMachine on StateMachine {\n    id\n    states {\n      id\n      name\n      type\n      isActive\n    }\n  }\n": types.BoardMachineFragmentDoc,
    "\n  query MoreTasks($id: ID!, $after: String!) {\n    group(id: $id) {\n      ... on TaskGroup {\n        tasks(after: $after) {\n          ...TaskPage\n        }\n      }\n    }\n  }\n": types.MoreTasksDocument,
    "\n  query MyTasks($after: String) {\n    groups(first: 10, after: $after, filter: { type: TASK }) {\n      nodes {\n        __typename\n        ... on TaskGroup {\n          id\n          name\n          tasks(first: 100, filter: { mine: true }) {\n            nodes {\n              id\n              serial\n              name\n              modifiedAt\n              state {\n                name\n                type\n              }\n            }\n            pageInfo {\n              hasNextPage\n            }\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.MyTasksDocument,
    "\n  fragment StateMachine on StateMachine {\n    id\n    name\n    isActive\n    states {\n      id\n      name\n      type\n      isActive\n    }\n  }\n": types.StateMachineFragmentDoc,
    "\n  fragment FirstBoardTasks on TaskConnection {\n    totalCount\n    nodes {\n      ...Card\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n": types.FirstBoardTasksFragmentDoc,
    "\n  query BoardTasks($id: ID!, $after: String!) {\n    group(id: $id) {\n      ... on TaskGroup {\n        tasks(first: 500, after: $after) {\n          nodes {\n            ...Card\n          }\n          pageInfo {\n            hasNextPage\n          }\n        }\n      }\n    }\n  }\n": types.BoardTasksDocument,
    "\n  fragment FirstTasks on TaskConnection {\n    totalCount\n    ...TaskPage\n  }\n": types.FirstTasksFragmentDoc,
    "\n  fragment TaskPage on TaskConnection {\n    nodes {\n      id\n      serial\n      name\n      info\n      state {\n        name\n        type\n      }\n      assignee {\n        ...Person\n      }\n      modifiedAt\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n": types.TaskPageFragmentDoc,
    "\n  query Task($id: ID!, $groupId: ID) {\n    task(id: $id, groupId: $groupId) {\n      serial\n      name\n      info\n      isActive\n      state {\n        name\n        type\n      }\n      statuses {\n        slot\n        name\n        value\n      }\n      assignee {\n        ...Person\n      }\n      createdBy {\n        ...Person\n      }\n      startDate\n      endDate\n      modifiedAt\n      estimatedDays\n      weight\n      parentId\n      image {\n        original\n      }\n      channel {\n        id\n        name\n      }\n    }\n  }\n": types.TaskDocument,
    "\n  mutation MoveTask($input: MoveTaskInput!) {\n    moveTask(input: $input) {\n      task {\n        ...Card\n      }\n      errors {\n        __typename\n        message\n        ... on NotANextState {\n          allowed {\n            id\n            name\n          }\n        }\n      }\n    }\n  }\n": types.MoveTaskDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment FirstChannels on ChannelConnection {\n    totalCount\n    ...ChannelPage\n  }\n"): (typeof documents)["\n  fragment FirstChannels on ChannelConnection {\n    totalCount\n    ...ChannelPage\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ChannelPage on ChannelConnection {\n    nodes {\n      id\n      name\n      isPrivate\n      lastMessage {\n        kind\n        text\n        fileName\n        sentAt\n        sender {\n          ...Person\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n"): (typeof documents)["\n  fragment ChannelPage on ChannelConnection {\n    nodes {\n      id\n      name\n      isPrivate\n      lastMessage {\n        kind\n        text\n        fileName\n        sentAt\n        sender {\n          ...Person\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MoreChannels($id: ID!, $after: String!) {\n    group(id: $id) {\n      ... on StandardGroup {\n        channels(after: $after) {\n          ...ChannelPage\n        }\n      }\n      ... on TaskGroup {\n        channels(after: $after) {\n          ...ChannelPage\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query MoreChannels($id: ID!, $after: String!) {\n    group(id: $id) {\n      ... on StandardGroup {\n        channels(after: $after) {\n          ...ChannelPage\n        }\n      }\n      ... on TaskGroup {\n        channels(after: $after) {\n          ...ChannelPage\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Chat on Channel {\n    name\n    isWritable\n    admins {\n      id\n    }\n    messages(first: 30, after: $after) {\n      nodes {\n        ...ChatMessage\n      }\n      pageInfo {\n        startCursor\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment Chat on Channel {\n    name\n    isWritable\n    admins {\n      id\n    }\n    messages(first: 30, after: $after) {\n      nodes {\n        ...ChatMessage\n      }\n      pageInfo {\n        startCursor\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ChatMessage on Message {\n    __typename\n    id\n    sentAt\n    modifiedAt\n    editedAt\n    isRemoved\n    sender {\n      ...Person\n    }\n    ... on TextMessage {\n      text\n    }\n    ... on SystemMessage {\n      markdown\n    }\n    ... on EnrichedMessage {\n      text\n      parts {\n        kind\n        text\n        url\n        hint\n        taskId\n      }\n    }\n    ... on ImageMessage {\n      image {\n        original\n      }\n    }\n    ... on FileMessage {\n      url\n      fileName\n    }\n  }\n"): (typeof documents)["\n  fragment ChatMessage on Message {\n    __typename\n    id\n    sentAt\n    modifiedAt\n    editedAt\n    isRemoved\n    sender {\n      ...Person\n    }\n    ... on TextMessage {\n      text\n    }\n    ... on SystemMessage {\n      markdown\n    }\n    ... on EnrichedMessage {\n      text\n      parts {\n        kind\n        text\n        url\n        hint\n        taskId\n      }\n    }\n    ... on ImageMessage {\n      image {\n        original\n      }\n    }\n    ... on FileMessage {\n      url\n      fileName\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SendMessage($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      message {\n        ...ChatMessage\n      }\n      errors {\n        __typename\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SendMessage($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      message {\n        ...ChatMessage\n      }\n      errors {\n        __typename\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Channel($id: ID!, $after: String) {\n    channel(id: $id) {\n      ...Chat\n    }\n  }\n"): (typeof documents)["\n  query Channel($id: ID!, $after: String) {\n    channel(id: $id) {\n      ...Chat\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ChannelChanged($id: ID!, $after: String) {\n    channelChanged(channelId: $id, after: $after) {\n      cursor\n      node {\n        ...ChatMessage\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription ChannelChanged($id: ID!, $after: String) {\n    channelChanged(channelId: $id, after: $after) {\n      cursor\n      node {\n        ...ChatMessage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Viewer {\n    viewer {\n      id\n    }\n  }\n"): (typeof documents)["\n  query Viewer {\n    viewer {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment GroupBody on MenuEntry {\n    __typename\n    id\n    ... on StandardGroup {\n      isCategory\n      channels {\n        ...FirstChannels\n      }\n    }\n    ... on TaskGroup {\n      workflow {\n        defaultView\n      }\n      stateMachines {\n        ...StateMachine\n        ...BoardMachine\n      }\n      tasks {\n        ...FirstTasks\n        ...FirstBoardTasks\n      }\n      channels {\n        ...FirstChannels\n      }\n    }\n    ...LinkPanel\n  }\n"): (typeof documents)["\n  fragment GroupBody on MenuEntry {\n    __typename\n    id\n    ... on StandardGroup {\n      isCategory\n      channels {\n        ...FirstChannels\n      }\n    }\n    ... on TaskGroup {\n      workflow {\n        defaultView\n      }\n      stateMachines {\n        ...StateMachine\n        ...BoardMachine\n      }\n      tasks {\n        ...FirstTasks\n        ...FirstBoardTasks\n      }\n      channels {\n        ...FirstChannels\n      }\n    }\n    ...LinkPanel\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment GroupChildren on MenuEntry {\n    children {\n      ...MenuItem\n    }\n  }\n"): (typeof documents)["\n  fragment GroupChildren on MenuEntry {\n    children {\n      ...MenuItem\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment GroupHead on MenuEntry {\n    __typename\n    name\n    icon {\n      path\n      color\n    }\n    parent {\n      ... on MenuEntry {\n        id\n        name\n      }\n    }\n    ... on StandardGroup {\n      isCategory\n    }\n    actions {\n      id\n      name\n      url\n      opensIn\n    }\n  }\n"): (typeof documents)["\n  fragment GroupHead on MenuEntry {\n    __typename\n    name\n    icon {\n      path\n      color\n    }\n    parent {\n      ... on MenuEntry {\n        id\n        name\n      }\n    }\n    ... on StandardGroup {\n      isCategory\n    }\n    actions {\n      id\n      name\n      url\n      opensIn\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Group($id: ID!) {\n    group(id: $id) {\n      ...GroupHead\n      ...GroupChildren\n      ...GroupBody @defer\n    }\n  }\n"): (typeof documents)["\n  query Group($id: ID!) {\n    group(id: $id) {\n      ...GroupHead\n      ...GroupChildren\n      ...GroupBody @defer\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ChangedGroup($id: ID!) {\n    group(id: $id) {\n      ...GroupHead\n    }\n  }\n"): (typeof documents)["\n  query ChangedGroup($id: ID!) {\n    group(id: $id) {\n      ...GroupHead\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment LinkPanel on LinkGroup {\n    name\n    url\n    linkType\n    opensIn\n    sendsToken\n  }\n"): (typeof documents)["\n  fragment LinkPanel on LinkGroup {\n    name\n    url\n    linkType\n    opensIn\n    sendsToken\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription GroupChanged($after: String) {\n    groupChanged(after: $after) {\n      cursor\n      node {\n        ... on MenuEntry {\n          id\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription GroupChanged($after: String) {\n    groupChanged(after: $after) {\n      cursor\n      node {\n        ... on MenuEntry {\n          id\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MenuItem on MenuEntry {\n    __typename\n    id\n    name\n    icon {\n      path\n      color\n    }\n    ... on LinkGroup {\n      url\n      opensIn\n    }\n  }\n"): (typeof documents)["\n  fragment MenuItem on MenuEntry {\n    __typename\n    id\n    name\n    icon {\n      path\n      color\n    }\n    ... on LinkGroup {\n      url\n      opensIn\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Menu {\n    mainMenu {\n      ...MenuItem\n      ... on MenuEntry {\n        children {\n          ...MenuItem\n          ... on MenuEntry {\n            children {\n              ...MenuItem\n              ... on MenuEntry {\n                children {\n                  ...MenuItem\n                }\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Menu {\n    mainMenu {\n      ...MenuItem\n      ... on MenuEntry {\n        children {\n          ...MenuItem\n          ... on MenuEntry {\n            children {\n              ...MenuItem\n              ... on MenuEntry {\n                children {\n                  ...MenuItem\n                }\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Person on User {\n    id\n    name\n  }\n"): (typeof documents)["\n  fragment Person on User {\n    id\n    name\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Card on Task {\n    id\n    serial\n    name\n    modifiedAt\n    state {\n      id\n    }\n    assignee {\n      ...Person\n    }\n  }\n"): (typeof documents)["\n  fragment Card on Task {\n    id\n    serial\n    name\n    modifiedAt\n    state {\n      id\n    }\n    assignee {\n      ...Person\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment BoardMachine on StateMachine {\n    id\n    states {\n      id\n      name\n      type\n      isActive\n    }\n  }\n"): (typeof documents)["\n  fragment BoardMachine on StateMachine {\n    id\n    states {\n      id\n      name\n      type\n      isActive\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MoreTasks($id: ID!, $after: String!) {\n    group(id: $id) {\n      ... on TaskGroup {\n        tasks(after: $after) {\n          ...TaskPage\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query MoreTasks($id: ID!, $after: String!) {\n    group(id: $id) {\n      ... on TaskGroup {\n        tasks(after: $after) {\n          ...TaskPage\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyTasks($after: String) {\n    groups(first: 10, after: $after, filter: { type: TASK }) {\n      nodes {\n        __typename\n        ... on TaskGroup {\n          id\n          name\n          tasks(first: 100, filter: { mine: true }) {\n            nodes {\n              id\n              serial\n              name\n              modifiedAt\n              state {\n                name\n                type\n              }\n            }\n            pageInfo {\n              hasNextPage\n            }\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query MyTasks($after: String) {\n    groups(first: 10, after: $after, filter: { type: TASK }) {\n      nodes {\n        __typename\n        ... on TaskGroup {\n          id\n          name\n          tasks(first: 100, filter: { mine: true }) {\n            nodes {\n              id\n              serial\n              name\n              modifiedAt\n              state {\n                name\n                type\n              }\n            }\n            pageInfo {\n              hasNextPage\n            }\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment StateMachine on StateMachine {\n    id\n    name\n    isActive\n    states {\n      id\n      name\n      type\n      isActive\n    }\n  }\n"): (typeof documents)["\n  fragment StateMachine on StateMachine {\n    id\n    name\n    isActive\n    states {\n      id\n      name\n      type\n      isActive\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment FirstBoardTasks on TaskConnection {\n    totalCount\n    nodes {\n      ...Card\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n"): (typeof documents)["\n  fragment FirstBoardTasks on TaskConnection {\n    totalCount\n    nodes {\n      ...Card\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query BoardTasks($id: ID!, $after: String!) {\n    group(id: $id) {\n      ... on TaskGroup {\n        tasks(first: 500, after: $after) {\n          nodes {\n            ...Card\n          }\n          pageInfo {\n            hasNextPage\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query BoardTasks($id: ID!, $after: String!) {\n    group(id: $id) {\n      ... on TaskGroup {\n        tasks(first: 500, after: $after) {\n          nodes {\n            ...Card\n          }\n          pageInfo {\n            hasNextPage\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment FirstTasks on TaskConnection {\n    totalCount\n    ...TaskPage\n  }\n"): (typeof documents)["\n  fragment FirstTasks on TaskConnection {\n    totalCount\n    ...TaskPage\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TaskPage on TaskConnection {\n    nodes {\n      id\n      serial\n      name\n      info\n      state {\n        name\n        type\n      }\n      assignee {\n        ...Person\n      }\n      modifiedAt\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n"): (typeof documents)["\n  fragment TaskPage on TaskConnection {\n    nodes {\n      id\n      serial\n      name\n      info\n      state {\n        name\n        type\n      }\n      assignee {\n        ...Person\n      }\n      modifiedAt\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Task($id: ID!, $groupId: ID) {\n    task(id: $id, groupId: $groupId) {\n      serial\n      name\n      info\n      isActive\n      state {\n        name\n        type\n      }\n      statuses {\n        slot\n        name\n        value\n      }\n      assignee {\n        ...Person\n      }\n      createdBy {\n        ...Person\n      }\n      startDate\n      endDate\n      modifiedAt\n      estimatedDays\n      weight\n      parentId\n      image {\n        original\n      }\n      channel {\n        id\n        name\n      }\n    }\n  }\n"): (typeof documents)["\n  query Task($id: ID!, $groupId: ID) {\n    task(id: $id, groupId: $groupId) {\n      serial\n      name\n      info\n      isActive\n      state {\n        name\n        type\n      }\n      statuses {\n        slot\n        name\n        value\n      }\n      assignee {\n        ...Person\n      }\n      createdBy {\n        ...Person\n      }\n      startDate\n      endDate\n      modifiedAt\n      estimatedDays\n      weight\n      parentId\n      image {\n        original\n      }\n      channel {\n        id\n        name\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation MoveTask($input: MoveTaskInput!) {\n    moveTask(input: $input) {\n      task {\n        ...Card\n      }\n      errors {\n        __typename\n        message\n        ... on NotANextState {\n          allowed {\n            id\n            name\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation MoveTask($input: MoveTaskInput!) {\n    moveTask(input: $input) {\n      task {\n        ...Card\n      }\n      errors {\n        __typename\n        message\n        ... on NotANextState {\n          allowed {\n            id\n            name\n          }\n        }\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;