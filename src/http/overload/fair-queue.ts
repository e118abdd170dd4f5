import { type Caller, STRANGERS } from './callers.ts';

/** What waits, by caller: each caller's own in the order of coming, and callers take turns. */
export interface FairQueue<T> {
  readonly size: number;
  /** @param turns How many turns of its caller's it takes: what costs more is begun later (deficit round robin). */
  push(caller: Caller, item: T, turns?: number): void;
  shift(): T | undefined;
  /** How many will be served before one more of this caller's, at the most. */
  ahead(caller: Caller): number;
  /** Which came first of those that are next of their callers' and take one turn: the others wait for longer. */
  readonly oldest: T | undefined;
}

interface Queued<T> {
  readonly item: T;
  readonly turns: number;
  spent: number;
}

/** Callers whom Cotalker does not know yet have one turn in so many, all together. */
const STRANGERS_TURN = 4;

/** @param sinceOf When an item came. */
export function createFairQueue<T>(sinceOf: (item: T) => number): FairQueue<T> {
  const strangers: Queued<T>[] = [];
  /** In the order of their turns. */
  const known = new Map<Caller, Queued<T>[]>();
  let size = 0;
  let turn = 0;

  /** Spends a turn on the first of them; undefined: it takes more. */
  const spendTurn = (items: Queued<T>[]): Queued<T> | undefined => {
    const [first] = items;
    if (first === undefined) return undefined;
    first.spent += 1;
    return first.spent < first.turns ? undefined : items.shift();
  };
  const spendTurnOfKnown = (): Queued<T> | undefined => {
    for (const [caller, items] of known) {
      const first = spendTurn(items);
      known.delete(caller);
      if (items.length > 0) known.set(caller, items);
      return first;
    }
    return undefined;
  };

  return {
    get size() {
      return size;
    },
    push: (caller, item, turns = 1) => {
      size += 1;
      const queued = { item, turns, spent: 0 };
      const own = caller === STRANGERS ? strangers : known.get(caller);
      if (own) own.push(queued);
      else known.set(caller, [queued]);
    },
    shift: () => {
      if (size === 0) return undefined;
      for (;;) {
        turn += 1;
        const isTheirs = strangers.length > 0 && (known.size === 0 || turn % STRANGERS_TURN === 0);
        const next = isTheirs ? spendTurn(strangers) : spendTurnOfKnown();
        if (next === undefined) continue;
        size -= 1;
        return next.item;
      }
    },
    ahead: (caller) => {
      if (caller === STRANGERS) return Math.min(size, (turnsOf(strangers) + 1) * STRANGERS_TURN);
      const own = turnsOf(known.get(caller) ?? []);
      let count = 0;
      for (const { length } of known.values()) count += Math.min(length, own + 1);
      return count + Math.min(strangers.length, Math.ceil(count / (STRANGERS_TURN - 1)));
    },
    get oldest() {
      let oldest: T | undefined;
      for (const [first] of [strangers, ...known.values()])
        if (first?.turns === 1 && (oldest === undefined || sinceOf(first.item) < sinceOf(oldest)))
          oldest = first.item;
      return oldest;
    },
  };
}

const turnsOf = (items: readonly Queued<unknown>[]): number =>
  items.reduce((sum, { turns, spent }) => sum + turns - spent, 0);
