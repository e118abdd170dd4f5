import { LRUCache } from 'lru-cache';
import { type Caller, STRANGERS } from './callers.ts';

interface Queued<T> {
  readonly item: T;
  turns: number;
  spent: number;
}

/** Callers whom Cotalker does not know yet have one turn in so many, all together. */
const STRANGERS_TURN = 4;

/** How many callers are known to owe turns; each some 200 bytes. */
const MAX_OWING = 10_000;

/** What waits, by caller: each caller's own in the order of coming, and callers take turns. */
export class FairQueue<T> {
  readonly #sinceOf: (item: T) => number;
  readonly #strangers: Queued<T>[] = [];
  /** In the order of their turns. */
  readonly #known = new Map<Caller, Queued<T>[]>();
  /** What callers owe who have nothing here. */
  readonly #owed = new LRUCache<Caller, number>({ max: MAX_OWING });
  #size = 0;
  #turn = 0;

  /** @param sinceOf When an item came. */
  constructor(sinceOf: (item: T) => number) {
    this.#sinceOf = sinceOf;
  }

  get size(): number {
    return this.#size;
  }

  /** @param turns How many turns of its caller's it takes: what costs more is begun later (deficit round robin). */
  push(caller: Caller, item: T, turns = 1): void {
    this.#size += 1;
    const queued = { item, turns: turns + (this.#owed.get(caller) ?? 0), spent: 0 };
    this.#owed.delete(caller);
    const own = this.#queueOf(caller);
    if (own) own.push(queued);
    else this.#known.set(caller, [queued]);
  }

  /** Has a caller's next one take that many turns more, for what could not be known when the last one was begun. */
  charge(caller: Caller, turns: number): void {
    if (turns === 0) return;
    const next = this.#queueOf(caller)?.[0];
    if (next !== undefined) next.turns += turns;
    else this.#owed.set(caller, (this.#owed.get(caller) ?? 0) + turns);
  }

  shift(): T | undefined {
    if (this.#size === 0) return undefined;
    for (;;) {
      this.#turn += 1;
      const isTheirs = this.#known.size === 0 || this.#turn % STRANGERS_TURN === 0;
      const next =
        isTheirs && this.#strangers.length > 0
          ? spendTurn(this.#strangers)
          : this.#spendTurnOfKnown();
      if (next === undefined) continue;
      this.#size -= 1;
      return next.item;
    }
  }

  /** How many will be served before one more of this caller's, at the most. */
  ahead(caller: Caller): number {
    const strangers = this.#strangers;
    if (caller === STRANGERS)
      return Math.min(this.#size, (turnsOf(strangers) + 1) * STRANGERS_TURN);
    const own = turnsOf(this.#queueOf(caller) ?? []);
    let count = 0;
    for (const { length } of this.#known.values()) count += Math.min(length, own + 1);
    return count + Math.min(strangers.length, Math.ceil(count / (STRANGERS_TURN - 1)));
  }

  /** Which came first of those that are next of their callers' and take one turn: the others wait for longer. */
  get oldest(): T | undefined {
    let oldest: T | undefined;
    for (const [first] of [this.#strangers, ...this.#known.values()])
      if (first?.turns === 1 && (oldest === undefined || this.#isBefore(first.item, oldest)))
        oldest = first.item;
    return oldest;
  }

  #isBefore(one: T, other: T): boolean {
    return this.#sinceOf(one) < this.#sinceOf(other);
  }

  #queueOf(caller: Caller): Queued<T>[] | undefined {
    return caller === STRANGERS ? this.#strangers : this.#known.get(caller);
  }

  #spendTurnOfKnown(): Queued<T> | undefined {
    for (const [caller, items] of this.#known) {
      const first = spendTurn(items);
      this.#known.delete(caller);
      if (items.length > 0) this.#known.set(caller, items);
      return first;
    }
    return undefined;
  }
}

/** Spends a turn on the first of them; undefined: it takes more. */
function spendTurn<T>(items: Queued<T>[]): Queued<T> | undefined {
  const [first] = items;
  if (first === undefined) return undefined;
  first.spent += 1;
  return first.spent < first.turns ? undefined : items.shift();
}

const turnsOf = (items: readonly Queued<unknown>[]): number =>
  items.reduce((sum, { turns, spent }) => sum + turns - spent, 0);
