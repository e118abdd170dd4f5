import { type Field, readableOr } from '../cotalker/records/values.ts';

/** Names sort alike on every machine: by the root collation, whatever the process's locale is. */
const names = new Intl.Collator('und');

/** What can be put in order; what could not be read counts as missing. */
interface Weighed {
  readonly _id: Field<string>;
  readonly weight: Field<number>;
}

/**
 * Orders by weight, smaller first; what has no weight comes last. Ties by name, then (where there is
 * one) by id, so that the order is the same at every call.
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
