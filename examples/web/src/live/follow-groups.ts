import type { Client } from 'urql';
import { graphql } from '../gql/index.ts';
import { follow } from './follow.ts';

// Only which group: what this app shows of it is asked for again.
const GROUP_CHANGED = graphql(`
  subscription GroupChanged($after: String) {
    groupChanged(after: $after) {
      cursor
      node {
        ... on MenuEntry {
          id
        }
      }
    }
  }
`);

/** The ids of the groups that changed. Undefined: any may have. */
export type Changed = ReadonlySet<string> | undefined;

/** Changes that come within this time are told of at once. */
const GATHER_MS = 1000;

/**
 * Follows the groups that change.
 *
 * @param onChange Called after changes, and where there may have been some that did not come.
 * @returns Ends it.
 */
export function followGroups(client: Client, onChange: (changed: Changed) => void): () => void {
  let telling: ReturnType<typeof setTimeout> | undefined;
  let changed: Set<string> | undefined = new Set();

  const tell = (id?: string) => {
    if (id === undefined) changed = undefined;
    else changed?.add(id);
    telling ??= setTimeout(() => {
      telling = undefined;
      const told = changed;
      changed = new Set();
      onChange(told);
    }, GATHER_MS);
  };
  const end = follow({
    ask: (after) => client.subscription(GROUP_CHANGED, { after }),
    eventOf: ({ groupChanged }) => groupChanged,
    from: null,
    onEvent: ({ node }) => tell(node?.id),
    onGap: tell,
  });
  return () => {
    clearTimeout(telling);
    end();
  };
}
