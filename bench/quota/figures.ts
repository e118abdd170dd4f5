import { DOCUMENTED_QUOTA } from '../../sandbox/index.ts';
import { idealSteps, type Load, percentile } from './ideal.ts';
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
  /** Milliseconds of a step. */
  readonly p50: number;
  readonly p95: number;
  /** What the quota alone makes of the same calls. */
  readonly idealP95: number;
}

interface Counted {
  readonly tally: Tally;
  readonly calls: number;
  readonly refused: number;
}

export function toFigures(
  name: string,
  load: Omit<Load, 'callsAStep' | 'stepMs'>,
  { tally: { whole, half, stepMs }, calls, refused }: Counted,
): Figures {
  const callsAStep = (calls - refused) / stepMs.length;
  const ideal = idealSteps(
    { ...load, callsAStep, stepMs: percentile(stepMs, 0.05) },
    DOCUMENTED_QUOTA,
  );
  return {
    ...{ name, users: load.users, calls, refused, whole, half },
    wholeAMinute: (whole * 60_000) / load.lastsMs,
    callsASession: callsAStep * load.stepsASession,
    ...{ p50: percentile(stepMs, 0.5), p95: percentile(stepMs, 0.95) },
    idealP95: percentile(ideal, 0.95),
  };
}

const row = (f: Figures): string =>
  [
    ...[f.name, f.users, f.whole, f.wholeAMinute.toFixed(1), f.callsASession.toFixed(1)],
    ...[`${f.refused} of ${f.calls}`, f.half],
    ...[f.p50, f.p95, f.idealP95].map((ms) => ms.toFixed(0)),
  ].join(' | ');

/** In Markdown; steps in milliseconds. */
export const table = (figures: readonly Figures[]): string =>
  [
    'subject | users | whole | whole a minute | calls a session | refused calls | half answers | p50 ms | p95 ms | p95 of the quota alone',
    '--- | --: | --: | --: | --: | --: | --: | --: | --: | --:',
    ...figures.map(row),
    '',
  ].join('\n');

/** Its board has no tasks, so its sessions are shorter than the others', and no measure for them. */
const WITHOUT_TASKS = 'hive';

/** The bars for `ours`, each met or not. */
export function met(figures: readonly Figures[]): string {
  const ours = figures.find(({ name }) => name === 'ours');
  if (!ours) return '';
  const peers = figures.filter(({ name }) => !['ours', WITHOUT_TASKS].includes(name));
  const best = Math.max(...peers.map((f) => f.wholeAMinute));
  const bars: readonly [string, boolean][] = [
    ['3 times the whole sessions a minute of the best peer', ours.wholeAMinute >= 3 * best],
    ['no half answer', ours.half === 0],
    ['at most 2 % of calls refused', ours.refused <= 0.02 * ours.calls],
    [
      'p95 of a step at most 1.25 times what the quota makes unavoidable',
      ours.p95 <= 1.25 * ours.idealP95,
    ],
  ];
  return bars.map(([bar, isMet]) => `${isMet ? 'met' : 'NOT MET'}: ${bar}\n`).join('');
}
