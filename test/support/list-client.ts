import { expect } from '@jest/globals';
import { readCollection } from '../../src/cotalker/records/envelope.ts';
import { type GroupRecord, groupRecord } from '../../src/cotalker/records/group.ts';
import type { KeysetItem } from '../../src/cotalker/records/placed-item.ts';
import type { KeysetList, KeysetPage } from '../../src/cotalker/paging/paged-list.ts';
import type { Moment } from '../../src/cotalker/records/moment.ts';
import { createTraits, type KnownTraits } from '../../src/cotalker/traits/index.ts';
import { readPage } from '../../src/loaders/connection.ts';
import type { ModelRecord } from './model-upstream.ts';

export type List = KeysetList<GroupRecord>;

/** A list of groups that is served by a function, and nothing is known of but what its answers show. */
export function listServedBy(answer: (page: KeysetPage) => unknown, known: KnownTraits = {}): List {
  const traits = createTraits(known);
  return {
    name: 'groups',
    session: { traits },
    fetchPage: async (page) => {
      const found = readCollection({ data: answer(page) }, ['groups'], groupRecord);
      traits.notePage('groups', { ...page, items: found.items.length, count: found.total });
      return found;
    },
  };
}

/** A page of the list as a client sees it. */
export interface Page {
  readonly nodes: readonly (ModelRecord & { readonly error: unknown })[];
  readonly hasNextPage: boolean;
  /** Where to go on: the page's last cursor, or the one it was asked for with. */
  readonly next: string | null;
  readonly totalCount: () => Promise<number | null>;
}

/** Reads one page, through the cursors that a client gets. */
export async function readGroups(
  upstream: List,
  first: number,
  after: string | null,
  since: Moment = null,
): Promise<Page> {
  const { edges, pageInfo, totalCount } = await readPage<GroupRecord, Page['nodes'][number]>({
    first,
    after,
    list: ['groups', { since }],
    since,
    upstream,
    toNode: ({ id, modifiedAt, record }: KeysetItem<GroupRecord>) => ({
      id,
      modifiedAt,
      error: record instanceof Error ? record : null,
    }),
  });
  const nodes = edges.map(({ node }) => node);
  expect(nodes.length).toBeLessThanOrEqual(first);
  const hasNextPage = await pageInfo.hasNextPage();
  const { endCursor } = pageInfo;
  expect(hasNextPage && nodes.length < first).toBe(false);
  return { nodes, hasNextPage, next: endCursor ?? after, totalCount };
}

/** All pages up to the one that is the last. */
export async function traverse(
  upstream: List,
  first: number,
  after: string | null = null,
  since: Moment = null,
): Promise<Page[]> {
  const pages: Page[] = [];
  for (let next = after; ;) {
    const page = await readGroups(upstream, first, next, since);
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
