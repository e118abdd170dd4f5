import { type FragmentType, graphql, readFragment } from '../gql/index.ts';
import type { MenuItemFragment } from '../gql/graphql.ts';

export const MENU_ITEM = graphql(`
  fragment MenuItem on MenuEntry {
    __typename
    id
    name
    icon {
      path
      color
    }
    ... on LinkGroup {
      url
      opensIn
    }
  }
`);

type Group = FragmentType<typeof MENU_ITEM> & { readonly children?: Groups };
type Groups = readonly (Group | null)[] | null | undefined;

/** An entry of the menu with those below it. */
export interface MenuNode {
  readonly item: MenuItemFragment;
  readonly children: readonly MenuNode[];
}

/** The groups that could be read; those that could not are null, and have an error in the answer. */
export const toNodes = (groups: Groups): readonly MenuNode[] =>
  (groups ?? [])
    .filter((group) => group !== null)
    .map((group) => ({
      item: readFragment(MENU_ITEM, group),
      children: toNodes(group.children),
    }));

/** A row of the tree as it stands, with what a screen reader says about its place. */
export interface Row {
  readonly node: MenuNode;
  readonly parent: string | undefined;
  /** These three count from 1. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
}

/** The entries that show while these are expanded, from top to bottom. */
export const rowsOf = (
  nodes: readonly MenuNode[],
  expanded: ReadonlySet<string>,
  parent?: string,
  level = 1,
): readonly Row[] =>
  nodes.flatMap((node, index) => [
    { node, parent, level, position: index + 1, siblings: nodes.length },
    ...(expanded.has(node.item.id) ? rowsOf(node.children, expanded, node.item.id, level + 1) : []),
  ]);

/** The ids above an entry, from the top down; undefined where the menu does not have it. */
export function pathTo(nodes: readonly MenuNode[], id: string): readonly string[] | undefined {
  for (const { item, children } of nodes) {
    if (item.id === id) return [];
    const path = pathTo(children, id);
    if (path) return [item.id, ...path];
  }
  return undefined;
}

/** An entry, and the names above it from the top down. */
interface Found {
  readonly item: MenuItemFragment;
  readonly path: readonly string[];
}

/** The entries with a text in their names, without regard to case and accents. */
export const find = (
  nodes: readonly MenuNode[],
  text: string,
  path: readonly string[] = [],
): readonly Found[] =>
  nodes.flatMap(({ item, children }) => [
    ...(plain(item.name).includes(plain(text)) ? [{ item, path }] : []),
    ...find(children, text, [...path, item.name]),
  ]);

const plain = (text: string): string =>
  text.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** An entry by its id, wherever it is. */
export const entryOf = (nodes: readonly MenuNode[], id: string): MenuItemFragment | undefined =>
  find(nodes, '').find(({ item }) => item.id === id)?.item;
