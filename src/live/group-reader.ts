import { listGroups } from '../cotalker/endpoints/groups.ts';
import { isReadable } from '../cotalker/errors.ts';
import type { Dated } from '../cotalker/records/placed-item.ts';
import type { KeysetList } from '../cotalker/paging/paged-list.ts';
import { type KeysetWindow, readKeyset } from '../cotalker/paging/keyset.ts';
import type { Collection } from '../cotalker/records/envelope.ts';
import type { GroupRecord } from '../cotalker/records/group.ts';
import { advance, compareMoments, type Moment, type Position } from '../cotalker/records/moment.ts';
import type { Session } from '../cotalker/session.ts';
import { groupsUpstream } from '../loaders/every-group.ts';
import type { groupList } from '../loaders/arguments.ts';
import { toEdges } from '../mapping/connection.ts';
import type { Reader } from './feed.ts';

export type GroupList = ReturnType<typeof groupList>;

/**
 * Reads a list of groups (`GET /v2/groups`).
 *
 * @param onItems Called before a reading gives items.
 */
export function readGroups(
  { upstreamFilter, since }: GroupList,
  session: Pick<Session, 'get' | 'traits'>,
  onItems: () => void,
): Reader<GroupRecord> {
  const list = groupsUpstream(session, upstreamFilter);
  return {
    read: async (after, want) => {
      const window = await readKeyset(list, since, after, want);
      if (window.items.length > 0) onItems();
      return window;
    },
    findListEnd: () => {
      const fetchNewest = (page: NewestPage) =>
        listGroups(session, upstreamFilter, { ...page, page: 1 }, false, 'desc');
      return findListEnd({ fetchNewest, list, since });
    },
  };
}

export interface NewestPage {
  readonly modified_gte?: string;
  readonly limit: number;
}

interface ListEndOptions<R> {
  /** Lists one page, latest change first, with a count. */
  readonly fetchNewest: (page: NewestPage) => Promise<Collection<R>>;
  readonly list: KeysetList<R>;
  readonly since: Moment;
}

/** Enough for all items that change in one millisecond, and one earlier item. */
const NEWEST = 20;

/**
 * Finds the position after all current items; undefined if there are none.
 *
 * It takes one small call if the page reaches back beyond the last moment. Then all items of that moment are on the
 * page, and the position names them. So an item that gets the same moment later comes after the position. If items
 * of that moment fill the page, the list is read from that moment on. If the page is not in order, the list is read
 * from its start.
 */
export async function findListEnd<R extends Dated>({
  fetchNewest,
  list,
  since,
}: ListEndOptions<R>): Promise<Position | undefined> {
  const bound = since === null ? {} : { modified_gte: since };
  const { items, total } = await fetchNewest({ ...bound, limit: NEWEST });
  if (items.length === 0) return undefined;
  // An item without a readable date has no position: then the list is read from the newest item that has one.
  const records = items.flatMap(({ record }) => {
    if (!isReadable(record)) return [];
    const { _id, modifiedAt } = record;
    return isReadable(modifiedAt) ? { _id, modifiedAt } : [];
  });
  const [newest] = records;
  const isInOrder = records.every(
    ({ modifiedAt }, index) =>
      index === 0 || compareMoments(modifiedAt, records[index - 1]?.modifiedAt ?? null) <= 0,
  );
  if (newest === undefined || !isInOrder)
    return endOf(await readKeyset(list, since, undefined, Infinity));

  const { modifiedAt } = newest;
  const isAll = list.session.traits.provesEnd(list.name, items.length, total);
  const isBeyond = isAll || records.at(-1)?.modifiedAt !== modifiedAt;
  if (records.length === items.length && isBeyond)
    return records
      .filter((record) => record.modifiedAt === modifiedAt)
      .reduce<Position | undefined>(
        (place, { _id }) => advance(place, { id: _id, modifiedAt }, false),
        undefined,
      );
  const start = { modifiedAt, ids: [], count: 0 };
  return endOf(await readKeyset(list, since, start, Infinity)) ?? start;
}

const endOf = <R>({ items, newest }: KeysetWindow<R>): Position | undefined =>
  toEdges(items, undefined, newest).at(-1)?.position;
