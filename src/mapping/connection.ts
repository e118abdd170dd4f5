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

/** An edge before its node is resolved. */
export interface EdgeModel<N> {
  readonly cursor: string;
  readonly node: N;
}

/*
 * What follows are classes for their getters: V8 keeps an object literal that has one as a dictionary, which is slow
 * to make and to read.
 */

/** An edge whose cursor is only worked out where it is asked for. */
export class Edge<N> implements EdgeModel<N> {
  readonly node: N;
  readonly #toCursor: () => string;

  constructor(node: N, toCursor: () => string) {
    this.node = node;
    this.#toCursor = toCursor;
  }

  get cursor(): string {
    return this.#toCursor();
  }
}

/**
 * Relay's page info. `hasPreviousPage` is whether the page was requested after a cursor: the item of that cursor is
 * before the page. To find out whether the list continues may take a call, which is made only if a query asks for it.
 */
export class PageInfoModel implements Omit<PageInfo, 'hasNextPage'> {
  readonly __typename = 'PageInfo';
  readonly hasPreviousPage: boolean;
  readonly hasNextPage: () => boolean | Promise<boolean>;
  readonly #edges: readonly { readonly cursor: string }[];

  constructor(
    edges: readonly { readonly cursor: string }[],
    hasPreviousPage: boolean,
    hasNextPage: () => boolean | Promise<boolean>,
  ) {
    this.#edges = edges;
    this.hasPreviousPage = hasPreviousPage;
    this.hasNextPage = hasNextPage;
  }

  get startCursor(): string | null {
    return this.#edges.at(0)?.cursor ?? null;
  }

  get endCursor(): string | null {
    return this.#edges.at(-1)?.cursor ?? null;
  }
}

/** A page whose edges are only worked out where they are asked for: an edge costs more than its node. */
export class PageModel<N> {
  readonly nodes: N[];
  readonly #toEdges: () => readonly EdgeModel<N>[];
  readonly #hasPrevious: boolean;
  readonly #hasNext: () => boolean;

  /** @param toEdges Gives the same edges whenever it is called. */
  constructor(
    nodes: N[],
    toEdges: () => readonly EdgeModel<N>[],
    hasPrevious: boolean,
    hasNext: () => boolean,
  ) {
    this.nodes = nodes;
    this.#toEdges = toEdges;
    this.#hasPrevious = hasPrevious;
    this.#hasNext = hasNext;
  }

  get edges(): readonly EdgeModel<N>[] {
    return this.#toEdges();
  }

  get pageInfo(): PageInfoModel {
    return new PageInfoModel(this.#toEdges(), this.#hasPrevious, this.#hasNext);
  }
}
