import { compareItems, readKeyset } from '../cotalker/paging/keyset.ts';
import type { Dated, KeysetItem } from '../cotalker/records/placed-item.ts';
import { Edge, PageInfoModel } from '../mapping/connection.ts';
import { encodeKeysetCursor, listName } from '../mapping/cursor.ts';
import { readFirst } from './arguments.ts';
import type { ListOrder } from '../generated/resolvers.ts';
import {
  checkPage,
  type ConnectionModel,
  type ListOptions,
  pageOfWhole,
  readCursor,
  readPage,
} from './connection.ts';

type Options<R, N> = Pick<ListOptions<R, N>, 'first' | 'after' | 'list' | 'toNode'>;

/** A list, told backwards: it has cursors of its own. */
const newestFirst = ([kind, filter]: ListOptions<unknown, unknown>['list']) =>
  [`${kind}, newest first`, filter] as const;

/**
 * A page of a list, the latest change first. Cotalker has no upper bound for `modifiedAt`, and its page numbers lose
 * records. So the whole list is read forwards, see `readKeyset`, and told backwards.
 *
 * @throws GraphQLError `BAD_USER_INPUT` before any call for a `first` out of range and for a cursor
 *   that is broken or of another list.
 */
async function readNewest<R extends Dated, N>(
  options: ListOptions<R, N>,
): Promise<ConnectionModel<N>> {
  checkPage(options);
  const { items } = await readKeyset(options.upstream, options.since, undefined, Infinity);
  options.onWhole?.(items);
  return newestOfWhole({ ...options, all: items });
}

/**
 * The same where all of the list is known already.
 *
 * @param all The whole list, the oldest change first.
 */
function newestOfWhole<R, N>({
  all,
  first,
  after,
  list,
  toNode,
}: Options<R, N> & { readonly all: readonly KeysetItem<R>[] }): ConnectionModel<N> {
  const want = readFirst(first);
  const name = listName(...list);
  const { modifiedAt = null, upTo } = after == null ? {} : readCursor(name, after);
  const isOlder = (item: KeysetItem<R>): boolean =>
    upTo === undefined || compareItems(item, { id: upTo, modifiedAt }) < 0;
  const left = all.toReversed().filter(isOlder);
  const edges = left.slice(0, want).map((item) => {
    const { modifiedAt, id: upTo } = item;
    const place = { modifiedAt, upTo, ids: [], count: 1 };
    return new Edge(toNode(item), () => encodeKeysetCursor(name, place));
  });
  return {
    nodes: edges.map(({ node }) => node),
    edges,
    pageInfo: new PageInfoModel(edges, after != null, () => left.length > want),
    totalCount: async () => all.length,
  };
}

const READINGS = {
  OLDEST: { inOrder: (list: ListOptions<unknown, unknown>['list']) => list, readPage, pageOfWhole },
  NEWEST: { inOrder: newestFirst, readPage: readNewest, pageOfWhole: newestOfWhole },
};

/** How pages of a list are read in an order: from Cotalker, or of a list that is known as a whole. */
export const readingIn = (order: ListOrder) => READINGS[order];
