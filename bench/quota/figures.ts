import type { Tally } from './session.ts';

export interface Figures {
  readonly name: string;
  readonly users: number;
  readonly whole: number;
  readonly wholeAMinute: number;
  readonly callsASession: number;
  readonly calls: number;
  readonly refused: number;
  readonly half: number;
  readonly p50: number;
  readonly p95: number;
}

interface Counted {
  readonly tally: Tally;
  readonly calls: number;
  readonly refused: number;
  readonly tookMs: number;
}

export function toFigures(
  name: string,
  users: number,
  { tally, calls, refused, tookMs }: Counted,
): Figures {
  const sorted = tally.stepMs.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? NaN;
  return {
    ...{ name, users, calls, refused, whole: tally.whole, half: tally.half },
    wholeAMinute: (tally.whole * 60_000) / tookMs,
    callsASession: calls / users,
    ...{ p50: at(0.5), p95: at(0.95) },
  };
}

const row = (f: Figures): string =>
  [
    ...[f.name, f.users, f.whole, f.wholeAMinute.toFixed(1), f.callsASession.toFixed(1)],
    ...[`${f.refused} of ${f.calls}`, f.half, f.p50.toFixed(0), f.p95.toFixed(0)],
  ].join(' | ');

/** In Markdown; steps in milliseconds. */
export const table = (figures: readonly Figures[]): string =>
  [
    'subject | users | whole | whole a minute | calls a session | refused calls | half answers | p50 ms | p95 ms',
    '--- | --: | --: | --: | --: | --: | --: | --: | --:',
    ...figures.map(row),
    '',
  ].join('\n');

/** The bars for `ours`, each met or not; the bar of p95 is not computed yet. */
export function met(figures: readonly Figures[]): string {
  const ours = figures.find(({ name }) => name === 'ours');
  if (!ours) return '';
  const best = Math.max(...figures.filter((f) => f !== ours).map((f) => f.wholeAMinute));
  const bars: readonly [string, boolean][] = [
    ['3 times the whole sessions a minute of the best peer', ours.wholeAMinute >= 3 * best],
    ['no half answer', ours.half === 0],
    ['at most 2 % of calls refused', ours.refused <= 0.02 * ours.calls],
  ];
  const judged = bars.map(([bar, isMet]) => `${isMet ? 'met' : 'NOT MET'}: ${bar}\n`);
  const open = 'NOT JUDGED: p95 of a step at most 1.25 times what the quota makes unavoidable\n';
  return [...judged, open].join('');
}
