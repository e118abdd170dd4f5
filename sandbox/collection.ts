import { countOf, type ListName, type Readings } from './readings.ts';
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

/** What a page is cut from, and how. */
export interface Source {
  readonly list: ListName;
  /** What the filter matches, for this caller. */
  readonly found: readonly unknown[];
  /** All that there is, whatever the filter and the caller. */
  readonly all: readonly unknown[];
  readonly cap: number;
  readonly readings: Readings;
  /** A record in the form that it is sent in. */
  readonly asSent: (record: unknown) => unknown;
}

/**
 * One page in its envelope. The cap is silent; unless the readings say otherwise, the offset follows it: whoever
 * asks for more than the cap gets short pages, and no record is skipped.
 */
export function collection(source: Source, paging: Paging): unknown {
  const { list, found, cap, readings } = source;
  const key = paging.sortBy === undefined ? undefined : sortKeys[paging.sortBy];
  const sorted = key ? sort(found, key, paging.orderBy === 'desc' ? -1 : 1) : found;
  const limit = paging.limit ?? 10;
  const size = Math.min(limit, cap);
  const skip = ((paging.page ?? 1) - 1) * (readings.skip === 'asked' ? limit : size);
  const page = sorted.slice(skip, skip + size);
  const count = paging.count === 'true' ? told(source, page) : undefined;
  const data = {
    [keyOf(list, readings)]: page.map(source.asSent),
    ...(count !== undefined && { [countNameOf(list, readings)]: count }),
  };
  return list === 'properties' && !readings.propertiesEnvelope ? data : { data };
}

function told(
  { list, found, all, readings }: Source,
  page: readonly unknown[],
): number | undefined {
  switch (countOf(readings, list)) {
    case 'total':
      return found.length;
    case 'wider':
      return all.length;
    case 'page':
      return page.length;
    case 'none':
      return undefined;
  }
}

function keyOf(list: ListName, { taskGroupsKey }: Readings): string {
  if (list === 'taskGroups') return taskGroupsKey;
  return list === 'tasks' ? 'values' : list;
}

function countNameOf(list: ListName, { countName }: Readings): string {
  if (countName !== 'mixed') return countName;
  return list === 'channels' ? 'counter' : 'count';
}
