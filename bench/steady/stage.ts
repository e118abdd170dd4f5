import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { check } from '../lib/check.ts';
import type { Tokens } from '../lib/tokens.ts';
import { BENCH, NODE } from '../lib/paths.ts';
import { startSubject } from '../lib/process.ts';
import { SCENARIOS } from '../lib/scenarios.ts';
import { SUBJECTS } from '../lib/subjects.ts';
import type { Upstream } from '../lib/upstream.ts';
import { type PacedSample, runLoad } from '../../test/support/paced-load.ts';
import { createLoad, type Load } from './load.ts';

/** What the subjects have to themselves, and who else is there. */
export interface Machine {
  readonly name: string;
  /** As `taskset` has it. */
  readonly cores: string;
  /** Processes that take all they get of those cores. */
  readonly neighbours: number;
}

export const MACHINES: readonly Machine[] = [
  { name: 'two-cores', cores: '0,1', neighbours: 0 },
  { name: 'one-core', cores: '0', neighbours: 0 },
  { name: 'two-neighbours', cores: '0,1', neighbours: 2 },
];

export type Name = 'ours' | 'stock';

/** A subject that has just been started, and the load for it. */
export interface Running {
  readonly pid: number;
  readonly load: Load;
  /** The same, each request on a new connection. */
  readonly onNewConnections: Load;
  /** So many a second, however long the answers take, from a process that does nothing else; see {@link CALLERS}. */
  openLoop(perSecond: number, seconds: number, connections: number): Promise<PacedSample[]>;
  stop(): Promise<void>;
}

export interface Place {
  readonly upstream: Upstream;
  readonly cores: string;
  readonly latencyMs: number;
  /** Whose bodies are the same, byte for byte. */
  readonly bodies: Tokens;
}

/** Who take turns in an open loop. In a closed loop, they are the first ones. */
export const CALLERS = 500;

/** A list of 100 groups, 100 kB from Cotalker. */
const SCENARIO = 'groups';

/** Starts a subject. The upstream learns the URLs from its first three requests, so it is not quite new. */
export async function start(wanted: Name, place: Place): Promise<Running> {
  const { upstream, cores, latencyMs, bodies } = place;
  const scenario = SCENARIOS.find(({ name }) => name === SCENARIO);
  const subject = SUBJECTS.find(({ name }) => name === wanted);
  if (subject === undefined || scenario === undefined) throw new Error(`there is no ${wanted}`);
  upstream.setLatency(0);
  upstream.setBodies(bodies);
  const at = { upstreamUrl: upstream.urlOf(scenario.world), latencyMs };
  const running = await startSubject(subject, at, cores);
  const { body } = await check(subject, scenario, running, upstream);
  upstream.setLatency(latencyMs);
  const load = createLoad(running.port, body);
  const onNewConnections = createLoad(running.port, body, false);
  const stop = (): Promise<void> => {
    load.close();
    onNewConnections.close();
    return running.stop();
  };
  const openLoop: Running['openLoop'] = (perSecond, seconds, connections) =>
    runLoad({
      ...{ url: `http://127.0.0.1:${running.port}`, body, perSecond, seconds },
      ...{ callers: CALLERS, connections },
    });
  return { pid: running.pid, load, onNewConnections, openLoop, stop };
}

/** Runs it beside the neighbours of a machine. */
export async function beside<T>(machine: Machine, run: () => Promise<T>): Promise<T> {
  const busy = Array.from({ length: machine.neighbours }, () =>
    spawn('taskset', ['-c', machine.cores, NODE, join(BENCH, 'steady/neighbour.ts')]),
  );
  const endAll = (): void => busy.forEach((one) => void one.kill('SIGKILL'));
  process.once('exit', endAll);
  try {
    return await run();
  } finally {
    endAll();
    process.off('exit', endAll);
  }
}

/** @returns Seconds for a fixed amount of work: what a core is worth at the moment. */
export function spin(): number {
  const start = performance.now();
  let x = 1;
  for (let n = 0; n < 3e8; n += 1) x = (x * 1103515245 + n) | 0;
  return x === 0 ? 0 : (performance.now() - start) / 1000;
}
