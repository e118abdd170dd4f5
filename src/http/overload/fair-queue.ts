import { LRUCache } from 'lru-cache';
import { type Caller, STRANGERS } from './callers.ts';

/** Callers whom Cotalker does not know yet have one turn in so many, all together. */
const STRANGERS_TURN = 4;

/** How many callers are known to owe turns; each some 200 bytes. */
const MAX_OWING = 10_000;

/** What waits, by caller: each caller's own in the order of coming, and callers take turns. */
export class FairQueue<T> {
  readonly #strangers: T[] = [];
  /** In the order of their turns. */
  readonly #known = new Map<Caller, T[]>();
  /** The turns that a caller lets pass, for what it has had while others waited. */
  readonly #owed = new LRUCache<Caller, number>({ max: MAX_OWING });
  #size = 0;
  #turn = 0;

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
      this.#shrink();
      return next;
    }
  }

  /** Takes out those that are over, one at each step. Of one caller's, it looks no further than the first that is not. */
  *takeOut(isOver: (item: T) => boolean): Generator<T> {
    for (const [caller, items] of [[STRANGERS, this.#strangers] as const, ...this.#known])
      for (let [first] = items; first !== undefined && isOver(first); [first] = items) {
        items.shift();
        if (items.length === 0) this.#known.delete(caller);
        this.#shrink();
        yield first;
      }
  }

  /** How many will be served before one more of this caller's, at the most, if no more come. */
  ahead(caller: Caller): number {
    const own = (this.#itemsOf(caller)?.length ?? 0) + this.#owedBy(caller) + 1;
    if (caller === STRANGERS) return Math.min(this.#size, own * STRANGERS_TURN - 1);
    let count = 0;
    for (const { length } of this.#known.values()) count += Math.min(length, own);
    return count + Math.min(this.#strangers.length, Math.ceil(count / (STRANGERS_TURN - 1)));
  }

  /** How many are served before the first of this caller's, whatever it owes: those whose turns strangers wait for. */
  before(caller: Caller): number {
    const known = this.#size - this.#strangers.length;
    return caller === STRANGERS ? Math.min(known, STRANGERS_TURN - 1) : 0;
  }

  #shrink(): void {
    this.#size -= 1;
    if (this.#size === 0 && this.#owed.size > 0) this.#owed.clear();
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
