import type { Collection } from '../cotalker/records/envelope.ts';
import { isReadable } from '../cotalker/errors.ts';
import {
  type Dated,
  type KeysetList,
  type KeysetWindow,
  readKeyset,
} from '../cotalker/paging/keyset.ts';
import {
  advance,
  compareMoments,
  type Moment,
  type Position,
} from '../cotalker/records/position.ts';
import { toEdges } from '../mapping/connection.ts';

/** Where the newest page of a list starts, in the upstream's words. */
export interface NewestPage {
  readonly modified_gte?: string;
  readonly limit: number;
}

/** Lists one page of the list, the latest change first, with a count. */
export type FetchNewest<R> = (page: NewestPage) => Promise<Collection<R>>;

export interface TipOptions<R> {
  readonly fetchNewest: FetchNewest<R>;
  readonly list: KeysetList<R>;
  /** The list's own lower bound, where its filter has one. */
  readonly since: Moment;
}

/** Enough for all that is changed in one millisecond, and for one that was changed before. */
const NEWEST = 20;

/**
 * The place behind all that is on the list now; undefined where nothing is.
 *
 * One small call where the page goes back beyond the last moment: then all items of that moment are on it,
 * and the place names them, so that one which comes to the same moment later lies behind. Where a crowd of
 * that moment fills the page, it is read on from there; and from its start, where the page is not in order.
 */
export async function findTip<R extends Dated>({
  fetchNewest,
  list,
  since,
}: TipOptions<R>): Promise<Position | undefined> {
  const bound = since === null ? {} : { modified_gte: since };
  const { items, total } = await fetchNewest({ ...bound, limit: NEWEST });
  if (items.length === 0) return undefined;
  // One whose date cannot be read has no place on this page: then the list is read on from the newest that has.
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
