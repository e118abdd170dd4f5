import type { Row } from './menu-nodes.ts';

interface Tree {
  readonly expanded: ReadonlySet<string>;
  readonly focus: (id: string) => void;
  readonly toggle: (id: string, isExpanded: boolean) => void;
}

/** What a key does in a tree; false: it is none of the tree's. Enter is the link's own. */
export function moveByKey(key: string, rows: readonly Row[], at: Row, tree: Tree): boolean {
  const { id } = at.node.item;
  const index = rows.indexOf(at);
  const isExpanded = tree.expanded.has(id);
  const go = (row: Row | undefined): true => {
    if (row) tree.focus(row.node.item.id);
    return true;
  };
  switch (key) {
    case 'ArrowDown':
      return go(rows[index + 1]);
    case 'ArrowUp':
      return go(rows[index - 1]);
    case 'Home':
      return go(rows[0]);
    case 'End':
      return go(rows.at(-1));
    case 'ArrowRight':
      if (at.node.children.length === 0) return true;
      if (isExpanded) return go(rows[index + 1]);
      tree.toggle(id, true);
      return true;
    case 'ArrowLeft':
      if (!isExpanded) return go(rows.find(({ node }) => node.item.id === at.parent));
      tree.toggle(id, false);
      return true;
    default:
      if (!/^[\p{L}\p{N}]$/u.test(key)) return false;
      return go(startingWith(key, [...rows.slice(index + 1), ...rows.slice(0, index)]));
  }
}

/** Without regard to case and accents. */
const startingWith = (letter: string, rows: readonly Row[]): Row | undefined =>
  rows.find(({ node }) => compare(node.item.name.slice(0, 1), letter) === 0);

const { compare } = new Intl.Collator(undefined, { sensitivity: 'base' });
