/**
 * Begins requests as fast as the processor can finish them, so that they wait in the line, where they can still be
 * turned away, and not half done. What is begun costs little at first, and its most only once Cotalker has answered:
 * without this, hundreds begin while the answers are on their way, and are then all late together.
 */
export interface Pacer {
  /** Whether one more may begin now. */
  mayBegin(): boolean;
  /** @param slack How much more than its cost it is charged, as a factor: what has gathered within is finished then. */
  begun(slack: number): void;
  finished(): void;
  /** Of the processor, for one request, in milliseconds; 0: not known yet. */
  readonly costMs: number;
}

/** All in milliseconds. */
export interface PacerClock {
  readonly now: () => number;
  /** The process's CPU time, all threads together. */
  readonly cpu: () => number;
  /** For how long the event loop had nothing to do. */
  readonly idle: () => number;
}

/** So much may begin at once after a rest. */
const BURST_MS = 50;
const SAMPLE_MS = 250;
/** The weight of the latest sample in what a request costs. */
const LATEST = 0.3;
/** At rest for more than this part of a sample, what the process does for itself would count to few requests. */
const RESTING = 0.5;

export function createPacer(clock: PacerClock): Pacer {
  /** Of the processor, for one request; 0: not known yet, and all may begin. */
  let costMs = 0;
  let credit = BURST_MS;
  let finished = 0;
  const read = () => ({ now: clock.now(), cpu: clock.cpu(), idle: clock.idle() });
  let last = read();
  let sampled = last;

  const sample = (current: typeof last): void => {
    const idlePart = (current.idle - sampled.idle) / (current.now - sampled.now);
    // A loop that rests while requests wait is to be given more.
    const busyPart = 1 - Math.min(idlePart, RESTING);
    const measured = finished > 0 ? (current.cpu - sampled.cpu) / finished : costMs;
    if (idlePart > RESTING) costMs *= busyPart;
    else costMs += (measured * busyPart - costMs) * (costMs === 0 ? 1 : LATEST);
    finished = 0;
    sampled = current;
  };
  return {
    mayBegin: () => {
      const current = read();
      // What others use of the processor is neither: it is not the gateway's to spend.
      const available = current.cpu - last.cpu + (current.idle - last.idle);
      credit = Math.min(BURST_MS, credit + available);
      last = current;
      if (current.now - sampled.now >= SAMPLE_MS) sample(current);
      return credit > 0;
    },
    begun: (slack) => {
      credit -= costMs * slack;
    },
    finished: () => {
      finished += 1;
    },
    get costMs() {
      return costMs;
    },
  };
}
