import { countKeyset } from '../cotalker/paging/keyset-end.ts';
import type { Dated, KeysetItem } from '../cotalker/records/placed-item.ts';
import type { KeysetList } from '../cotalker/paging/paged-list.ts';
import { type KeysetWindow, readKeyset } from '../cotalker/paging/keyset.ts';
import { isPast, type Moment, type Position } from '../cotalker/records/moment.ts';
import { badUserInput } from '../errors.ts';
import {
  Edge,
  type EdgeModel,
  type PageInfoModel,
  PageModel,
  toEdges,
} from '../mapping/connection.ts';
import { decodeKeysetCursor, encodeKeysetCursor, listName } from '../mapping/cursor.ts';
import { readFirst } from './arguments.ts';
import { once } from './once-per-key.ts';

export interface ConnectionModel<N> {
  readonly nodes: N[];
  readonly edges: readonly EdgeModel<N>[];
  readonly pageInfo: PageInfoModel;
  /** The size of the whole list; null where it cannot be known. Makes calls only where the page's own did not tell. */
  readonly totalCount: () => Promise<number | null>;
}

export interface ListOptions<R, N> {
  readonly first: number;
  readonly after: string | null | undefined;
  /** What is listed, and all that decides what is on the list: cursors are bound to it. */
  readonly list: readonly [kind: string, filter: Readonly<Record<string, unknown>>];
  readonly since: Moment;
  readonly upstream: KeysetList<R>;
  readonly toNode: (item: KeysetItem<R>) => N;
  /** Told of the items where the page is the whole list. */
  readonly onWhole?: ((items: readonly KeysetItem<R>[]) => void) | undefined;
}

/**
 * One page of a list that is sorted by `modifiedAt`, then id; see `readKeyset` for the calls it makes.
 *
 * @throws GraphQLError `BAD_USER_INPUT` before any call for a `first` out of range and for a cursor
 *   that is broken or of another list.
 */
export async function readPage<R extends Dated, N>({
  first,
  after,
  list,
  since,
  upstream,
  toNode,
  onWhole,
}: ListOptions<R, N>): Promise<ConnectionModel<N>> {
  const want = readFirst(first);
  const position = after == null ? undefined : readCursor(listName(...list), after);
  // An empty page reads one record as well, which tells whether there is more, and how many.
  const window = await readKeyset(upstream, since, position, Math.max(1, want));
  if (position === undefined && window.total === window.items.length) onWhole?.(window.items);
  const shown = want > 0 ? window : { ...window, items: [], hasMore: window.items.length > 0 };
  return Object.assign(toPage({ ...shown, list, position, toNode }), {
    totalCount: () => countKeyset(upstream, since, window),
  });
}

/**
 * Checks what is asked for, where it takes a call until a page of it is read.
 *
 * @throws GraphQLError As `readPage`.
 */
export function checkPage({
  first,
  after,
  list,
}: Pick<ListOptions<unknown, unknown>, 'first' | 'after' | 'list'>): void {
  readFirst(first);
  if (after != null) readCursor(listName(...list), after);
}

/**
 * The same where nothing but `totalCount` is asked for: one call for one record, where the list's count is known to be
 * its size. Else the page itself may tell.
 */
export async function readSize<R extends Dated, N>(
  options: ListOptions<R, N>,
): Promise<ConnectionModel<N>> {
  const { since, upstream } = options;
  checkPage(options);
  if (upstream.session.traits.countOf(upstream.name) !== 'total') return readPage(options);
  const size = await countKeyset(upstream, since, { total: undefined, head: undefined });
  if (size === null) return readPage(options);
  return Object.assign(pageOfWhole({ ...options, all: [] }), { totalCount: async () => size });
}

/**
 * A page of such a list where all of it is known already: the same answer, without a call.
 *
 * @param all The whole list, in order.
 */
export function pageOfWhole<R, N>({
  all,
  first,
  after,
  list,
  toNode,
}: Pick<ListOptions<R, N>, 'first' | 'after' | 'list' | 'toNode'> & {
  readonly all: readonly KeysetItem<R>[];
}): ConnectionModel<N> {
  const want = readFirst(first);
  const position = after == null ? undefined : readCursor(listName(...list), after);
  const left = position === undefined ? all : all.filter((item) => !isPast(position, item));
  const newest = all.at(-1)?.modifiedAt ?? null;
  const window = { items: left.slice(0, want), hasMore: left.length > want, newest };
  return Object.assign(toPage({ ...window, list, position, toNode }), {
    totalCount: async () => all.length,
  });
}

interface PageParts<R, N> extends Omit<KeysetWindow<R>, 'total' | 'head'> {
  readonly list: ListOptions<R, N>['list'];
  /** Where the page starts. */
  readonly position: Position | undefined;
  readonly toNode: (item: KeysetItem<R>) => N;
}

function toPage<R, N>({ items, hasMore, newest, list, position, toNode }: PageParts<R, N>) {
  const nodes = items.map(toNode);
  const edges = once(() => {
    const name = once(() => listName(...list));
    return toEdges(items, position, newest).map(
      (edge, place) => new Edge(nodes[place] as N, () => encodeKeysetCursor(name(), edge.position)),
    );
  });
  return new PageModel(nodes, edges, position !== undefined, () => hasMore);
}

export const badCursor = (argument = 'after') =>
  badUserInput(`"${argument}" is not a cursor of this list with these arguments.`);

/**
 * The place that a cursor of a list names.
 *
 * @throws GraphQLError `BAD_USER_INPUT` for a cursor that is broken or of another list.
 */
export function readCursor(list: string, cursor: string, argument?: string): Position {
  const position = decodeKeysetCursor(list, cursor);
  if (position !== undefined) return position;
  throw badCursor(argument);
}
