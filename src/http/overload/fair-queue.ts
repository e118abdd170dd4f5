import { LRUCache } from 'lru-cache';
import { type Caller, STRANGERS } from './callers.ts';

/** Callers whom Cotalker does not know yet have one turn in so many, all together. */
const STRANGERS_TURN = 4;

/** How many callers are known to owe turns; each some 200 bytes. */
const MAX_OWING = 10_000;
/** No caller owes more turns, so that none is kept waiting for long: a few rounds beside many others. */
const MOST_OWED = 40;
/** While the event loop rests, nobody waits for a caller's answers: so many milliseconds of that repay a turn. */
const REST_MS_PER_TURN = 10;

/** The turns that a caller owed when the event loop had rested for so long. */
interface Debt {
  turns: number;
  idle: number;
}

/** What waits, by caller: each caller's own in the order of coming, and callers take turns. */
export class FairQueue<T> {
  readonly #strangers: T[] = [];
  /** In the order of their turns. */
  readonly #known = new Map<Caller, T[]>();
  /** The turns that a caller lets pass, for what it has had. */
  readonly #owed = new LRUCache<Caller, Debt>({ max: MAX_OWING });
  readonly #idle: () => number;
  #size = 0;
  #turn = 0;

  /** @param idle For how long the event loop has rested, in milliseconds. */
  constructor(idle: () => number) {
    this.#idle = idle;
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
   * Has a caller let that many turns pass (deficit round robin), or the event loop rest in their place. Where nobody else
   * waits, they pass at once.
   */
  charge(caller: Caller, turns: number): void {
    if (turns <= 0) return;
    const debt = this.#debtOf(caller) ?? { turns: 0, idle: this.#idle() };
    debt.turns = Math.min(debt.turns + turns, MOST_OWED);
    this.#owed.set(caller, debt);
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
      return next;
    }
  }

  /** Takes out those that are over, one at each step. Of one caller's, it looks no further than the first that is not. */
  *takeOut(isOver: (item: T) => boolean): Generator<T> {
    for (const [caller, items] of [[STRANGERS, this.#strangers] as const, ...this.#known])
      for (let [first] = items; first !== undefined && isOver(first); [first] = items) {
        items.shift();
        if (items.length === 0) this.#known.delete(caller);
        this.#size -= 1;
        yield first;
      }
  }

  /** How many will be served before one more of this caller's, at the most, if no more come. */
  ahead(caller: Caller): number {
    const own = (this.#itemsOf(caller)?.length ?? 0) + (this.#debtOf(caller)?.turns ?? 0) + 1;
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

  /** What it owes now. Rest that has not repaid a whole turn yet goes on to count. */
  #debtOf(caller: Caller): Debt | undefined {
    const debt = this.#owed.get(caller);
    if (debt === undefined) return undefined;
    const repaid = Math.floor((this.#idle() - debt.idle) / REST_MS_PER_TURN);
    debt.turns -= repaid;
    debt.idle += repaid * REST_MS_PER_TURN;
    if (debt.turns > 0) return debt;
    this.#owed.delete(caller);
    return undefined;
  }

  #itemsOf(caller: Caller): T[] | undefined {
    return caller === STRANGERS ? this.#strangers : this.#known.get(caller);
  }

  /** Takes the first of them; undefined: the caller lets this turn pass. */
  #take(caller: Caller, items: T[]): T | undefined {
    const debt = this.#debtOf(caller);
    if (debt === undefined) return items.shift();
    debt.turns -= 1;
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
