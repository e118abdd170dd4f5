import type { ReactNode } from 'react';
import { entryOf } from '../menu/menu-nodes.ts';
import type { KnownMenu } from '../menu/use-menu.ts';
import { takeFocus } from '../take-focus.ts';
import { groupAddress, MENU_ADDRESS } from '../use-route.ts';

interface Props {
  readonly kind: 'Channel' | 'Task';
  readonly name: string;
  /** Null: the address does not name the group. */
  readonly groupId: string | null;
  readonly menu: KnownMenu;
  /** What follows the name. */
  readonly children?: ReactNode;
}

/** The head of what is in a group, with a way back to it. */
export function HeadBelow({ kind, name, groupId, menu: { nodes = [] }, children }: Props) {
  const group = groupId === null ? undefined : (entryOf(nodes, groupId)?.name ?? 'its group');
  const address = groupId === null ? MENU_ADDRESS : groupAddress(groupId);
  return (
    <header>
      <a className="back" href={address}>
        ‹ {group ?? 'Menu'}
      </a>
      <title>{`${name} – Cotalker menu`}</title>
      <h1 tabIndex={-1} ref={takeFocus}>
        {name}
        {children}
      </h1>
      <p className="nothing">
        {kind}
        {group !== undefined && (
          <>
            {' in '}
            <a href={address}>{group}</a>
          </>
        )}
      </p>
    </header>
  );
}
