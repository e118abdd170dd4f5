import type { KeysetItem } from '../cotalker/records/placed-item.ts';
import {
  advance,
  compareMoments,
  type Moment,
  type Position,
} from '../cotalker/records/position.ts';
import type { PageInfo } from '../generated/resolvers.ts';

/** An item of a list read by keyset, and the place right behind it. */
export interface KeysetEdge<R> extends KeysetItem<R> {
  readonly position: Position;
}

/**
 * Gives every item of a page the place behind it, counted on from where the page starts.
 *
 * @param newest The last moment that the reading met: those before it are over.
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

/** Whether the list goes on may take a call, which is made where it is asked for. */
export interface PageInfoModel extends Omit<PageInfo, 'hasNextPage'> {
  readonly hasNextPage: () => boolean | Promise<boolean>;
}

/**
 * Relay's page info. `hasPreviousPage` is whether the page was asked for after a cursor: the item that
 * the cursor came from lies before it.
 */
export const toPageInfo = (
  edges: readonly { readonly cursor: string }[],
  hasPreviousPage: boolean,
  hasNextPage: PageInfoModel['hasNextPage'],
): PageInfoModel => ({
  __typename: 'PageInfo',
  hasNextPage,
  hasPreviousPage,
  // Sealed only where they are asked for.
  get startCursor() {
    return edges.at(0)?.cursor ?? null;
  },
  get endCursor() {
    return edges.at(-1)?.cursor ?? null;
  },
});
