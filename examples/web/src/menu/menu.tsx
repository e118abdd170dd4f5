import './menu.css';
import { useQuery } from 'urql';
import { graphql } from '../gql/index.ts';
import { ProblemNotice } from '../problems/problem-notice.tsx';
import { problemsOf } from '../problems/problems.ts';
import { toNodes } from './menu-nodes.ts';
import { MenuTree } from './menu-tree.tsx';

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

export function Menu({ open }: { readonly open: string | null }) {
  const [{ data, error, fetching }, ask] = useQuery({ query: MENU });
  // A link that is held back says so at its entry; it is no failure of the menu.
  const problems = problemsOf(error).filter(({ code }) => code !== 'UNSAFE_URL');
  const nodes = toNodes(data?.mainMenu);
  return (
    <nav aria-label="Main menu" aria-busy={fetching}>
      <ProblemNotice
        problems={problems}
        onRetry={() => ask({ requestPolicy: 'network-only' })}
        isRetrying={fetching}
      />
      {fetching && !data && <p className="loading">Loading the menu…</p>}
      {data?.mainMenu?.length === 0 && <p className="empty">Your main menu is empty.</p>}
      {nodes.length > 0 && <MenuTree nodes={nodes} open={open} />}
    </nav>
  );
}
