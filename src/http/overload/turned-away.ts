import { createTally } from '../../observe/log/tally.ts';

/**
 * Why a request is turned away. `standing_line`: more requests come than can be served, so the line does not empty
 * · `deadline`: its answer would come too late · `places`: memory for requests is full · `share`: its token has as
 * many as one may have · `strangers`: all tokens together that Cotalker has not accepted do, among them those of new users
 * · `calls`: its calls would come too late. Metrics have this one among the failed requests too.
 */
export type Reason = 'standing_line' | 'deadline' | 'places' | 'share' | 'strangers' | 'calls';
export type ReasonCounts = Readonly<Record<Reason, number>>;

/** Counts refused requests, and distinguishes a gateway that is too small from one that had a burst. */
export interface TurnedAway {
  note(reason: Reason): void;
  /** Since the start. */
  readonly counts: ReasonCounts;
  /** Whether requests have been turned away for a while, up to now. */
  readonly persists: boolean;
  stop(): void;
}

export interface TurnedAwayOptions {
  /** How long requests must be turned away until it counts as persistent, in milliseconds. */
  readonly sheddingAfterMs?: number;
  /** Called with the number since the last time: soon after the first, then once a minute while there are more. */
  readonly onTurnedAway?: (counts: Partial<ReasonCounts>) => void;
}

const SHEDDING_AFTER_MS = 10_000;
/** A pause of this length ends it, in milliseconds. */
const PAUSE_MS = 2000;

export function createTurnedAway({
  sheddingAfterMs = SHEDDING_AFTER_MS,
  onTurnedAway = () => undefined,
}: TurnedAwayOptions): TurnedAway {
  const counts = { standing_line: 0, deadline: 0, places: 0, share: 0, strangers: 0, calls: 0 };
  const tally = createTally<Reason>(onTurnedAway);
  let first = -Infinity;
  let last = -Infinity;

  return {
    note: (reason) => {
      const now = performance.now();
      if (now - last > PAUSE_MS) first = now;
      last = now;
      counts[reason] += 1;
      tally.add(reason);
    },
    counts,
    get persists() {
      return performance.now() - last <= PAUSE_MS && last - first >= sheddingAfterMs;
    },
    stop: () => tally.stop(),
  };
}
