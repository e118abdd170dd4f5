import { DOCUMENTED_QUOTA } from '../../sandbox/index.ts';
import { percentile } from '../lib/stats.ts';
import { idealSteps, type Load } from './ideal.ts';
import type { StepTaken, Tally } from './session.ts';

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
  load: Omit<Load, 'callsOf' | 'stepMs'>,
  { tally: { whole, half, steps }, calls, refused }: Counted,
): Figures {
  const stepMs = steps.map(({ ms }) => ms);
  const ideal = idealSteps(
    { ...load, callsOf: meanCalls(steps), stepMs: percentile(stepMs, 0.05) },
    DOCUMENTED_QUOTA,
  );
  return {
    ...{ name, users: load.users, calls, refused, whole, half },
    wholeAMinute: (whole * 60_000) / load.lastsMs,
    callsASession: ((calls - refused) / steps.length) * load.stepsASession,
    ...{ p50: percentile(stepMs, 0.5), p95: percentile(stepMs, 0.95) },
    idealP95: percentile(ideal, 0.95),
  };
}

/** A first session takes more calls than later ones: what is unavoidable then is part of what the quota alone makes. */
const meanCalls =
  (steps: readonly StepTaken[]): Load['callsOf'] =>
  (step, isFirst) => {
    const same = steps.filter((one) => one.step === step && one.isFirst === isFirst);
    return same.reduce((sum, { calls }) => sum + calls, 0) / Math.max(1, same.length);
  };

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

export interface Bar {
  readonly title: string;
  readonly isMet: boolean;
}

/** The bars for `ours` at 30 users. */
export const barsOf = (figures: readonly Figures[]): Bar[] =>
  withBest(figures, (ours, best) => [
    {
      title: '3 times the whole sessions a minute of the best peer',
      isMet: ours.wholeAMinute >= 3 * best,
    },
    ...careful(ours),
    {
      title: 'p95 of a step at most 1.25 times what the quota makes unavoidable',
      isMet: ours.p95 <= 1.25 * ours.idealP95,
    },
  ]);

/** What holds in a short run with few users, too. */
export const smokeBarsOf = (figures: readonly Figures[]): Bar[] =>
  withBest(figures, (ours, best) => [
    { title: 'as many whole sessions as the best peer', isMet: ours.wholeAMinute >= best },
    ...careful(ours),
  ]);

const careful = (ours: Figures): Bar[] => [
  { title: 'no half answer', isMet: ours.half === 0 },
  { title: 'at most 2 % of calls refused', isMet: ours.refused <= 0.02 * ours.calls },
];

function withBest(
  figures: readonly Figures[],
  judge: (ours: Figures, best: number) => Bar[],
): Bar[] {
  const ours = figures.find(({ name }) => name === 'ours');
  const peers = figures.filter(({ name }) => !['ours', WITHOUT_TASKS].includes(name));
  return ours && peers.length > 0 ? judge(ours, Math.max(...peers.map((f) => f.wholeAMinute))) : [];
}

/** A line for each bar, met or not. */
export const verdicts = (bars: readonly Bar[]): string =>
  bars.map(({ title, isMet }) => `${isMet ? 'met' : 'NOT MET'}: ${title}\n`).join('');
