import { type Caller, STRANGERS } from './callers.ts';
import { Counts } from './counts.ts';
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
  const held = new Counts();
  return {
    refusalOf: (caller) => {
      const taken = held.total;
      if (taken >= max) return 'places';
      if (caller === STRANGERS && isStarting()) return undefined;
      if (taken < max / 2 || held.of(caller) < max - taken) return undefined;
      return caller === STRANGERS ? 'strangers' : 'share';
    },
    take: (caller) => held.add(caller),
  };
}
