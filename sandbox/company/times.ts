const start = Date.UTC(2020, 0, 1, 12);

/** A moment of the company's history: so many days (and minutes) after noon of 1 January 2020. */
export function at(day: number, minutes = 0): string {
  return new Date(start + (day * 24 * 60 + minutes) * 60_000).toISOString();
}
