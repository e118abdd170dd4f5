import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { check } from '../lib/check.ts';
import { BENCH, NODE } from '../lib/paths.ts';
import { residentMb } from '../lib/proc.ts';
import { type RunningSubject, startSubject } from '../lib/process.ts';
import type { Tokens } from '../lib/tokens.ts';
import { SCENARIOS } from '../lib/scenarios.ts';
import { SUBJECTS } from '../lib/subjects.ts';
import { startUpstream, type Upstream } from '../lib/upstream.ts';
import { createLoad, type Load, percentile, type Sample, withStatus } from './load.ts';

/*
 * Whether every request that can be served is served, beside the stock pairing, in one run: 100 groups of 100 kB
 * that come from 0, 20 and 200 ms away, on two cores, on one, and with two neighbours that take all they get.
 */

interface Machine {
  readonly name: string;
  readonly cores: string;
  readonly neighbours: number;
}
const MACHINES: readonly Machine[] = [
  { name: 'two cores', cores: '0,1', neighbours: 0 },
  { name: 'one core', cores: '0', neighbours: 0 },
  { name: 'two busy neighbours', cores: '0,1', neighbours: 2 },
];
const LATENCIES = [0, 20, 200];
const WIDTHS = [20, 50, 150];
const TIMES = 3;

/** What one subject made of one load. */
interface Row {
  readonly turnedAway: number;
  readonly answered: number;
  readonly perSecond: number;
  readonly p99: number;
}
type Rows = Record<string, Row>;

const scenario = SCENARIOS.find(({ name }) => name === 'groups');
const subjects = ['ours', 'stock'].map((wanted) => SUBJECTS.find(({ name }) => name === wanted));

function rowOf(samples: readonly Sample[], ms: number): Row {
  const answered = withStatus(samples, 200);
  return {
    turnedAway: samples.length - answered.length,
    answered: answered.length,
    perSecond: (answered.length / ms) * 1000,
    p99: percentile(answered, 0.99),
  };
}

async function timed(load: () => Promise<Sample[]>): Promise<Row> {
  const start = performance.now();
  const samples = await load();
  return rowOf(samples, performance.now() - start);
}

/** The rows of the table, of one process from its start on. */
async function loadSubject(load: Load, seconds: number): Promise<Rows> {
  const rows: Rows = {};
  rows['50 at once, just started'] = await timed(() => load.atOnce(50));
  for (const width of WIDTHS)
    rows[`${width} in a closed loop`] = await timed(() => load.closedLoop(width, seconds));
  await sleep(1000);
  rows['140 at once after a quiet second'] = await timed(() => load.atOnce(140));
  return rows;
}

interface Overload {
  readonly unloaded: number;
  readonly accepted: number;
  readonly acceptedAfter: number;
  readonly refused: number;
  readonly goodput: number;
  readonly refusedShare: number;
  readonly growthMb: number;
}

/** Three times what it does at its best; the first seconds, in which it finds out, are told apart. */
async function overload(load: Load, pid: number, seconds: number): Promise<Overload> {
  const unloaded = percentile(await load.closedLoop(2, 3), 0.99);
  const full = await timed(() => load.closedLoop(64, 4));
  const before = residentMb(pid);
  const rate = full.perSecond * TIMES;
  const onset = await load.openLoop(rate, 2);
  const samples = await load.openLoop(rate, seconds);
  const accepted = withStatus(samples, 200);
  return {
    unloaded,
    accepted: percentile(withStatus([...onset, ...samples], 200), 0.99) / unloaded,
    acceptedAfter: percentile(accepted, 0.99) / unloaded,
    refused: percentile(withStatus(samples, 503), 0.5),
    goodput: accepted.length / seconds / full.perSecond,
    refusedShare: withStatus(samples, 503).length / samples.length,
    growthMb: residentMb(pid) - before,
  };
}

async function withSubject<T>(
  name: string,
  machine: Machine,
  latencyMs: number,
  upstream: Upstream,
  run: (load: Load, running: RunningSubject) => Promise<T>,
  bodies: Tokens = 'own',
): Promise<T> {
  const subject = subjects.find((one) => one?.name === name);
  if (subject === undefined || scenario === undefined) throw new Error(`there is no ${name}`);
  const at = { upstreamUrl: upstream.urlOf(scenario.world), latencyMs };
  upstream.setLatency(0);
  upstream.setBodies(bodies);
  const running = await startSubject(subject, at, machine.cores);
  const busy = Array.from({ length: machine.neighbours }, () =>
    spawn('taskset', ['-c', machine.cores, NODE, join(BENCH, 'steady/neighbour.ts')]),
  );
  const endAll = (): void => busy.forEach((one) => void one.kill('SIGKILL'));
  process.once('exit', endAll);
  try {
    // The stub learns the URL; a process that is just started has served three requests then.
    const { body } = await check(subject, scenario, running, upstream);
    upstream.setLatency(latencyMs);
    const load = createLoad(running.port, body);
    const result = await run(load, running);
    load.close();
    return result;
  } finally {
    endAll();
    process.off('exit', endAll);
    await running.stop();
  }
}

const spin = (): number => {
  const start = performance.now();
  let x = 1;
  for (let i = 0; i < 3e8; i += 1) x = (x * 1103515245 + i) | 0;
  return x === 0 ? 0 : (performance.now() - start) / 1000;
};

/** @returns Whether every bar is met. */
export async function runSteady(seconds: number, words: readonly string[]): Promise<boolean> {
  const write = (text: string): void => void process.stdout.write(`${text}\n`);
  const upstream = await startUpstream('0,1');
  let isMet = true;
  const misses: string[] = [];
  const expectBar = (holds: boolean, text: string): void => {
    isMet &&= holds;
    if (!holds) misses.push(text);
  };
  try {
    write(`A spin of 3e8 takes ${spin().toFixed(2)} s.\n`);
    write(
      '| machine | upstream | load | turned away, ours / stock | answers, ours / stock | p99 ms |',
    );
    write('| --- | ---: | --- | ---: | ---: | ---: |');
    for (const machine of MACHINES) {
      if (words.length > 0 && !words.includes(machine.name.replaceAll(' ', '-'))) continue;
      for (const latencyMs of LATENCIES) {
        const rows = await Promise.all([]).then(async () => {
          const of = (name: string) =>
            withSubject(name, machine, latencyMs, upstream, (load) => loadSubject(load, seconds));
          return { ours: await of('ours'), stock: await of('stock') };
        });
        for (const [name, ours] of Object.entries(rows.ours)) {
          const stock = rows.stock[name];
          if (stock === undefined) continue;
          const ratio = ours.perSecond / stock.perSecond;
          write(
            `| ${machine.name} | ${latencyMs} ms | ${name} | ${ours.turnedAway} of ${ours.turnedAway + ours.answered} / ${stock.turnedAway} | ${ours.perSecond.toFixed(0)} / ${stock.perSecond.toFixed(0)} a second (${ratio.toFixed(2)}) | ${ours.p99.toFixed(0)} / ${stock.p99.toFixed(0)} |`,
          );
          expectBar(
            ours.turnedAway === 0,
            `${machine.name}, ${latencyMs} ms, ${name}: turned away`,
          );
          expectBar(
            ratio >= 1,
            `${machine.name}, ${latencyMs} ms, ${name}: ${ratio.toFixed(2)} times stock`,
          );
        }
      }
    }
    if (words.length === 0 || words.includes('overload')) {
      const [machine] = MACHINES;
      if (machine === undefined) throw new Error('no machine');
      for (const latencyMs of [20, 200]) {
        const at = await withSubject(
          'ours',
          machine,
          latencyMs,
          upstream,
          async (load, { pid }) => {
            // Past the first seconds, in which nothing is judged.
            await load.closedLoop(20, 12);
            return overload(load, pid, seconds * 2);
          },
          'fresh',
        );
        write(
          `\nAt ${TIMES} times its capacity, ${latencyMs} ms: unloaded p99 ${at.unloaded.toFixed(0)} ms; accepted ${at.acceptedAfter.toFixed(2)} times that, ` +
            `${at.accepted.toFixed(2)} with the first two seconds; refused ${(at.refusedShare * 100).toFixed(0)} %, within ${at.refused.toFixed(1)} ms (median); ` +
            `answers ${at.goodput.toFixed(2)} times those at capacity; memory ${at.growthMb.toFixed(0)} MB above that.`,
        );
        expectBar(at.acceptedAfter <= 2, `overload: accepted p99 ${at.acceptedAfter.toFixed(2)}`);
        expectBar(at.refused < 20, `overload: a refusal takes ${at.refused.toFixed(0)} ms`);
      }
    }
  } finally {
    await upstream.close();
  }
  write(isMet ? '\nEvery bar is met.' : `\nMissed:\n${misses.map((one) => `- ${one}`).join('\n')}`);
  return isMet;
}
