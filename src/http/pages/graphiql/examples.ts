/** An example query, which GraphiQL shows in a tab of its own. */
export interface Example {
  /** The operation's name, which GraphiQL shows on the tab. */
  readonly name: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Whether it holds ids that only the sandbox has. */
  readonly sandboxOnly?: boolean;
}

export const EXAMPLES: readonly Example[] = [
  {
    name: 'MainMenu',
    query: `# The main menu as a tree.
# Press the play button, or Ctrl-Enter.
query MainMenu {
  mainMenu {
    __typename
    ... on MenuEntry {
      name
      children {
        __typename
        ... on MenuEntry {
          name
        }
      }
    }
  }
}`,
  },
  {
    name: 'GroupsByType',
    query: `# Each type has fields of its own: read them
# through a fragment on the type. To filter by
# type is also the cheapest way to ask.
query GroupsByType {
  standard: groups(
    first: 3
    filter: { type: STANDARD }
  ) {
    totalCount
    nodes {
      ...Common
      ... on StandardGroup {
        isCategory
      }
    }
  }
  tasks: groups(
    first: 3
    filter: { type: TASK }
  ) {
    totalCount
    nodes {
      ...Common
    }
  }
  links: groups(
    first: 3
    filter: { type: LINK }
  ) {
    totalCount
    nodes {
      ...Common
      ... on LinkGroup {
        url
        opensIn
      }
    }
  }
}

fragment Common on MenuEntry {
  __typename
  name
  code
}`,
  },
  {
    name: 'PageOfGroups',
    query: `# Five groups, the oldest change first. To get
# the next page, put endCursor into "after", in
# the Variables below. A cursor can be kept:
# days later it lists what changed since.
query PageOfGroups($after: String) {
  groups(first: 5, after: $after) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      __typename
      ... on MenuEntry {
        name
        modifiedAt
      }
    }
  }
}`,
    variables: { after: null },
  },
  {
    name: 'OneGroup',
    sandboxOnly: true,
    query: `# Groups by id: the place of one in the menu,
# and the buttons of another.
query OneGroup {
  training: group(id: "5f7642126ba6fec816341de6") {
    ...Entry
  }
  works: group(id: "5f4ff17c9f26fe3ead8446cd") {
    ...Entry
    ... on MenuEntry {
      actions {
        name
        url
        opensIn
        sendsToken
      }
    }
  }
}

fragment Entry on MenuEntry {
  __typename
  name
  parent {
    ... on MenuEntry {
      name
    }
  }
  children {
    ... on MenuEntry {
      name
    }
  }
}`,
  },
  {
    name: 'Links',
    query: `# Where each link leads, and how it is to open.
# One that could run script is held back: null,
# with an UNSAFE_URL among the errors.
query Links {
  groups(filter: { type: LINK }) {
    nodes {
      ... on LinkGroup {
        name
        url
        linkType
        opensIn
        sendsToken
      }
    }
  }
}`,
  },
  {
    name: 'Channels',
    query: `# The channels of several groups, with their
# people: see in extensions.upstream, below the
# result, how few calls it took.
query Channels {
  groups(first: 10, filter: { type: STANDARD }) {
    nodes {
      ... on StandardGroup {
        name
        channels(first: 2) {
          totalCount
          nodes {
            name
            lastMessage {
              content
              sender {
                name
              }
            }
            users {
              name
            }
          }
        }
      }
    }
  }
}`,
  },
  {
    name: 'Tasks',
    query: `# Tasks with their state and people, and the
# state machine that they follow.
query Tasks {
  groups(first: 2, filter: { type: TASK }) {
    nodes {
      ... on TaskGroup {
        name
        stateMachine {
          initialState {
            name
          }
          states {
            name
            type
            transitions {
              by
              to {
                name
              }
            }
          }
        }
        tasks(first: 3) {
          totalCount
          nodes {
            serial
            name
            state {
              name
            }
            assignee {
              name
            }
          }
        }
      }
    }
  }
}`,
  },
  {
    name: 'Search',
    query: `# Groups by a word, also by a part of one: the
# keywords that Cotalker keeps of each group.
# Type another one in the Variables below.
query Search($word: String!) {
  groups(filter: { search: $word }) {
    totalCount
    nodes {
      __typename
      ... on MenuEntry {
        name
        parent {
          ... on MenuEntry {
            name
          }
        }
      }
    }
  }
}`,
    variables: { word: 'net' },
  },
  {
    name: 'Defer',
    query: `# The names come first, and what is marked with
# @defer in a later part of the same answer.
query Defer {
  groups(first: 4, filter: { type: TASK }) {
    nodes {
      ... on TaskGroup {
        name
        ... @defer {
          tasks(first: 2) {
            totalCount
            nodes {
              name
              state {
                name
              }
            }
          }
        }
      }
    }
  }
}`,
  },
  {
    name: 'Live',
    query: `# Each group that changes, as it changes, until
# you press stop. It may take half a minute.
subscription Live {
  groupChanged {
    cursor
    node {
      __typename
      ... on MenuEntry {
        name
        weight
        modifiedAt
      }
    }
  }
}`,
  },
];
