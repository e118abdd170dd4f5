/** One of a roster, with its neighbours. */
interface Entry<T> {
  readonly value: T;
  before: Entry<T> | undefined;
  after: Entry<T> | undefined;
}

/**
 * Who is here, in the order of coming. It is for objects that come and go by the hundred a second, in place of a `Map` or
 * `Set`. V8 makes the table of those anew now and then, and the former one keeps its entries and a link to the next.
 * Once a former table is in the old generation, it holds what later ones had when they were made, until V8 marks the whole
 * heap. So V8 would copy each request twice, and each large answer with it.
 */
export class Roster<T> implements Iterable<T> {
  #first: Entry<T> | undefined;
  #last: Entry<T> | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** @returns Takes it out again. */
  add(value: T): () => void {
    const entry: Entry<T> = { value, before: this.#last, after: undefined };
    if (this.#last === undefined) this.#first = entry;
    else this.#last.after = entry;
    this.#last = entry;
    this.#size += 1;
    let isIn = true;
    return () => {
      if (isIn) this.#takeOut(entry);
      isIn = false;
    };
  }

  /** Those who are here now, whoever leaves meanwhile. */
  [Symbol.iterator](): ArrayIterator<T> {
    const values: T[] = [];
    for (let entry = this.#first; entry !== undefined; entry = entry.after)
      values.push(entry.value);
    return values.values();
  }

  find(isIt: (value: T) => boolean): T | undefined {
    let entry = this.#first;
    while (entry !== undefined && !isIt(entry.value)) entry = entry.after;
    return entry?.value;
  }

  #takeOut(entry: Entry<T>): void {
    const { before, after } = entry;
    if (before === undefined) this.#first = after;
    else before.after = after;
    if (after === undefined) this.#last = before;
    else after.before = before;
    // An old entry would hold those that came after it, as a table does.
    entry.before = undefined;
    entry.after = undefined;
    this.#size -= 1;
  }
}
