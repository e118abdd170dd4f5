import { residentMb } from '../lib/proc.ts';
import { percentile } from '../lib/stats.ts';
import { timesOf, withStatus } from './load.ts';
import { CALLERS, type Place, start } from './stage.ts';

/** What is made of three times as much as can be done. Times are in milliseconds. */
export interface Overload {
  /** p99 of {@link CALM_PER_SECOND} requests a second. */
  readonly unloaded: number;
  /** p99 of those who were let in, against the unloaded one: once it is found out, and from the start on. */
  readonly accepted: number;
  readonly acceptedFromStart: number;
  /** Median of a refusal. */
  readonly refused: number;
  /** Which part was refused. */
  readonly refusedPart: number;
  /** Answers a second against those at capacity. */
  readonly answered: number;
  /** Memory above that at capacity. */
  readonly growthMb: number;
}

const TIMES = 3;
/** Some 2 are in work at a time. */
const CALM_PER_SECOND = 40;
/** Open before the overload begins, where they are kept: as many as it takes, since 1,000 may be in flight. */
const CONNECTIONS = 1500;
/** The first ten seconds of a process are exempt: nothing is judged. */
const EXEMPT_SECONDS = 12;
/** Within which an overload is told from a burst, and what has begun by then is finished. */
const ONSET_SECONDS = 3;
/** Whoever is kept waiting as the load ends is served late, since the overload turns out to be over. */
const END_SECONDS = 1;

/** Enough for the processor to be what is short, also with Cotalker far away. */
const FULL_WIDTH = 256;

export async function measureOverload(
  place: Place,
  seconds: number,
  onNewConnections: boolean,
): Promise<Overload> {
  const { pid, stop, openLoop, ...loads } = await start('ours', place);
  const load = onNewConnections ? loads.onNewConnections : loads.load;
  try {
    await load.closedLoop(20, EXEMPT_SECONDS);
    const connections = onNewConnections ? 0 : CONNECTIONS;
    // Cotalker accepts them all.
    await load.atOnce(CALLERS);
    const unloaded = percentile(
      timesOf(await openLoop(CALM_PER_SECOND, seconds, connections)),
      0.99,
    );
    const full = await load.closedLoop(FULL_WIDTH, seconds);
    const capacity = withStatus(full, 200).length / seconds;
    const before = residentMb(pid);
    // In one go: a pause after the onset would end the overload, which had to be found out again.
    const lasts = ONSET_SECONDS + seconds + END_SECONDS;
    const all = await openLoop(capacity * TIMES, lasts, connections);
    const settled = ONSET_SECONDS * 1000;
    const end = settled + seconds * 1000;
    const samples = all.filter(({ atMs }) => atMs >= settled && atMs < end);
    const accepted = withStatus(samples, 200);
    const inTime = accepted.filter(({ atMs, ms }) => atMs + ms <= end);
    const refused = withStatus(samples, 503);
    return {
      unloaded,
      accepted: percentile(timesOf(accepted), 0.99) / unloaded,
      acceptedFromStart: percentile(timesOf(withStatus(all, 200)), 0.99) / unloaded,
      refused: percentile(timesOf(refused), 0.5),
      refusedPart: refused.length / samples.length,
      answered: inTime.length / seconds / capacity,
      growthMb: residentMb(pid) - before,
    };
  } finally {
    await stop();
  }
}
