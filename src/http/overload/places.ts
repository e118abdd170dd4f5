import { type Caller, STRANGERS } from './callers.ts';
import type { Reason } from './turned-away.ts';

/** Requests whose body has arrived and whose answer is not sent: a bound on memory. */
export interface Places {
  /** Why this caller cannot have one more request; undefined: it can. */
  refusalOf(caller: Caller): Reason | undefined;
  /** @returns Gives the place back. */
  take(caller: Caller): () => void;
}

/**
 * Half of the places go to requests as they come. Of the other half, a caller may have as many as are free: the
 * rule of dynamic thresholds (Choudhury and Hahne, 1998). One caller gets half of all, two get a third each, and a
 * caller without any always gets one.
 *
 * @param isStarting Whether the process has just started, so that nobody is known yet: strangers are all users then.
 */
export function createPlaces(max: number, isStarting: () => boolean = () => false): Places {
  const held = new Map<Caller, number>();
  let taken = 0;
  const heldBy = (caller: Caller): number => held.get(caller) ?? 0;
  return {
    refusalOf: (caller) => {
      if (taken >= max) return 'places';
      if (caller === STRANGERS && isStarting()) return undefined;
      return taken >= max / 2 && heldBy(caller) >= max - taken ? 'share' : undefined;
    },
    take: (caller) => {
      taken += 1;
      held.set(caller, heldBy(caller) + 1);
      return () => {
        taken -= 1;
        const left = heldBy(caller) - 1;
        if (left === 0) held.delete(caller);
        else held.set(caller, left);
      };
    },
  };
}
