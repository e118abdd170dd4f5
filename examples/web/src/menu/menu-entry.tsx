import type { MouseEvent } from 'react';
import { GroupIcon } from '../group/group-icon.tsx';
import { GroupLink } from '../links/group-link.tsx';
import { GroupTag } from '../group/group-tag.tsx';
import type { Row } from './menu-nodes.ts';

interface Props {
  readonly row: Row;
  readonly isExpanded: boolean;
  readonly isOpen: boolean;
  readonly isTabStop: boolean;
  readonly onFocus: () => void;
  readonly onToggle: (isExpanded: boolean) => void;
}

/** One row of the tree: a link, so that Enter, the middle button and "copy link" do what they always do. */
export function MenuEntry({ row, isExpanded, isOpen, isTabStop, onFocus, onToggle }: Props) {
  const { item, children } = row.node;
  const isParent = children.length > 0;
  const toggle = (event: MouseEvent) => {
    // The sign is part of the link, which it is not to follow.
    event.preventDefault();
    event.stopPropagation();
    onToggle(!isExpanded);
  };
  return (
    <GroupLink
      group={item}
      role="treeitem"
      className="menu-entry"
      data-id={item.id}
      style={{ '--level': row.level }}
      tabIndex={isTabStop ? 0 : -1}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={isParent ? isExpanded : undefined}
      aria-current={isOpen ? 'page' : undefined}
      onFocus={onFocus}
      onClick={isParent ? () => onToggle(true) : undefined}
    >
      {/* For the mouse; the arrow keys do the same. */}
      <span className="menu-toggle" aria-hidden="true" onClick={isParent ? toggle : undefined}>
        {isParent && '›'}
      </span>
      <GroupIcon icon={item.icon} name={item.name} />
      <span className="menu-name">{item.name}</span>
      <GroupTag group={item} />
    </GroupLink>
  );
}
