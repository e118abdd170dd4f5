import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '../lib/stats.ts';
import { type Load, type Sample, timesOf, withStatus } from './load.ts';
import { type Name, type Place, type Running, start } from './stage.ts';

/** What one subject made of one load, all turns together. */
export interface Outcome {
  readonly turnedAway: number;
  readonly asked: number;
  readonly perSecond: number;
  /** In milliseconds, of those that were answered. */
  readonly p99: number;
}

export interface Row {
  readonly load: string;
  readonly ours: Outcome;
  readonly stock: Outcome;
}

export interface Lengths {
  /** Of one turn of a closed loop. */
  readonly seconds: number;
  /** How often each subject has its turn: ours, stock, ours, stock. */
  readonly turns: number;
}

const NAMES: readonly Name[] = ['ours', 'stock'];
const WIDTHS = [20, 50, 150];
const AT_START = 50;
const AFTER_QUIET = 140;
/** A burst is over in no time, so that there are more of them. */
const BURSTS = 4;

interface Turn {
  readonly samples: readonly Sample[];
  readonly ms: number;
}

async function timed(load: () => Promise<Sample[]>): Promise<Turn> {
  const start = performance.now();
  const samples = await load();
  return { samples, ms: performance.now() - start };
}

function outcomeOf(turns: readonly Turn[]): Outcome {
  const samples = turns.flatMap((turn) => turn.samples);
  const answered = withStatus(samples, 200);
  const ms = turns.reduce((sum, turn) => sum + turn.ms, 0);
  return {
    turnedAway: samples.length - answered.length,
    asked: samples.length,
    perSecond: (answered.length / ms) * 1000,
    p99: percentile(timesOf(answered), 0.99),
  };
}

/** Ours, stock, ours, stock: what the machine does meanwhile meets both. */
async function inTurns(
  load: string,
  turns: number,
  run: (name: Name) => Promise<Turn>,
): Promise<Row> {
  const done: Record<Name, Turn[]> = { ours: [], stock: [] };
  for (let n = 0; n < turns; n += 1) for (const name of NAMES) done[name].push(await run(name));
  return { load, ours: outcomeOf(done.ours), stock: outcomeOf(done.stock) };
}

/** Each on a process of its own, which has just started. */
const atStart = (place: Place): Promise<Row> =>
  inTurns(`${AT_START} at once, just started`, BURSTS, async (name) => {
    const { load, stop } = await start(name, place);
    const turn = await timed(() => load.atOnce(AT_START));
    await stop();
    return turn;
  });

async function afterwards(loads: Record<Name, Load>, { seconds, turns }: Lengths): Promise<Row[]> {
  const rows: Row[] = [];
  for (const width of WIDTHS)
    rows.push(
      await inTurns(`${width} in a closed loop`, turns, (name) =>
        timed(() => loads[name].closedLoop(width, seconds)),
      ),
    );
  const burst = async (name: Name): Promise<Turn> => {
    await sleep(1000);
    return timed(() => loads[name].atOnce(AFTER_QUIET));
  };
  rows.push(await inTurns(`${AFTER_QUIET} at once, after a quiet second`, BURSTS, burst));
  return rows;
}

/** All loads at one place, both subjects side by side: who has no turn has nothing to do. */
export async function measureRows(place: Place, lengths: Lengths): Promise<Row[]> {
  const first = await atStart(place);
  const running: Record<Name, Running> = {
    ours: await start('ours', place),
    stock: await start('stock', place),
  };
  try {
    const loads = { ours: running.ours.load, stock: running.stock.load };
    return [first, ...(await afterwards(loads, lengths))];
  } finally {
    for (const name of NAMES) await running[name].stop();
  }
}
