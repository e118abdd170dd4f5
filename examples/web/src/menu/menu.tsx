import './menu.css';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../gql/index.ts';
import { useGroupChanges } from '../live/group-changes.tsx';
import { ProblemNotice } from '../problems/problem-notice.tsx';
import { problemsOf } from '../problems/problems.ts';
import { Skeleton } from '../skeleton.tsx';
import { takeFocus } from '../take-focus.ts';
import { toNodes } from './menu-nodes.ts';
import { MenuSearch } from './menu-search.tsx';
import { MenuTree } from './menu-tree.tsx';

/**
 * Four levels at once: the gateway has them all after listing the groups. What is nested deeper shows in
 * the panel of the group above it.
 */
export const MENU = graphql(`
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

export function Menu({ open }: { readonly open: string | null }) {
  const [{ data, error, fetching }, ask] = useQuery({ query: MENU });
  const again = () => ask({ requestPolicy: 'network-only' });
  useGroupChanges(again);
  // What is there stays while it is asked for again, and where that fails.
  const [menu, setMenu] = useState(data?.mainMenu);
  if (data?.mainMenu && data.mainMenu !== menu) setMenu(data.mainMenu);
  // A link that is held back says so at its entry; it is no failure of the menu.
  const problems = problemsOf(error).filter(({ code }) => code !== 'UNSAFE_URL');
  const nodes = toNodes(menu);
  return (
    <nav aria-label="Main menu" aria-busy={fetching} tabIndex={-1} ref={takeFocus}>
      <ProblemNotice problems={problems} retry={{ again, isTrying: fetching }} />
      {fetching && !menu && <Skeleton what="the menu" rows={12} />}
      {menu?.length === 0 && <p className="empty">Your main menu is empty.</p>}
      {nodes.length > 0 && (
        <MenuSearch nodes={nodes} open={open}>
          <MenuTree nodes={nodes} open={open} />
        </MenuSearch>
      )}
    </nav>
  );
}
