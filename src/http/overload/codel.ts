import type { CodelClock } from './clock.ts';

/**
 * Distinguishes an overload from a burst, by the rule of CoDel (RFC 8289): in an overload, the shortest wait of an
 * interval stays above a target. Two things differ, because a gateway is not a router:
 *
 * - More requests must come than are served, in two intervals in a row. Callers who each wait for their answer make
 *   a line that stays but does not grow. To turn them away would serve nobody sooner.
 * - An interval is measured in the process's own CPU time. Time of other processes or of Cotalker is no load of the
 *   gateway.
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
  /** Whether to turn away requests that waited longer than the target: RFC 8289's "dropping state". */
  readonly isDropping: boolean;
}

export interface CodelOptions {
  readonly intervalMs: number;
  readonly targetMs: number;
  /** The time after the start without detection: code is not compiled yet, and caches are empty. */
  readonly exemptMs: number;
  readonly clock: CodelClock;
}

/** A smaller surplus than this factor and this number does not count as growth. */
const GROWTH = 1.1;
const JITTER = 8;
/**
 * Callers who were turned away come again, so the surplus may never end. After this time the dropping state ends
 * for a new try.
 */
const LONGEST_MS = 120_000;

interface Window {
  /** In CPU time; in wall-clock time while requests are turned away. */
  readonly since: number;
  readonly isDropping: boolean;
  /** Whether more requests came than were served in the interval before, too. */
  readonly hasGrown: boolean;
  arrived: number;
  served: number;
}

export function createCodel({ intervalMs, targetMs, exemptMs, clock }: CodelOptions): Codel {
  const start = clock.now();
  let droppingSince: number | undefined;
  /** Since when every wait was above the target, or when the interval began; undefined: there is no standing line. */
  let window: Window | undefined;

  /** Only the gateway's own CPU time can start it; any time can end it. */
  const clockOf = (isDropping: boolean): number => (isDropping ? clock.now() : clock.cpu());
  const open = (hasGrown = false): Window => {
    const isDropping = droppingSince !== undefined;
    return { since: clockOf(isDropping), isDropping, hasGrown, arrived: 0, served: 0 };
  };
  const judge = (): void => {
    const now = clock.now();
    if (window === undefined || clockOf(window.isDropping) - window.since < intervalMs) return;
    const grows = window.arrived > window.served * GROWTH + JITTER;
    const isSoLong = now - (droppingSince ?? now) >= LONGEST_MS;
    const drops = grows && window.hasGrown && now - start >= exemptMs && !isSoLong;
    const wasDropping = droppingSince !== undefined;
    droppingSince = drops ? (droppingSince ?? now) : undefined;
    // After the dropping state the line is short, and must prove to stand again.
    window = wasDropping && !drops ? undefined : open(grows);
  };

  return {
    arrived: () => {
      judge();
      if (window !== undefined) window.arrived += 1;
    },
    begun: (waitMs) => {
      if (droppingSince !== undefined) return;
      if (waitMs <= targetMs) window = undefined;
      else window ??= open();
    },
    served: () => {
      if (window !== undefined) window.served += 1;
    },
    get isDropping() {
      return droppingSince !== undefined;
    },
  };
}
