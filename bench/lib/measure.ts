import { check } from './check.ts';
import { type LoadResult, runLoad } from './load.ts';
import type { Tokens } from './tokens.ts';
import type { Options } from './options.ts';
import { coreTimes, cpuSeconds, preemptions, residentMb } from './proc.ts';
import { type RunningSubject, startSubject } from './process.ts';
import type { Scenario } from './scenarios.ts';
import type { Subject } from './subject.ts';
import type { Upstream } from './upstream.ts';

/** What one run of one subject in one scenario measured. */
export interface Run {
  readonly scenario: string;
  readonly subject: string;
  readonly tokens: Tokens;
  /** Requests per second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** CPU milliseconds of the subject per request. */
  readonly cpuMs: number;
  /** Share of the requests that were turned away. */
  readonly refused: number;
  readonly residentMb: number;
  /** Resident memory over the window, in MB. */
  readonly memory: readonly number[];
  /** Upstream calls per request, under load. */
  readonly calls: number;
  /** Connections opened to the upstream in the window, per call: 0 where they are kept alive. */
  readonly connectionsPerCall: number;
  readonly coldStartMs: number;
  /** Shares of a core: the subject on its own; stub, load generator and bench on the other. */
  readonly subjectShare: number;
  readonly loadShare: number;
  /** What others took of the two cores, as a share of the subject's and the load's core. */
  readonly foreign: { readonly subject: number; readonly load: number };
  readonly preemptionsPerSecond: number;
}

const CONNECTIONS = 50;
/** Shares of a core above which a run counts as disturbed. Timer ticks alone account for 1 to 2 %. */
const MAX_FOREIGN = 0.04;
const MAX_ATTEMPTS = 6;
const MEMORY_SAMPLES = 12;
/** Share of calls whose URL the stub may have to learn: DataLoader's batches vary with the order of answers. */
const MAX_MISSES = 0.01;

export const isDisturbed = ({ foreign }: Run): boolean =>
  foreign.subject > MAX_FOREIGN || foreign.load > MAX_FOREIGN;

/** Measures until a run is undisturbed. @returns The run, if there was one, and how many were thrown away. */
export async function measure(
  subject: Subject,
  scenario: Scenario,
  tokens: Tokens,
  upstream: Upstream,
  options: Options,
): Promise<{ run: Run | undefined; discarded: number }> {
  for (let discarded = 0; discarded < MAX_ATTEMPTS; discarded += 1) {
    upstream.setLatency(scenario.latencyMs);
    upstream.setBodies(tokens);
    const { latencyMs } = scenario;
    const at = { upstreamUrl: upstream.urlOf(scenario.world), latencyMs, tokens };
    const running = await startSubject(subject, at, options.cores.gateway);
    try {
      const run = await measureOnce(subject, scenario, tokens, running, upstream, options);
      if (options.keepsDisturbed || !isDisturbed(run)) return { run, discarded };
    } finally {
      await running.stop();
    }
  }
  return { run: undefined, discarded: MAX_ATTEMPTS };
}

async function measureOnce(
  subject: Subject,
  scenario: Scenario,
  tokens: Tokens,
  running: RunningSubject,
  upstream: Upstream,
  { cores, warmUpMs, windowMs }: Options,
): Promise<Run> {
  const checked = await check(subject, scenario, running, upstream);
  const memory: number[] = [];
  const readings: Reading[] = [];
  let counts = upstream.readCounts();
  let sampler: NodeJS.Timeout | undefined;
  const take = (loadPid: number): void => {
    readings.push(read(running.pid, [upstream.pid, loadPid, process.pid], cores));
    counts = upstream.readCounts();
  };
  const result = await runLoad(checked, {
    port: running.port,
    connections: CONNECTIONS,
    tokens,
    warmUpMs,
    windowMs,
    core: cores.load,
    onOpen: (pid) => {
      take(pid);
      const sample = (): void => void memory.push(residentMb(running.pid));
      sampler = setInterval(sample, windowMs / MEMORY_SAMPLES);
    },
    onClose: (pid) => {
      clearInterval(sampler);
      take(pid);
      memory.push(residentMb(running.pid));
    },
  });
  const { calls, misses, connections } = await counts;
  if (misses > calls * MAX_MISSES) {
    throw new Error(
      `${subject.name}, ${scenario.name}: ${misses} of ${calls} URLs are new under load`,
    );
  }
  const [before, after] = readings as [Reading, Reading];
  return {
    scenario: scenario.name,
    subject: subject.name,
    tokens,
    ...rates(result, before, after),
    residentMb: Math.max(...memory),
    memory,
    calls: calls / result.requests,
    connectionsPerCall: calls === 0 ? 0 : connections / calls,
    coldStartMs: running.coldStartMs,
  };
}

/** What the clocks say at one moment, in seconds. */
interface Reading {
  readonly time: number;
  readonly subject: number;
  readonly load: number;
  readonly subjectCore: number;
  readonly loadCore: number;
  readonly stolen: number;
  readonly preemptions: number;
}

function read(pid: number, loadPids: readonly number[], cores: Options['cores']): Reading {
  const subjectCore = coreTimes(cores.gateway);
  const loadCore = coreTimes(cores.load);
  return {
    time: performance.now() / 1000,
    subject: cpuSeconds(pid),
    load: loadPids.map(cpuSeconds).reduce((a, b) => a + b, 0),
    subjectCore: subjectCore.busy + subjectCore.stolen,
    loadCore: loadCore.busy + loadCore.stolen,
    stolen: subjectCore.stolen + loadCore.stolen,
    preemptions: preemptions(pid),
  };
}

function rates(
  { requests, seconds, p50, p99, refused }: LoadResult,
  before: Reading,
  after: Reading,
) {
  const share = (key: Exclude<keyof Reading, 'time'>): number =>
    (after[key] - before[key]) / (after.time - before.time);
  const rate = requests / seconds;
  return {
    rate,
    p50,
    p99,
    refused: refused / (requests + refused),
    cpuMs: (share('subject') / rate) * 1000,
    subjectShare: share('subject'),
    loadShare: share('load'),
    foreign: {
      subject: share('subjectCore') - share('subject'),
      load: share('loadCore') - share('load'),
    },
    preemptionsPerSecond: share('preemptions'),
  };
}
