import { spawnSync } from 'node:child_process';
import { startUpstream } from '../lib/upstream.ts';
import { measureOverload, type Overload } from './overload.ts';
import { type Lengths, measureRows, type Row } from './rows.ts';
import { beside, type Machine, MACHINES, spin } from './stage.ts';

/*
 * Measures whether the gateway serves every request that it can, compared with the stock pairing in one run. It
 * runs on two cores, on one, and beside two busy processes, with Cotalker 0 to 200 ms away. And what becomes of
 * three times too much.
 */

const LATENCIES_MS = [0, 20, 80, 200];
const OVERLOAD = 'overload';
const OVERLOAD_LATENCIES_MS = [20, 200];
/** The gateway has one core, and the load, the stub and the bench the other. */
const OVERLOAD_CORES = '0';
const OTHER_CORES = '1';
/** In 4 s, the slowest 1 % of the unloaded ones were one or two requests: a collection of garbage more or less. */
const OVERLOAD_SECONDS = 16;
const MAX_ACCEPTED = 2;
const MAX_REFUSED_MS = 20;

const HEAD =
  '| machine | upstream | load | turned away, ours / stock | answers a second | p99 ms | spin s |\n' +
  '| --- | ---: | --- | ---: | ---: | ---: | ---: |';
const write = (text: string): void => void process.stdout.write(`${text}\n`);

function writeRow({ name }: Machine, latencyMs: number, { load, ours, stock }: Row, spun: string) {
  const pair = (of: (one: Row['ours']) => number): string =>
    `${of(ours).toFixed(0)} / ${of(stock).toFixed(0)}`;
  const cells = [
    name,
    `${latencyMs} ms`,
    load,
    `${ours.turnedAway} of ${ours.asked} / ${stock.turnedAway}`,
    `${pair(({ perSecond }) => perSecond)} (${ratioOf({ ours, stock }).toFixed(2)})`,
    pair(({ p99 }) => p99),
    spun,
  ];
  write(`| ${cells.join(' | ')} |`);
}

const ratioOf = ({ ours, stock }: Pick<Row, 'ours' | 'stock'>): number =>
  ours.perSecond / stock.perSecond;

/** Which bars a row misses, in words. */
function missesOf(row: Row): string[] {
  const { turnedAway } = row.ours;
  return [
    ...(turnedAway > 0 ? [`${turnedAway} turned away`] : []),
    ...(ratioOf(row) < 1 ? [`${ratioOf(row).toFixed(2)} of stock`] : []),
  ].map((what) => `${row.load}: ${what}`);
}

function writeOverload(name: string, at: Overload): void {
  write(
    `\n${name}: unloaded p99 ${at.unloaded.toFixed(0)} ms; accepted ` +
      `${at.accepted.toFixed(2)} times that (${at.acceptedFromStart.toFixed(2)} with the first three seconds); ` +
      `${(at.refusedPart * 100).toFixed(0)} % refused, within ${at.refused.toFixed(1)} ms (median); answers ` +
      `${at.answered.toFixed(2)} times those at capacity; memory ${at.growthMb.toFixed(0)} MB above that.`,
  );
}

const overloadMisses = ({ accepted, refused }: Overload): string[] => [
  ...(accepted <= MAX_ACCEPTED ? [] : [`accepted p99 ${accepted.toFixed(2)} times the unloaded`]),
  ...(refused <= MAX_REFUSED_MS ? [] : [`a refusal takes ${refused.toFixed(0)} ms`]),
];

/** What is measured, by the words of the command. */
interface Wanted {
  readonly machines: readonly Machine[];
  readonly latencies: readonly number[];
  readonly overloadLatencies: readonly number[];
}

function wantedBy(words: readonly string[]): Wanted {
  const isLatency = (word: string): boolean => /^\d+ms$/.test(word);
  const hasPart = (name: string): boolean => words.every(isLatency) || words.includes(name);
  const hasLatency = (ms: number): boolean => !words.some(isLatency) || words.includes(`${ms}ms`);
  return {
    machines: MACHINES.filter(({ name }) => hasPart(name)),
    latencies: LATENCIES_MS.filter(hasLatency),
    overloadLatencies: hasPart(OVERLOAD) ? OVERLOAD_LATENCIES_MS.filter(hasLatency) : [],
  };
}

/** Writes the table of the loads. @returns The bars that are missed, in words. */
async function runRows(lengths: Lengths, wanted: Wanted): Promise<string[]> {
  const misses: string[] = [];
  const upstream = await startUpstream('0,1');
  if (wanted.machines.length > 0) write(HEAD);
  for (const machine of wanted.machines)
    for (const latencyMs of wanted.latencies)
      await beside(machine, async () => {
        const spun = spin().toFixed(2);
        const place = { upstream, cores: machine.cores, latencyMs, bodies: 'own' } as const;
        for (const row of await measureRows(place, lengths)) {
          writeRow(machine, latencyMs, row, spun);
          misses.push(...missesOf(row).map((it) => `${machine.name}, ${latencyMs} ms, ${it}`));
        }
      });
  await upstream.close();
  return misses;
}

/** Writes what becomes of three times too much. @returns The bars that are missed, in words. */
async function runOverloads({ overloadLatencies }: Wanted): Promise<string[]> {
  const misses: string[] = [];
  spawnSync('taskset', ['-acp', OTHER_CORES, String(process.pid)]);
  const upstream = await startUpstream(OTHER_CORES);
  for (const latencyMs of overloadLatencies)
    for (const onNewConnections of [false, true]) {
      const place = { upstream, cores: OVERLOAD_CORES, latencyMs, bodies: 'fresh' } as const;
      const overload = await measureOverload(place, OVERLOAD_SECONDS, onNewConnections);
      const how = onNewConnections ? 'each on a new connection' : 'on kept connections';
      const name = `Three times its capacity, ${latencyMs} ms, ${how}`;
      writeOverload(name, overload);
      // New ones have no bar: see docs/reliability.md, "What remains" of the server.
      if (!onNewConnections) misses.push(...overloadMisses(overload).map((it) => `${name}: ${it}`));
    }
  await upstream.close();
  return misses;
}

/**
 * @param words Names of machines, `overload`, and latencies such as `20ms`; of a kind that is not named, all.
 * @returns Whether every bar is met.
 */
export async function runSteady(lengths: Lengths, words: readonly string[]): Promise<boolean> {
  const wanted = wantedBy(words);
  const misses = [...(await runRows(lengths, wanted)), ...(await runOverloads(wanted))];
  const list = misses.map((one) => `- ${one}`).join('\n');
  write(misses.length === 0 ? '\nEvery bar is met.' : `\nMissed:\n${list}`);
  return misses.length === 0;
}
