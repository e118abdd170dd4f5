import type { Readings } from './readings.ts';
import { field, text, texts, time } from './records.ts';

export type Filter = (record: unknown) => boolean;

export const where = (records: readonly unknown[], ...filters: Filter[]): unknown[] =>
  records.filter((record) => filters.every((holds) => holds(record)));

const everything: Filter = () => true;

export function byFlag(wanted: 'all' | 'true' | 'false' | undefined, holds: Filter): Filter {
  if (wanted === undefined || wanted === 'all') return everything;
  return (record) => holds(record) === (wanted === 'true');
}

/** A missing `isActive` means active. */
export const isActive: Filter = (record) => field(record, 'isActive') !== false;

/** What an endpoint shows that has `isActive=all|true|false`. */
export const byActive = (
  wanted: 'all' | 'true' | 'false' | undefined,
  { unsentIsActive }: Readings,
): Filter => byFlag(wanted ?? (unsentIsActive === 'all' ? 'all' : 'true'), isActive);

export function byIds(name: string, wanted: readonly string[] | undefined): Filter {
  if (!wanted) return everything;
  const ids = new Set<unknown>(wanted);
  return (record) => ids.has(field(record, name));
}

/** By a part of a keyword: `search` is the only field that is looked at (sheet, section 3). */
export function bySearch(wanted: string | undefined): Filter {
  if (wanted === undefined) return everything;
  const needle = wanted.toLowerCase();
  return (record) =>
    texts(record, 'search').some((keyword) => keyword.toLowerCase().includes(needle));
}

/** By a part of a task's name or description; the sheet does not say where Cotalker looks. */
export function byWords(wanted: string | undefined): Filter {
  if (wanted === undefined) return everything;
  const needle = wanted.toLowerCase();
  return (record) =>
    [text(record, 'name'), text(record, 'info')].some((one) => one?.toLowerCase().includes(needle));
}

const comparisons: Record<string, (time: number, bound: number) => boolean> = {
  '': (time, bound) => time === bound,
  _gt: (time, bound) => time > bound,
  _gte: (time, bound) => time >= bound,
  _lt: (time, bound) => time < bound,
  _lte: (time, bound) => time <= bound,
};

/** The filters `<parameter>`, `<parameter>_gt` … that a query holds; a record without the date matches none. */
export function byDate(
  query: Readonly<Record<string, unknown>>,
  parameter: string,
  name: string,
): Filter {
  const bounds = Object.entries(comparisons).flatMap(([suffix, holds]) => {
    const bound = query[parameter + suffix];
    return typeof bound === 'number' ? [(at: number) => holds(at, bound)] : [];
  });
  if (bounds.length === 0) return everything;
  return (record) => {
    const at = time(record, name);
    return at !== undefined && bounds.every((holds) => holds(at));
  };
}
