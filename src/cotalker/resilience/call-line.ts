import { abortError, isTimeUp, type CotalkerError } from '../errors.ts';
import type { Capacity, LineOwner, LineRules, Place, Release, Urgency, Waiting } from './terms.ts';
import type { Run } from './expected-calls.ts';
import { Places, waitingOf } from './places.ts';
import { hasBegun, workOf } from './work.ts';

/**
 * Requests that wait for turns to make their calls. What calls a request has left is known by earlier runs of its
 * document, by its shape, or by what it has asked for so far. When a request may have its first turn, `mayBegin` of the
 * rules says. Of those that may go, the one that came first has three of four turns, so that what has begun is finished.
 * The fourth is for the one with the fewest calls left: a small one. A call that is not urgent goes when no other may.
 */
export class CallLine {
  readonly #capacity: Capacity;
  readonly #rules: LineRules;
  readonly #places: Places;
  #grants = 0;
  readonly #waiting = { now: 0, later: 0 };

  constructor(capacity: Capacity, rules: LineRules) {
    this.#capacity = capacity;
    this.#rules = rules;
    this.#places = new Places(rules);
  }

  /** A turn at once; undefined where the request has to wait, or is refused. */
  tryTake(owner: LineOwner, signal: AbortSignal, urgency: Urgency = 'now'): Release | undefined {
    if (signal.aborted) return undefined;
    const place = this.#places.enter(owner);
    if (urgency === 'now' && this.#refusalOf(place) !== undefined) return undefined;
    // Room that came free by the clock is for those who wait.
    if (this.isStanding) this.serve();
    if (this.#capacity.free(urgency) <= 0 || !this.#places.mayGo(place)) return undefined;
    // Who waits has every fourth turn, those that need not wait included.
    if (this.isStanding) this.#grants += 1;
    return this.#occupy(place, urgency);
  }

  /**
   * Resolves when the owner may make a call.
   *
   * @throws CotalkerError when the signal fires first; what `tooLate` says before the request's first call, where the
   *   calls left of older requests and its own would end after its deadline.
   */
  take(owner: LineOwner, signal: AbortSignal, urgency: Urgency = 'now'): Promise<Release> {
    if (signal.aborted) return Promise.reject(abortError(signal));
    const release = this.tryTake(owner, signal, urgency);
    if (release !== undefined) return Promise.resolve(release);
    const place = this.#places.enter(owner);
    if (urgency === 'now' && place.refusal !== undefined) return Promise.reject(place.refusal);
    return this.#wait(place, signal, urgency);
  }

  /** @throws CotalkerError where a call of the request would be refused now; else it would wait, or go. */
  check(owner: LineOwner): void {
    const refusal = this.#refusalOf(this.#places.enter(owner));
    if (refusal !== undefined) throw refusal;
  }

  /**
   * The request is over: the calls that were still expected of it do not come.
   *
   * @returns What it took; undefined where it had no turn, or its deadline cut it. See `Run.isCut` for other cuts.
   */
  leave(owner: LineOwner): Run | undefined {
    const place = this.#places.of(owner);
    if (place === undefined) return undefined;
    const run = this.#places.end(place);
    // A call that it shared was made at another's turn: its own would never come.
    for (const each of waitingOf(place)) each.leave();
    this.serve();
    return place.granted === 0 || this.#rules.now() >= owner.deadline ? undefined : run;
  }

  /** Gives turns while there is room. To be called whenever some may have come free. */
  serve(): void {
    while (this.isStanding && this.#capacity.free('now') > 0) {
      const soon = this.#nextOf('now');
      const place = soon ?? this.#nextOf('later');
      if (place === undefined) break;
      const line = place.waiting[soon === undefined ? 'later' : 'now'];
      const refusal = soon === undefined ? undefined : this.#refusalOf(place);
      if (refusal === undefined) {
        this.#grants += 1;
        line.values().next().value?.grant();
      } else for (const next of line) next.refuse(refusal);
    }
    if (this.isStanding) this.#capacity.watch();
  }

  get isStanding(): boolean {
    return this.#waiting.now + this.#waiting.later > 0;
  }

  /** See `Places.demand`. */
  get demand(): Places['demand'] {
    return this.#places.demand;
  }

  /**
   * There is less room than before: refuses who has not begun and would come too late now, and who has begun where
   * nothing more goes before its deadline.
   *
   * @param until Before this nothing goes.
   */
  narrow(until = -Infinity): void {
    for (const place of this.#places.all) {
      const isOver = hasBegun(place) && place.owner.deadline <= until;
      const refusal =
        isOver || place.waiting.now.size > 0 ? this.#refusalOf(place, isOver) : undefined;
      if (refusal !== undefined) for (const each of place.waiting.now) each.refuse(refusal);
    }
  }

  /** Those in this line go on in another one; with `only`, that one alone. */
  moveTo(line: CallLine, only?: LineOwner): void {
    for (const place of this.#places.all) {
      const { owner, granted, begunAt } = place;
      if (owner !== (only ?? owner)) continue;
      const other = line.#places.enter(owner);
      if (granted > 0 && other.granted === 0) other.begunAt = begunAt;
      other.granted += granted;
      if (only === undefined) other.unpaced += granted;
      this.#places.forget(place);
      for (const each of waitingOf(place)) each.waitFor((...asked) => line.take(...asked));
    }
    if (only !== undefined) this.serve();
  }

  #nextOf(urgency: Urgency): Place | undefined {
    const isVain = this.#waiting[urgency] === 0 || this.#capacity.free(urgency) <= 0;
    return isVain ? undefined : this.#places.nextOf(urgency, this.#grants + 1);
  }

  #occupy(place: Place, urgency: Urgency): Release {
    const giveBack = this.#capacity.take(urgency);
    place.active += 1;
    this.#places.grant(place);
    let isHeld = true;
    return (isAgain = false) => {
      if (!isHeld) return;
      isHeld = false;
      place.active -= 1;
      if (isAgain) place.granted -= 1;
      giveBack();
      this.serve();
    };
  }

  #wait(place: Place, signal: AbortSignal, urgency: Urgency): Promise<Release> {
    const { promise, resolve, reject } = Promise.withResolvers<Release>();
    const settle = (): void => {
      if (place.waiting[urgency].delete(waiting)) this.#waiting[urgency] -= 1;
      signal.removeEventListener('abort', giveUp);
    };
    const giveUp = (): void => waiting.refuse(this.#reasonOf(signal, place, urgency));
    const waiting: Waiting = {
      grant: () => {
        settle();
        resolve(this.#occupy(place, urgency));
      },
      refuse: (error) => {
        settle();
        reject(error);
      },
      leave: () => waiting.refuse(abortError(signal)),
      waitFor: (take) => {
        settle();
        take(place.owner, signal, urgency).then(resolve, reject);
      },
    };
    place.waiting[urgency].add(waiting);
    this.#waiting[urgency] += 1;
    signal.addEventListener('abort', giveUp, { once: true });
    this.#capacity.watch(place.owner);
    return promise;
  }

  /** Why a call that waits is given up. */
  #reasonOf(signal: AbortSignal, place: Place, urgency: Urgency): CotalkerError {
    const isLate = this.#rules.isTooLateAtDeadline && urgency === 'now' && isTimeUp(signal);
    return (isLate ? this.#refusalOf(place, true) : undefined) ?? abortError(signal);
  }

  /** Why a request cannot be served; undefined where it can, or has begun. `isOver`: it is too late in any case. */
  #refusalOf(place: Place, isOver = false): CotalkerError | undefined {
    const { owner, refusal } = place;
    if (refusal !== undefined || (hasBegun(place) && !isOver)) return refusal;
    const work = workOf(place, this.#places.all);
    const waitMs = this.#capacity.msFor(work);
    // Who has nothing to wait for is not refused, even in the moment in which its deadline passes: that ends it.
    const leftMs = owner.deadline - (this.#rules.reserveMs?.(owner) ?? 0) - this.#rules.now();
    if (!isOver && waitMs <= Math.max(0, leftMs)) return undefined;
    return (place.refusal = this.#rules.tooLate(waitMs, owner, work.own, hasBegun(place)));
  }
}
