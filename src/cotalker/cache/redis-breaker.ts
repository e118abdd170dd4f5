/** Keeps lookups from a store that has kept one waiting, for longer each time that it does. */
export interface Pause {
  /**
   * Whether a lookup may be made: once a pause is over, one alone, until it is known what came of it.
   * Whoever is let through says so by `end`.
   */
  begin(): boolean;
  /** @param outcome `none`: it was given up too soon to tell. */
  end(outcome: 'answered' | 'late' | 'none'): void;
  /** Whether there is none, so that what is not waited for may be sent, too. */
  readonly isOver: boolean;
}

const FIRST_MS = 500;
const LONGEST_MS = 10_000;

export function createPause(now: () => number = () => performance.now()): Pause {
  let lengthMs = 0;
  let endsAt = 0;
  let isProbing = false;
  return {
    get isOver() {
      return lengthMs === 0;
    },
    begin: () => {
      if (lengthMs === 0) return true;
      if (isProbing || now() < endsAt) return false;
      isProbing = true;
      return true;
    },
    end: (outcome) => {
      isProbing = false;
      if (outcome === 'answered') lengthMs = 0;
      // Those that were under way when the first was late say nothing more.
      if (outcome !== 'late' || now() < endsAt) return;
      lengthMs = Math.min(LONGEST_MS, Math.max(FIRST_MS, 2 * lengthMs));
      endsAt = now() + lengthMs;
    },
  };
}
