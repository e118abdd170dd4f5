/** A call that counts. */
interface Spent {
  /** When its place comes free. */
  readonly end: number;
  readonly isLive: boolean;
}

/** What keeps calls of this line from having a place. */
export interface Others {
  /** Places that other instances have. */
  readonly taken: number;
  /** Places that are kept for calls that do not wait, and until when. */
  readonly kept: number;
  readonly keptUntil: number;
  /** What a call takes until its answer, in milliseconds: so much later its place comes free. */
  readonly callMs: number;
}

/**
 * The calls of a company that count now: never more than its limit in any stretch of time that is as long as the
 * window. That is the strictest way to count, so it is right for the others: a sliding window, a fixed window and a
 * bucket that fills. A bucket holds a whole limit after a window without calls.
 *
 * A call counts at the service from when it comes there, which is between its going out and its answer. So its place
 * comes free a window after its answer, however long that takes: a service that stands still may count it last thing.
 */
export class Window {
  readonly #windowMs: number;
  /** By when they end. */
  #spent: Spent[] = [];
  #live = 0;
  /** Calls that have a turn: on their way, or about to be. */
  readonly #held = { now: 0, later: 0 };

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Calls that count. */
  used(now: number): number {
    this.#drop(now);
    return this.#spent.length + this.held;
  }

  /** Those that have not been answered. */
  get held(): number {
    return this.#held.now + this.#held.later;
  }

  /** Those of live polls among them. */
  usedLive(now: number): number {
    this.#drop(now);
    return this.#live + this.#held.later;
  }

  /** Those that have been answered, and not with a 429. */
  answered(now: number): number {
    this.#drop(now);
    return this.#spent.length;
  }

  hold(isLive: boolean, calls = 1): void {
    this.#held[isLive ? 'later' : 'now'] += calls;
  }

  /** A call has been answered, or given up. */
  spend(isLive: boolean, now: number): void {
    this.#add({ end: now + this.#windowMs, isLive });
  }

  /** For each call that has been answered, the milliseconds until it does not count any more. */
  left(now: number): number[] {
    this.#drop(now);
    return this.#spent.map(({ end }) => end - now);
  }

  /**
   * Milliseconds until this many more calls can go at this limit, if nothing else calls.
   *
   * @param others Places that others have, and those that are kept for them until some time.
   */
  msFor(calls: number, limit: number, from: number, others: Others): number {
    const { taken, kept, keptUntil, callMs } = others;
    const ended = this.#endedBy(from);
    const busy = this.#spent.length - ended + kept + this.held + taken;
    const last = calls - 1;
    const rounds = Math.floor(last / limit);
    // Those that are free come first. Where more are busy than the limit has, the first that end make room for none.
    const index = (last % limit) - (limit - busy);
    const keptEnd = Math.max(from, keptUntil);
    // By when they end: calls that were answered, those that are kept among them, and last those that are under way.
    const sooner = this.#endedBy(keptEnd) - ended;
    const isKept = index >= sooner && index < sooner + kept;
    const answered = this.#spent[ended + (index < sooner ? index : index - kept)];
    const roundMs = this.#windowMs + callMs;
    const end = isKept ? keptEnd : (answered?.end ?? from + roundMs);
    return (index < 0 ? 0 : end - from) + rounds * roundMs;
  }

  /** How many places of answered calls are free by then. The list is sorted by when they end. */
  #endedBy(at: number): number {
    let [low, high] = [0, this.#spent.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#spent[middle]?.end ?? Infinity) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** When the next place comes free; undefined where none is to come. */
  next(now: number): number | undefined {
    this.#drop(now);
    return this.#spent[0]?.end;
  }

  /** From now on, what counts here counts there. */
  moveTo(other: Window): void {
    for (const spent of this.#spent) other.#add(spent);
    other.hold(false, this.#held.now);
    other.hold(true, this.#held.later);
    this.#spent = [];
    this.#live = this.#held.now = this.#held.later = 0;
  }

  #add(spent: Spent): void {
    this.#spent.splice(this.#endedBy(spent.end), 0, spent);
    if (spent.isLive) this.#live += 1;
  }

  #drop(now: number): void {
    const [first] = this.#spent;
    if (first === undefined || first.end > now) return;
    const over = this.#spent.splice(0, this.#endedBy(now));
    for (const { isLive } of over) if (isLive) this.#live -= 1;
  }
}
