import type { Caller } from './callers.ts';

/** A number for each caller. Who has none is not remembered. */
export class Counts {
  readonly #counts = new Map<Caller, number>();
  #total = 0;

  get total(): number {
    return this.#total;
  }

  of(caller: Caller): number {
    return this.#counts.get(caller) ?? 0;
  }

  /** @returns Takes it off again. */
  add(caller: Caller): () => void {
    this.#total += 1;
    this.#counts.set(caller, this.of(caller) + 1);
    return () => {
      this.#total -= 1;
      const left = this.of(caller) - 1;
      if (left === 0) this.#counts.delete(caller);
      else this.#counts.set(caller, left);
    };
  }
}
