/** Names sort alike on every machine: by the root collation, whatever the process's locale is. */
const names = new Intl.Collator('und');

/**
 * Orders by weight, smaller first; what has no weight comes last. Ties by name, then (where there is
 * one) by id, so that the order is the same at every call.
 */
export const byWeight =
  <T extends { readonly _id: string | null; readonly weight: number | null }>(
    nameOf: (item: T) => string,
  ) =>
  (a: T, b: T): number =>
    compareWeights(a.weight, b.weight) ||
    names.compare(nameOf(a), nameOf(b)) ||
    compareIds(a._id ?? '', b._id ?? '');

const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function compareWeights(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a - b;
}
