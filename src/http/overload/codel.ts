/**
 * Tells a line that stands from one that a burst has left, by the rule of CoDel (RFC 8289): the least wait of an
 * interval stays above a target. Two things differ, since a gateway is no router:
 *
 * - More have to come than are served, in two intervals in a row. Callers who each wait for their answer before they ask
 *   again make a line that stands but does not grow: turning them away would serve nobody sooner.
 * - An interval is one of the process's own CPU time. Time that others use, or Cotalker takes, is no load of the
 *   gateway's.
 *
 * It only counts and judges; `line.ts` acts on it.
 */
export interface Codel {
  /** A request came, served or not. */
  arrived(): void;
  /** A request left the line to be served, after that many milliseconds. */
  begun(waitMs: number): void;
  /** An answer is out, or its caller is gone; `served`: not one of those turned away. */
  finished(served: boolean): void;
  /** Whether who has waited for longer than the target is to be turned away: RFC 8289's "dropping state". */
  readonly isDropping: boolean;
}

export interface CodelOptions {
  readonly intervalMs: number;
  readonly targetMs: number;
  /** For so long after the start nothing is judged: code is not compiled yet, and caches are empty. */
  readonly exemptMs: number;
  /** In milliseconds; the process's CPU time, all threads together. */
  readonly clock: { readonly now: () => number; readonly cpu: () => number };
}

/** What is more by no more than this factor and this number is not more. */
const GROWTH = 1.1;
const JITTER = 8;
/** Callers who were turned away come again, so too many may come for ever: after so long it is tried anew. */
const LONGEST_MS = 120_000;

interface Window {
  /** In CPU time; while requests are turned away, in that of the clock. */
  readonly since: number;
  readonly isDropping: boolean;
  /** Whether more came than were served in the interval before, too. */
  readonly hasGrown: boolean;
  arrived: number;
  served: number;
}

export function createCodel({ intervalMs, targetMs, exemptMs, clock }: CodelOptions): Codel {
  const start = clock.now();
  let droppingSince: number | undefined;
  /** Since when every wait was above the target, or the interval began; undefined: the line does not stand. */
  let window: Window | undefined;

  /** To begin with it takes the gateway's own time, to end it any. */
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
    // Who has just left the dropping state has a short line, which has to be seen to stand first.
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
    finished: (served) => {
      if (served && window !== undefined) window.served += 1;
    },
    get isDropping() {
      return droppingSince !== undefined;
    },
  };
}
