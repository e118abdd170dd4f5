import { text, time } from './records.ts';

type SortKey = (record: unknown) => number | string | undefined;

const sortKeys: Record<string, SortKey> = {
  createdAt: (record) => time(record, 'createdAt'),
  modifiedAt: (record) => time(record, 'modifiedAt'),
  name: (record) => text(record, 'name'),
  nameCode: (record) => text(record, 'nameCode', 'code'),
  collectionName: (record) => text(record, 'collectionName'),
};

/** As MongoDB sorts: what lacks the key comes first in `asc`, ties keep the order of insertion. */
function sort(records: readonly unknown[], key: SortKey, direction: 1 | -1): unknown[] {
  return records.toSorted((left, right) => {
    const [a, b] = [key(left), key(right)];
    if (a === b) return 0;
    if (a === undefined) return -direction;
    if (b === undefined) return direction;
    return a < b ? -direction : direction;
  });
}

export interface Paging {
  readonly limit?: number;
  readonly page?: number;
  readonly count?: 'true' | 'false';
  readonly sortBy?: string;
  readonly orderBy?: 'asc' | 'desc';
}

/**
 * One page in the v2 envelope. The cap is silent and the offset follows it: whoever asks for more than
 * the cap gets short pages, and none is skipped.
 */
export function collection(
  records: readonly unknown[],
  paging: Paging,
  shape: { readonly plural: string; readonly total: 'count' | 'counter'; readonly cap: number },
): { data: Record<string, unknown> } {
  const key = paging.sortBy === undefined ? undefined : sortKeys[paging.sortBy];
  const sorted = key ? sort(records, key, paging.orderBy === 'desc' ? -1 : 1) : records;
  const size = Math.min(paging.limit ?? 10, shape.cap);
  const skip = ((paging.page ?? 1) - 1) * size;
  const total = paging.count === 'true' ? { [shape.total]: records.length } : {};
  return { data: { [shape.plural]: sorted.slice(skip, skip + size), ...total } };
}
