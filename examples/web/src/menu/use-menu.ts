import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../gql/index.ts';
import { useGroupChanges } from '../live/group-changes.tsx';
import { type Problem, problemsOf } from '../problems/problems.ts';
import type { Retry } from '../problems/retry-button.tsx';
import { type MenuNode, toNodes } from './menu-nodes.ts';

/**
 * Four levels at once: the gateway has them all after listing the groups. What is nested deeper shows in
 * the panel of the group above it.
 */
const MENU = graphql(`
  query Menu {
    mainMenu {
      ...MenuItem
      ... on MenuEntry {
        children {
          ...MenuItem
          ... on MenuEntry {
            children {
              ...MenuItem
              ... on MenuEntry {
                children {
                  ...MenuItem
                }
              }
            }
          }
        }
      }
    }
  }
`);

export interface KnownMenu {
  /** Undefined: it was never there. */
  readonly nodes: readonly MenuNode[] | undefined;
  readonly problems: readonly Problem[];
  readonly retry: Retry;
}

/** The main menu, as it is now. What is there stays while it is asked for again, and where that fails. */
export function useMenu(): KnownMenu {
  const [{ data, error, fetching }, ask] = useQuery({ query: MENU });
  const again = () => ask({ requestPolicy: 'network-only' });
  useGroupChanges(again);
  const [menu, setMenu] = useState(data?.mainMenu);
  if (data?.mainMenu && data.mainMenu !== menu) setMenu(data.mainMenu);
  return {
    nodes: menu ? toNodes(menu) : undefined,
    // A link that is held back says so at its entry; it is no failure of the menu.
    problems: problemsOf(error).filter(({ code }) => code !== 'UNSAFE_URL'),
    retry: { again, isTrying: fetching },
  };
}
