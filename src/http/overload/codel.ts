import type { CpuClock } from '../../clock.ts';

/**
 * Distinguishes an overload from a burst, by the rule of CoDel (RFC 8289): in an overload, the shortest wait of an
 * interval stays above a target. Two things differ, because a gateway is not a router:
 *
 * - More requests must come than are served, in two intervals in a row. Callers who each wait for their answer make
 *   a line that stays but does not grow. To turn them away would serve nobody sooner. An interval is measured in the
 *   process's own CPU time. Time of other processes or of Cotalker is no load of the gateway.
 * - A caller who is turned away may come again at once, so that twenty callers look like thousands. To find out, the
 *   gateway keeps those waiting, now and then, whom it would turn away: if fewer come meanwhile, it is over.
 *
 * It only counts and judges; `line.ts` acts on it.
 */
export interface Codel {
  /** A request came, served or not. */
  arrived(): void;
  /** A request left the line to be served, after that many milliseconds. */
  begun(waitMs: number): void;
  /** A request that had left the line to be served is over: its answer is sent, or its caller has left. */
  served(): void;
  /** Whether the last that left the line had waited for longer than the target, and no overload is found. */
  readonly isStanding: boolean;
  /** Whether to turn away requests that waited longer than the target: RFC 8289's "dropping state". */
  readonly isDropping: boolean;
  /** Whether to keep those waiting who would be turned away. */
  readonly isTrying: boolean;
  /** For how long to keep the next one of them until it is looked at again, in milliseconds. */
  keepMs(): number;
}

export interface CodelOptions {
  readonly intervalMs: number;
  readonly targetMs: number;
  /** The time after the start without detection: code is not compiled yet, and caches are empty. */
  readonly exemptMs: number;
  readonly clock: CpuClock;
}

/** A smaller surplus than this factor and this number does not count as growth. */
const GROWTH = 1.1;
const JITTER = 8;
/** For how long requests are turned away before a trial. */
const DROPPING_MS = 750;
/** In a trial: within which those who were turned away before have come again, and are not counted. */
const SETTLING_MS = 200;
/** Each is kept for longer than the last, since to refuse all of a trial at once would hold up who is served; not until the next trial. */
const KEPT_MS = { least: 250, step: 10, most: 640 };

interface Window {
  /** In CPU time; in wall-clock time while requests are turned away. */
  readonly since: number;
  arrived: number;
  served: number;
}

const grows = ({ arrived, served }: Window): boolean => arrived > served * GROWTH + JITTER;

export function createCodel({ intervalMs, targetMs, exemptMs, clock }: CodelOptions): Codel {
  const start = clock.now();
  /** Since when every wait was above the target, or when the interval began; undefined: there is no standing line. */
  let standing: Window | undefined;
  /** Whether more requests came than were served in the interval before, too. */
  let hasGrown = false;
  /** A time of turning away, and then its trial. */
  let round: Window | undefined;
  let keptMs = KEPT_MS.least;

  const open = (since: number): Window => ({ since, arrived: 0, served: 0 });
  const judgeStanding = (): void => {
    if (standing === undefined || clock.cpu() - standing.since < intervalMs) return;
    const isGrowing = grows(standing);
    const isOverload = isGrowing && hasGrown && clock.now() - start >= exemptMs;
    hasGrown = isGrowing;
    standing = isOverload ? undefined : open(clock.cpu());
    if (isOverload) round = open(clock.now());
  };
  /** How long the trial of this round has gone on; negative: it has not begun. */
  const trialMs = (): number => clock.now() - (round?.since ?? Infinity) - DROPPING_MS;
  const judgeRound = (): void => {
    if (round === undefined || trialMs() < SETTLING_MS) return;
    if (grows(round)) round = open(clock.now());
    else if (trialMs() >= SETTLING_MS + intervalMs) round = undefined;
  };
  /** What is counted at the moment. */
  const current = (): Window | undefined => (trialMs() >= SETTLING_MS ? round : standing);

  return {
    arrived: () => {
      judgeStanding();
      judgeRound();
      const window = current();
      if (window !== undefined) window.arrived += 1;
    },
    begun: (waitMs) => {
      if (round !== undefined) return;
      if (waitMs > targetMs) {
        standing ??= open(clock.cpu());
        return;
      }
      standing = undefined;
      hasGrown = false;
    },
    served: () => {
      const window = current();
      if (window !== undefined) window.served += 1;
    },
    get isStanding() {
      return standing !== undefined;
    },
    get isDropping() {
      judgeRound();
      return round !== undefined;
    },
    get isTrying() {
      return trialMs() >= 0;
    },
    keepMs: () => (keptMs = keptMs < KEPT_MS.most ? keptMs + KEPT_MS.step : KEPT_MS.least),
  };
}
