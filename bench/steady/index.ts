import { startUpstream } from '../lib/upstream.ts';
import { measureOverload, type Overload } from './overload.ts';
import { type Lengths, measureRows, type Row } from './rows.ts';
import { beside, type Machine, MACHINES, spin } from './stage.ts';

/*
 * Whether every request that can be served is served, beside the stock pairing, in one run: on two cores, on one, and
 * with two neighbours that take all they get, with Cotalker 0 to 200 ms away. And what becomes of three times too much.
 */

const LATENCIES_MS = [0, 20, 80, 200];
const OVERLOAD = 'overload';
const OVERLOAD_LATENCIES_MS = [20, 200];
/** Each is of one core at most, so the load and the stub have room on the other. */
const OVERLOAD_CORES = '0';
const MAX_ACCEPTED = 2;
const MAX_REFUSED_MS = 20;

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

function writeOverload(latencyMs: number, at: Overload): void {
  write(
    `\nAt three times its capacity, ${latencyMs} ms: unloaded p99 ${at.unloaded.toFixed(0)} ms; accepted ` +
      `${at.accepted.toFixed(2)} times that (${at.acceptedFromStart.toFixed(2)} with the first two seconds); ` +
      `${(at.refusedPart * 100).toFixed(0)} % refused, within ${at.refused.toFixed(1)} ms (median); answers ` +
      `${at.answered.toFixed(2)} times those at capacity; memory ${at.growthMb.toFixed(0)} MB above that.`,
  );
}

const overloadMisses = ({ accepted, refused }: Overload): string[] => [
  ...(accepted <= MAX_ACCEPTED ? [] : [`accepted p99 ${accepted.toFixed(2)} times the unloaded`]),
  ...(refused <= MAX_REFUSED_MS ? [] : [`a refusal takes ${refused.toFixed(0)} ms`]),
];

/**
 * @param words Names of machines, `overload`, and latencies such as `20ms`; of a kind that is not named, all.
 * @returns Whether every bar is met.
 */
export async function runSteady(lengths: Lengths, words: readonly string[]): Promise<boolean> {
  const latencies = LATENCIES_MS.filter((ms) => words.includes(`${ms}ms`));
  const isWanted = (ms: number): boolean => latencies.length === 0 || latencies.includes(ms);
  const parts = words.filter((word) => !/^\d+ms$/.test(word));
  const hasPart = (name: string): boolean => parts.length === 0 || parts.includes(name);
  const upstream = await startUpstream('0,1');
  const misses: string[] = [];
  try {
    write(
      '| machine | upstream | load | turned away, ours / stock | answers a second | p99 ms | spin s |',
    );
    write('| --- | ---: | --- | ---: | ---: | ---: | ---: |');
    for (const machine of MACHINES.filter(({ name }) => hasPart(name)))
      for (const latencyMs of LATENCIES_MS.filter(isWanted))
        await beside(machine, async () => {
          const spun = spin().toFixed(2);
          const place = { upstream, cores: machine.cores, latencyMs, bodies: 'own' } as const;
          for (const row of await measureRows(place, lengths)) {
            writeRow(machine, latencyMs, row, spun);
            misses.push(...missesOf(row).map((it) => `${machine.name}, ${latencyMs} ms, ${it}`));
          }
        });
    for (const latencyMs of OVERLOAD_LATENCIES_MS.filter(
      (ms) => hasPart(OVERLOAD) && isWanted(ms),
    )) {
      const place = { upstream, cores: OVERLOAD_CORES, latencyMs, bodies: 'fresh' } as const;
      const overload = await measureOverload(place, lengths.seconds * 2);
      writeOverload(latencyMs, overload);
      misses.push(...overloadMisses(overload).map((it) => `${OVERLOAD}, ${latencyMs} ms: ${it}`));
    }
  } finally {
    await upstream.close();
  }
  const list = misses.map((one) => `- ${one}`).join('\n');
  write(misses.length === 0 ? '\nEvery bar is met.' : `\nMissed:\n${list}`);
  return misses.length === 0;
}
