/** Stops questions to Redis after a late answer, for a longer pause each time. */
export interface RedisBreaker {
  /**
   * Whether Redis may be asked. After a pause only one may, until its outcome is known. Call `end` after
   * each one.
   */
  begin(): boolean;
  /** @param outcome `none`: it was given up too early to know. */
  end(outcome: 'answered' | 'late' | 'none'): void;
  /** Whether there is no pause, so writes may be sent too. */
  readonly isOver: boolean;
}

const FIRST_MS = 500;
const LONGEST_MS = 10_000;

export function createRedisBreaker(now: () => number = () => performance.now()): RedisBreaker {
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
