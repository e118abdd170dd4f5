import { type Caller, STRANGERS } from './callers.ts';

/** What waits, by caller: each caller's own in the order of coming, and callers take turns. */
export interface FairQueue<T> {
  readonly size: number;
  push(caller: Caller, item: T): void;
  shift(): T | undefined;
  /** How many will be served before one more of this caller's, at the most. */
  ahead(caller: Caller): number;
  /** Which came first of all that wait. */
  readonly oldest: T | undefined;
}

/** Callers whom Cotalker does not know yet have one turn in so many, all together. */
const STRANGERS_TURN = 4;

/** @param sinceOf When an item came. */
export function createFairQueue<T>(sinceOf: (item: T) => number): FairQueue<T> {
  const strangers: T[] = [];
  /** In the order of their turns. */
  const known = new Map<Caller, T[]>();
  let size = 0;
  let turn = 0;

  const shiftKnown = (): T | undefined => {
    for (const [caller, items] of known) {
      const item = items.shift();
      known.delete(caller);
      if (items.length > 0) known.set(caller, items);
      return item;
    }
    return undefined;
  };

  return {
    get size() {
      return size;
    },
    push: (caller, item) => {
      size += 1;
      const own = caller === STRANGERS ? strangers : known.get(caller);
      if (own) own.push(item);
      else known.set(caller, [item]);
    },
    shift: () => {
      if (size === 0) return undefined;
      size -= 1;
      turn += 1;
      const isTheirs = known.size === 0 || turn % STRANGERS_TURN === 0;
      return (isTheirs ? strangers.shift() : undefined) ?? shiftKnown() ?? strangers.shift();
    },
    ahead: (caller) => {
      if (caller === STRANGERS) return Math.min(size, (strangers.length + 1) * STRANGERS_TURN);
      const own = known.get(caller)?.length ?? 0;
      let count = 0;
      for (const { length } of known.values()) count += Math.min(length, own + 1);
      return count + Math.min(strangers.length, Math.ceil(count / (STRANGERS_TURN - 1)));
    },
    get oldest() {
      let [oldest] = strangers;
      for (const [first] of known.values())
        if (first !== undefined && (oldest === undefined || sinceOf(first) < sinceOf(oldest)))
          oldest = first;
      return oldest;
    },
  };
}
