import './menu.css';
import { ProblemNotice } from '../problems/problem-notice.tsx';
import { Skeleton } from '../skeleton.tsx';
import { takeFocus } from '../take-focus.ts';
import { MenuSearch } from './menu-search.tsx';
import { MenuTree } from './menu-tree.tsx';
import type { KnownMenu } from './use-menu.ts';

interface Props {
  readonly menu: KnownMenu;
  /** The id of the group whose panel is open. */
  readonly open: string | null;
  /** Whether a person is at the menu, and not at something beside it. */
  readonly isAt: boolean;
}

export const Menu = ({ menu: { nodes, problems, retry }, open, isAt }: Props) => (
  <nav
    aria-label="Main menu"
    aria-busy={retry.isTrying}
    tabIndex={-1}
    ref={isAt ? takeFocus : undefined}
  >
    <ProblemNotice problems={problems} retry={retry} />
    {retry.isTrying && !nodes && <Skeleton what="the menu" rows={12} />}
    {nodes?.length === 0 && <p className="empty">Your main menu is empty.</p>}
    {nodes && nodes.length > 0 && (
      <MenuSearch nodes={nodes} open={open}>
        <MenuTree nodes={nodes} open={open} />
      </MenuSearch>
    )}
  </nav>
);
