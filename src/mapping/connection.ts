import type { KeysetItem } from '../cotalker/records/placed-item.ts';
import { advance, compareMoments, type Moment, type Position } from '../cotalker/records/moment.ts';
import type { PageInfo } from '../generated/resolvers.ts';

/** An item of a list that is read by keyset, and the position right after it. */
export interface KeysetEdge<R> extends KeysetItem<R> {
  readonly position: Position;
}

/**
 * Gives every item of a page the position after it, counted from the start of the page.
 *
 * @param newest The last moment that the reading has seen: all moments before it are complete.
 */
export function toEdges<R>(
  items: readonly KeysetItem<R>[],
  after: Position | undefined,
  newest: Moment,
): KeysetEdge<R>[] {
  let position = after;
  return items.map((item) => {
    position = advance(position, item, compareMoments(item.modifiedAt, newest) < 0);
    return { ...item, position };
  });
}

/** To find out whether the list continues may take a call. It is made only if a query asks for it. */
export interface PageInfoModel extends Omit<PageInfo, 'hasNextPage'> {
  readonly hasNextPage: () => boolean | Promise<boolean>;
}

/**
 * Relay's page info. `hasPreviousPage` is whether the page was requested after a cursor: the item of that cursor is
 * before the page.
 */
export const toPageInfo = (
  edges: readonly { readonly cursor: string }[],
  hasPreviousPage: boolean,
  hasNextPage: PageInfoModel['hasNextPage'],
): PageInfoModel => ({
  __typename: 'PageInfo',
  hasNextPage,
  hasPreviousPage,
  get startCursor() {
    return edges.at(0)?.cursor ?? null;
  },
  get endCursor() {
    return edges.at(-1)?.cursor ?? null;
  },
});
