import type { Tokens } from './tokens.ts';
import type { Run } from './measure.ts';

/** The runs of one subject in one scenario with the same tokens, over all repetitions. */
export interface Cell {
  readonly runs: readonly Run[];
  /** Medians over the runs. */
  median(of: (run: Run) => number): number;
}

export type Lookup = (scenario: string, subject: string, tokens?: Tokens) => Cell | undefined;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = NaN, high = NaN] = sorted.slice(middle - 1 + (sorted.length % 2), middle + 1);
  return sorted.length % 2 === 1 ? low : (low + high) / 2;
}

/** @param share 0.95: the 95th percentile; NaN of nothing. */
export const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? NaN;

export function createLookup(runs: readonly Run[]): Lookup {
  const keyOf = (scenario: string, subject: string, tokens: Tokens): string =>
    [scenario, subject, tokens].join(' ');
  const cells = Map.groupBy(runs, (run) => keyOf(run.scenario, run.subject, run.tokens));
  return (scenario, subject, tokens = 'own') => {
    const own = cells.get(keyOf(scenario, subject, tokens));
    return own && { runs: own, median: (of) => median(own.map(of)) };
  };
}

/** How much of one figure another one is; undefined where one of the two was not measured. */
export function ratio(
  a: Cell | undefined,
  b: Cell | undefined,
  of: (run: Run) => number,
): number | undefined {
  return a && b ? a.median(of) / b.median(of) : undefined;
}
