/**
 * Tells a line that stands from one that a burst has left, by the rule of CoDel (RFC 8289): the least wait of an
 * interval stays above a target. Two conditions are added, since a gateway is no router:
 *
 * - It grows. Callers who each wait for their answer before they ask again make a line that stands but does not
 *   grow: turning them away would serve nobody sooner.
 * - The process had the processor. Time that others use, or Cotalker takes, is no load of the gateway's.
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

/** What is more by no more than this factor and this number does not grow. */
const GROWTH = 1.2;
const JITTER = 8;
/** The part of the time in which the process has to have had the processor. */
const OWN_SHARE = 0.25;
/** In intervals: callers who wait for their answers are all there again by then. */
const REMEMBERED = 5;
/** In intervals. Callers who were turned away come again, so too many may come for ever: then it is tried anew. */
const LONGEST = 120;

interface Window {
  readonly since: number;
  readonly cpu: number;
  /** The most that were there at once before. */
  readonly most: number;
  arrived: number;
  finished: number;
}

const isMore = (one: number, other: number): boolean => one > other * GROWTH + JITTER;

export function createCodel({ intervalMs, targetMs, exemptMs, clock }: CodelOptions): Codel {
  const start = clock.now();
  let droppingSince: number | undefined;
  /** Since when every wait was above the target, or the interval began; undefined: the line does not stand. */
  let window: Window | undefined;

  let present = 0;
  /** The most that were there at once, of each of the last intervals. */
  const peaks = [0];
  let peakBegan = start;

  const notePeak = (): void => {
    const now = clock.now();
    if (now - peakBegan >= intervalMs) {
      peakBegan = now;
      peaks.push(0);
      if (peaks.length > REMEMBERED) peaks.shift();
    }
    peaks.push(Math.max(peaks.pop() ?? 0, present));
  };
  const open = (now: number): Window => ({
    ...{ since: now, cpu: clock.cpu(), most: Math.max(...peaks) },
    ...{ arrived: 0, finished: 0 },
  });
  /** Those who are turned away are not there for long: then what comes is compared with what is finished. */
  const grows = ({ arrived, finished, most }: Window): boolean =>
    droppingSince === undefined ? isMore(present, most) : isMore(arrived, finished);
  const isOverload = (seen: Window, now: number): boolean =>
    grows(seen) && clock.cpu() - seen.cpu >= (now - seen.since) * OWN_SHARE;
  const judge = (): void => {
    const now = clock.now();
    if (window === undefined || now - window.since < intervalMs) return;
    const isSoLong = now - (droppingSince ?? now) >= LONGEST * intervalMs;
    const drops = isOverload(window, now) && now - start >= exemptMs && !isSoLong;
    const wasDropping = droppingSince !== undefined;
    droppingSince = drops ? (droppingSince ?? now) : undefined;
    // Who has just left the dropping state has a short line, which has to be seen to stand first.
    window = wasDropping && !drops ? undefined : open(now);
  };

  return {
    arrived: () => {
      judge();
      present += 1;
      notePeak();
      if (window !== undefined) window.arrived += 1;
    },
    begun: (waitMs) => {
      if (droppingSince !== undefined) return;
      if (waitMs <= targetMs) window = undefined;
      else window ??= open(clock.now());
    },
    finished: (served) => {
      present -= 1;
      if (served && window !== undefined) window.finished += 1;
    },
    get isDropping() {
      return droppingSince !== undefined;
    },
  };
}
