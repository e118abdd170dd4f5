import { expect } from '@jest/globals';
import type { GroupRecord } from '../../src/cotalker/groups.ts';
import type { FetchPage, KeysetItem } from '../../src/cotalker/keyset.ts';
import type { Moment } from '../../src/cotalker/position.ts';
import { readPage } from '../../src/loaders/connection.ts';
import type { ModelRecord } from './model-upstream.ts';

export type Fetch = FetchPage<GroupRecord>;

/** A page of the list as a client sees it. */
export interface Page {
  readonly nodes: readonly (ModelRecord & { readonly error: unknown })[];
  readonly hasNextPage: boolean;
  /** Where to go on: the page's last cursor, or the one it was asked for with. */
  readonly next: string | null;
  readonly totalCount: () => Promise<number>;
}

/** Reads one page, through the cursors that a client gets. */
export async function readGroups(
  fetchPage: Fetch,
  first: number,
  after: string | null,
  since: Moment = null,
): Promise<Page> {
  const { edges, pageInfo, totalCount } = await readPage({
    first,
    after,
    list: ['groups', { since }],
    since,
    fetchPage,
    toNode: ({ id, modifiedAt, record }: KeysetItem<GroupRecord>) => ({
      id,
      modifiedAt,
      error: record instanceof Error ? record : null,
    }),
  });
  const nodes = edges.map(({ node }) => node);
  expect(nodes.length).toBeLessThanOrEqual(first);
  expect(pageInfo.hasNextPage && nodes.length < first).toBe(false);
  const { hasNextPage, endCursor } = pageInfo;
  return { nodes, hasNextPage, next: endCursor ?? after, totalCount };
}

/** All pages up to the one that is the last. */
export async function traverse(
  fetchPage: Fetch,
  first: number,
  after: string | null = null,
  since: Moment = null,
): Promise<Page[]> {
  const pages: Page[] = [];
  for (let next = after; ;) {
    const page = await readGroups(fetchPage, first, next, since);
    pages.push(page);
    if (!page.hasNextPage) return pages;
    if (pages.length > 1000) throw new Error('the traversal does not end');
    next = page.next;
  }
}

export const nodesOf = (pages: readonly Page[]) => pages.flatMap(({ nodes }) => nodes);
export const recordsOf = (pages: readonly Page[]): ModelRecord[] =>
  nodesOf(pages).map(({ id, modifiedAt }) => ({ id, modifiedAt }));
export const idsOf = (pages: readonly Page[]): string[] => nodesOf(pages).map(({ id }) => id);
export const nextOf = (pages: readonly Page[]): string | null => pages.at(-1)?.next ?? null;
