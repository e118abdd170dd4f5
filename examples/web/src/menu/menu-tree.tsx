import { useRef, useState } from 'react';
import { MenuEntry } from './menu-entry.tsx';
import { type MenuNode, pathTo, rowsOf } from './menu-nodes.ts';
import { moveByKey } from './tree-keys.ts';

interface Props {
  readonly nodes: readonly MenuNode[];
  /** The id of the group whose panel is open. */
  readonly open: string | null;
}

/**
 * A navigation tree, as https://www.w3.org/WAI/ARIA/apg/patterns/treeview/ has it. The rows are flat, and
 * tell their level: the keys then walk a list.
 */
export function MenuTree({ nodes, open }: Props) {
  const tree = useRef<HTMLDivElement>(null);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(
    () => new Set(open === null ? [] : pathTo(nodes, open)),
  );
  const rows = rowsOf(nodes, expanded);
  const [focused, setFocused] = useState(open);
  const [revealed, setRevealed] = useState(open);
  // A group can be opened from elsewhere, too, such as by its address: the tree then shows where it is.
  if (open !== revealed) {
    setRevealed(open);
    if (open !== null) {
      setFocused(open);
      setExpanded(new Set([...expanded, ...(pathTo(nodes, open) ?? [])]));
    }
  }
  // One row takes part in the page's tab order: where the focus was last, or else the first.
  const tabStop = rows.find(({ node }) => node.item.id === focused) ?? rows[0];

  const toggle = (id: string, isExpanded: boolean) =>
    setExpanded((ids) => (isExpanded ? new Set([...ids, id]) : ids.difference(new Set([id]))));

  const focus = (id: string) => {
    setFocused(id);
    tree.current?.querySelector<HTMLElement>(`[data-id="${id}"]`)?.focus();
  };

  return (
    <div
      ref={tree}
      role="tree"
      aria-label="Main menu"
      onKeyDown={(event) => {
        if (!tabStop || event.ctrlKey || event.altKey || event.metaKey) return;
        if (moveByKey(event.key, rows, tabStop, { expanded, focus, toggle }))
          event.preventDefault();
      }}
    >
      {rows.map((row) => {
        const { id } = row.node.item;
        return (
          <MenuEntry
            key={id}
            row={row}
            isExpanded={expanded.has(id)}
            isOpen={id === open}
            isTabStop={row === tabStop}
            onFocus={() => setFocused(id)}
            onToggle={(isExpanded) => toggle(id, isExpanded)}
          />
        );
      })}
    </div>
  );
}
