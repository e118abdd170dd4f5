/** A number with its noun, such as `1 group` or `45 groups`. */
export const count = (n: number, plural: string, singular = plural.replace(/s$/, '')): string =>
  `${n} ${n === 1 ? singular : plural}`;

/** A part of a number, such as `3 of 45 groups`. */
export const part = (n: number, of: number, plural: string): string =>
  `${n} of ${count(of, plural)}`;

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
