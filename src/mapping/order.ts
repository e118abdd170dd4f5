import { type Field, readableOr } from '../cotalker/records/fields.ts';

/** Names sort in the same order on every machine: by the root collation, whatever the process's locale is. */
const names = new Intl.Collator('und');

/** The fields to sort by; a field that could not be read counts as missing. */
interface Weighed {
  readonly _id: Field<string>;
  readonly weight: Field<number>;
}

/**
 * Sorts by weight, smaller first, items without a weight last. Equal weights sort by name, then by id if there is
 * one, so the order is always the same.
 */
export const byWeight =
  <T extends Weighed>(nameOf: (item: T) => string) =>
  (a: T, b: T): number =>
    compareWeights(a.weight, b.weight) ||
    names.compare(nameOf(a), nameOf(b)) ||
    compareIds(readableOr(a._id, ''), readableOr(b._id, ''));

const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function compareWeights(a: Field<number>, b: Field<number>): number {
  if (a === b) return 0;
  if (typeof a !== 'number') return typeof b === 'number' ? 1 : 0;
  return typeof b === 'number' ? a - b : -1;
}
