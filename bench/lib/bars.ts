import type { Starts } from '../start/index.ts';
import type { Run } from './measure.ts';
import { WANTED_RATES } from './scenarios.ts';
import { type Cell, type Lookup, ratio } from './stats.ts';
import type { Tokens } from './tokens.ts';

/** One bar of the issue: what is wanted, what was measured, and whether that is enough. */
export interface Bar {
  readonly wanted: string;
  readonly measured: string;
  /** Undefined where nothing is wanted, and the figure is only shown beside the bars. */
  readonly isMet: boolean | undefined;
}

const rate = ({ rate }: Run): number => rate;
const p99 = ({ p99 }: Run): number => p99;
const times = (value: number): string => `${value.toFixed(2)} x`;
const ms = (value: number): string => `${value.toFixed(0)} ms`;
const mb = (value: number): string => `${value.toFixed(0)} MB`;

const BODIES: Readonly<Partial<Record<Tokens, string>>> = {
  fresh: 'new bodies and tokens',
  new: 'new bodies, known tokens',
  own: 'repeated bodies',
};

/**
 * The bars on new bodies, slow machines and the first second, as far as the runs tell about them.
 *
 * @param isComplete Whether a bar about which they tell nothing is one that was not measured.
 */
export function judge(find: Lookup, start: Starts | undefined, isComplete: boolean): Bar[] {
  const { bars, add } = createBars(isComplete);
  const compare = (pick: (run: Run) => number, [scenario, tokens]: (typeof WANTED_RATES)[number]) =>
    ratio(find(scenario, 'ours', tokens), find(scenario, 'mercurius', tokens), pick);
  for (const row of WANTED_RATES) {
    const [scenario, tokens, factor] = row;
    const value = compare(rate, row);
    const name = `${scenario}, ${BODIES[tokens]}`;
    if (factor === undefined) add(`${name}: beside Mercurius`, value, undefined);
    else add(`${name}: at least ${factor} x Mercurius`, value, (value ?? 0) >= factor);
  }
  for (const row of WANTED_RATES) {
    const [scenario, tokens, factor] = row;
    const value = compare(p99, row);
    const name = `${scenario}, ${BODIES[tokens]}`;
    if (factor === undefined) add(`${name}: p99 beside Mercurius'`, value, undefined);
    else add(`${name}: p99 no worse than Mercurius'`, value, (value ?? 9) <= 1);
  }
  if (start === undefined) return bars;
  const first = start.built.ms / start.stock.ms;
  add('first answer of the bundle: no later than that of stock', first, first <= 1);
  add(
    'memory of the bundle, idle: at most 100 MB',
    start.built.idleMB,
    start.built.idleMB <= 100,
    mb,
  );
  add("the image's production files: at most 25 MB", start.filesMB, start.filesMB <= 25, mb);
  return bars;
}

/** The bars that came before. */
export function judgeOlder(find: Lookup): Bar[] {
  const { bars, add } = createBars(false);
  const atLeast = (scenario: string, peer: string, factor: number, called = peer): void => {
    const value = ratio(find(scenario, 'ours'), find(scenario, peer), rate);
    add(`${scenario}: at least ${factor} x ${called}`, value, (value ?? 0) >= factor);
  };
  atLeast('groups', 'stock', 2.5);
  atLeast('channels-10', 'mercurius', 1.5);
  atLeast('growth-channels-100-50ms', 'mercurius', 4);
  const calls = find('growth-channels-100-50ms', 'ours')?.median(({ calls }) => calls);
  const perRequest = (value: number): string => `${value.toFixed(2)} calls a request`;
  add('channels-100: at most 4 upstream calls', calls, (calls ?? 9) <= 4, perRequest);
  atLeast('hello', 'stock-guarded', 3, 'stock yoga with the same protections');

  for (const scenario of ['groups', 'workflow', 'channels-10', 'channels-100']) {
    const value = ratio(find(scenario, 'ours', 'one'), find(scenario, 'ours'), rate);
    const wanted = `${scenario}, one token for all: at least 2 x distinct tokens`;
    add(wanted, value, (value ?? 0) >= 2);
  }
  for (const scenario of ['typed', 'channels-10', 'channels-100']) {
    const value = ratio(find(scenario, 'ours'), find(scenario, 'mercurius'), p99);
    add(`${scenario}: p99 no worse than Mercurius'`, value, (value ?? 9) <= 1);
  }
  addMemory(find('soak', 'ours'), add);
  const coldStart = find('groups', 'ours')?.median(({ coldStartMs }) => coldStartMs);
  add('cold start from source under 1 s', coldStart, (coldStart ?? 9999) < 1000, ms);
  const costs = GROWTH.flatMap(({ scenario, groups }) => {
    const cost = find(scenario, 'ours')?.median(({ cpuMs }) => cpuMs / groups);
    return cost === undefined ? [] : cost;
  });
  const growth = costs.length === GROWTH.length ? (costs[2] ?? 0) / (costs[1] ?? 1) : undefined;
  add('cost per group at 1,000 no more than at 100 (+ 15 %)', growth, (growth ?? 9) <= 1.15);
  return bars;
}

function createBars(keepsMissing: boolean): { readonly bars: Bar[]; readonly add: Add } {
  const bars: Bar[] = [];
  return {
    bars,
    add: (wanted, value, isMet, show = times) => {
      if (value !== undefined) bars.push({ wanted, measured: show(value), isMet });
      else if (keepsMissing) bars.push({ wanted, measured: 'not measured', isMet });
    },
  };
}

/** The scenarios whose cost per group has to be the same. */
export const GROWTH = [
  { scenario: 'growth-groups-10', groups: 10 },
  { scenario: 'groups', groups: 100 },
  { scenario: 'growth-groups-1000', groups: 1000 },
];

type Add = (
  wanted: string,
  value: number | undefined,
  isMet: boolean | undefined,
  show?: (n: number) => string,
) => void;

function addMemory(soak: Cell | undefined, add: Add): void {
  if (soak === undefined) return;
  const most = soak.median(({ residentMb }) => residentMb);
  add('memory under load: at most 320 MB', most, most <= 320, mb);
  const { memory } = soak.runs[0] ?? { memory: [] };
  const half = memory.length >> 1;
  const mean = (part: readonly number[]): number => part.reduce((a, b) => a + b, 0) / part.length;
  const growth = mean(memory.slice(half)) / mean(memory.slice(0, half));
  add('memory under load: flat (second half at most + 3 %)', growth, growth <= 1.03);
}
