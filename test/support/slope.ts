/** What the memory was after so many requests. */
export interface Point {
  readonly requests: number;
  readonly bytes: number;
}

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle) - 1] ?? NaN)) / 2;
};

/**
 * The growth of memory in bytes for each request. It is the median of the slopes between all pairs of points (Theil
 * and Sen). Up to 29 % of outliers do not change it, unlike least squares.
 */
export function slopeOf(points: readonly Point[]): number {
  const slopes = points.flatMap((from, index) =>
    points.slice(index + 1).map((to) => (to.bytes - from.bytes) / (to.requests - from.requests)),
  );
  return median(slopes);
}

/** Bytes from the median of the first third of the points to that of the last. */
export function growthOf(points: readonly Point[]): number {
  const third = Math.ceil(points.length / 3);
  const medianOf = (some: readonly Point[]): number => median(some.map(({ bytes }) => bytes));
  return medianOf(points.slice(-third)) - medianOf(points.slice(0, third));
}
