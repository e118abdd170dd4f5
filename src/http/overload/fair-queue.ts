import { LRUCache } from 'lru-cache';
import { type Caller, STRANGERS } from './callers.ts';

/** Callers whom Cotalker does not know yet have one turn in so many, all together. */
const STRANGERS_TURN = 4;

/** How many callers are known to owe turns; each some 200 bytes. */
const MAX_OWING = 10_000;

/** What waits, by caller: each caller's own in the order of coming, and callers take turns. */
export class FairQueue<T> {
  readonly #sinceOf: (item: T) => number;
  readonly #strangers: T[] = [];
  /** In the order of their turns. */
  readonly #known = new Map<Caller, T[]>();
  /** The turns that a caller lets pass, for what it has had while others waited. */
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

  push(caller: Caller, item: T): void {
    this.#size += 1;
    const own = this.#itemsOf(caller);
    if (own) own.push(item);
    else this.#known.set(caller, [item]);
  }

  /**
   * Has a caller let that many turns pass (deficit round robin). Where nothing waits there are no turns: then nothing is
   * charged, and nothing is owed any more.
   */
  charge(caller: Caller, turns: number): void {
    if (turns > 0 && this.#size > 0) this.#owed.set(caller, this.#owedBy(caller) + turns);
  }

  shift(): T | undefined {
    if (this.#size === 0) return undefined;
    for (;;) {
      this.#turn += 1;
      const isTheirs = this.#known.size === 0 || this.#turn % STRANGERS_TURN === 0;
      const next =
        isTheirs && this.#strangers.length > 0
          ? this.#take(STRANGERS, this.#strangers)
          : this.#takeOfKnown();
      if (next === undefined) continue;
      this.#size -= 1;
      if (this.#size === 0 && this.#owed.size > 0) this.#owed.clear();
      return next;
    }
  }

  /** How many will be served before one more of this caller's, at the most. */
  ahead(caller: Caller): number {
    const strangers = this.#strangers;
    const own = (this.#itemsOf(caller)?.length ?? 0) + this.#owedBy(caller) + 1;
    if (caller === STRANGERS) return Math.min(this.#size, own * STRANGERS_TURN);
    let count = 0;
    for (const { length } of this.#known.values()) count += Math.min(length, own);
    return count + Math.min(strangers.length, Math.ceil(count / (STRANGERS_TURN - 1)));
  }

  /** The oldest request among those that are next for their caller. Callers who owe turns are left out. */
  get oldest(): T | undefined {
    let oldest = this.#owedBy(STRANGERS) === 0 ? this.#strangers[0] : undefined;
    for (const [caller, [first]] of this.#known) {
      if (first === undefined) continue;
      const isOlder = oldest === undefined || this.#sinceOf(first) < this.#sinceOf(oldest);
      // Looked up last, since thousands may wait.
      if (isOlder && this.#owedBy(caller) === 0) oldest = first;
    }
    return oldest;
  }

  #owedBy(caller: Caller): number {
    return this.#owed.get(caller) ?? 0;
  }

  #itemsOf(caller: Caller): T[] | undefined {
    return caller === STRANGERS ? this.#strangers : this.#known.get(caller);
  }

  /** Takes the first of them; undefined: the caller lets this turn pass. */
  #take(caller: Caller, items: T[]): T | undefined {
    const owed = this.#owedBy(caller);
    if (owed === 0) return items.shift();
    if (owed === 1) this.#owed.delete(caller);
    else this.#owed.set(caller, owed - 1);
    return undefined;
  }

  #takeOfKnown(): T | undefined {
    for (const [caller, items] of this.#known) {
      const next = this.#take(caller, items);
      this.#known.delete(caller);
      if (items.length > 0) this.#known.set(caller, items);
      return next;
    }
    return undefined;
  }
}
