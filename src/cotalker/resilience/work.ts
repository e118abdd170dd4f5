import type { Begun, Place, Work } from './terms.ts';

/* The calls that requests in a line have left. */

/** One turn of this many goes to the request with the fewest calls left. */
export const FEWEST_EVERY = 4;

/** Whether a request has had a turn by the line's capacity. */
export const hasBegun = ({ granted, unpaced }: Place): boolean => granted > unpaced;

/** How many calls of its document a request has made, or shares. */
export const asked = ({ granted, owner: { shared = 0 } }: Place): number => granted + shared;

/** What waits of a request, or more where its document is known to make more. */
export function callsLeft(place: Place, by: 'calls' | 'meanCalls' = 'calls'): number {
  if (place.refusal !== undefined) return 0;
  const calls = place.expectedCalls[by] || place.unseen(place.owner);
  return Math.max(place.waiting.now.size, Math.round(calls) - asked(place));
}

/** The calls that are left of the requests that have begun, and of the one with the fewest. */
export function begunOf(all: readonly Place[]): Begun {
  const left = all
    .filter(hasBegun)
    .map((place) => callsLeft(place))
    .filter((calls) => calls > 0);
  return { calls: left.reduce((sum, calls) => sum + calls, 0), fewest: Math.min(...left) };
}

/**
 * The calls to be made until all of a request's are. By order they come after those of older requests. By size they
 * come after those of smaller ones, which get every fourth turn. The sooner of the two counts.
 */
export function workOf(asking: Place, all: readonly Place[]): Work {
  let isAlone = true;
  const calls = Math.max(1, callsLeft(asking));
  const { ms, cpuMs } = asking.expected;
  const own = { calls, ms, cpuMs };
  const [byOrder, bySize] = [{ ...own }, { ...own }];
  // It runs once for each that waits, so it makes nothing anew.
  for (const place of all) {
    if (place === asking) continue;
    if (isAlone) isAlone = callsLeft(place) <= 0;
    // Of many requests some take fewer calls than most do, so the sum goes by the mean.
    const left = callsLeft(place, 'meanCalls');
    const { meanCalls } = place.expectedCalls;
    const leftMs = meanCalls > 0 ? (left / meanCalls) * place.expected.cpuMs : 0;
    if (place.order <= asking.order) {
      byOrder.calls += left;
      byOrder.cpuMs += leftMs;
    }
    if (left <= calls) {
      bySize.calls += left;
      bySize.cpuMs += leftMs;
    }
  }
  return {
    calls: Math.min(byOrder.calls, bySize.calls * FEWEST_EVERY),
    cpuMs: Math.min(byOrder.cpuMs, bySize.cpuMs * FEWEST_EVERY),
    own,
    isAlone,
  };
}
