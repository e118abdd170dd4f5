/** The first value that has any text in it; null where none has. */
export const firstText = (...values: readonly (string | null)[]): string | null =>
  values.find((value) => value !== null && value.trim() !== '') ?? null;
