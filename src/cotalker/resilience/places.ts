import type { Run } from './expected-calls.ts';
import type { Begun, LineOwner, Place, PlaceRules, Urgency, Waiting } from './terms.ts';
import { asked, begunOf, callsLeft, FEWEST_EVERY, hasBegun } from './work.ts';

/**
 * A request is not in turn while older ones of its token have so many calls left: others do not wait for all of them. It
 * is half of what Cotalker documents for 5 s, and what a few screens take that open at once.
 */
const CALLS_IN_TURN = 25;
/** The order of those that are not in turn: after all that are, by age. */
const BEHIND = 1e15;

/** All calls of a request that wait. */
export const waitingOf = ({ waiting: { now, later } }: Place): Waiting[] => [...now, ...later];

/** The requests in a line, and which of them is next; see `call-line.ts`. */
export class Places {
  readonly #rules: PlaceRules;
  /** By their order. */
  #all: Place[] = [];
  /** No `Map`: V8 would keep the requests of its former tables for a while. */
  readonly #byOwner = new WeakMap<LineOwner, Place>();
  #share = 0;
  #cpuAt = 0;

  constructor(rules: PlaceRules) {
    this.#rules = rules;
  }

  get all(): readonly Place[] {
    return this.#all;
  }

  of(owner: LineOwner): Place | undefined {
    return this.#byOwner.get(owner);
  }

  enter(owner: LineOwner): Place {
    const known = this.#byOwner.get(owner);
    if (known !== undefined) return known;
    this.#forgetOverdue();
    const waiting = { now: new Set<Waiting>(), later: new Set<Waiting>() };
    const { expected, company } = this.#rules;
    const ofAll = expected.of(owner.document);
    const place: Place = {
      ...{ owner, order: owner.since, waiting, active: 0, granted: 0, unpaced: 0 },
      ...{ begunAt: 0, begunShare: 0, refusal: undefined },
      unseen: this.#rules.unseen,
      expected: ofAll,
      expectedCalls: company === undefined ? ofAll : expected.of(owner.document, company),
    };
    this.#byOwner.set(owner, place);
    const isAlone = this.#ofSame(owner).length === 0;
    if (!isAlone) place.order += BEHIND;
    this.#put(place);
    if (!isAlone) this.#letIn(owner, place);
    return place;
  }

  #put(place: Place): void {
    const before = this.#all.findLastIndex(({ order }) => order <= place.order);
    this.#all.splice(before + 1, 0, place);
  }

  #ofSame({ caller }: LineOwner): readonly Place[] {
    if (caller === undefined) return [];
    return this.#all.filter(({ owner }) => owner.caller?.token === caller.token);
  }

  /** Puts those of a token in turn, as long as not too many calls are left of older ones. Who had to wait for that comes after all that are. */
  #letIn(owner: LineOwner, entering?: Place): void {
    let ahead = 0;
    for (const place of this.#ofSame(owner)) {
      if (ahead >= CALLS_IN_TURN) return;
      const order = place === entering ? place.owner.since : this.#rules.now();
      if (place.order >= BEHIND) this.#putInTurn(place, order);
      ahead += callsLeft(place);
    }
  }

  #putInTurn(place: Place, order: number): void {
    this.#all.splice(this.#all.indexOf(place), 1);
    place.order = order;
    this.#put(place);
  }

  /** A call of the request goes. */
  grant(place: Place): void {
    // What has begun is finished first.
    if (place.order >= BEHIND) this.#putInTurn(place, place.owner.since);
    if (place.granted === 0) {
      place.begunAt = this.#rules.now();
      place.begunShare = this.#passShare();
    }
    place.granted += 1;
  }

  /** @returns What it took, with the calls that others made for it. */
  end(place: Place): Run {
    this.forget(place);
    const ms = this.#rules.now() - place.begunAt;
    const cpuMs = this.#share - place.begunShare;
    return { calls: asked(place), ms, cpuMs, isCut: place.owner.isCut };
  }

  forget(place: Place): void {
    this.#passShare();
    this.#byOwner.delete(place.owner);
    this.#all = this.#all.filter((other) => other !== place);
    this.#letIn(place.owner);
  }

  /**
   * The processor time that each request that has begun was given since the start, in milliseconds: all have equal
   * shares. To be called before one begins or ends.
   */
  #passShare(): number {
    const { cpu = () => 0 } = this.#rules;
    const usedMs = cpu() - this.#cpuAt;
    this.#cpuAt += usedMs;
    const begun = this.#all.filter(({ granted }) => granted > 0).length;
    return (this.#share += usedMs / Math.max(1, begun));
  }

  /** Those whose time is up, and that nobody has said to be over. */
  #forgetOverdue(): void {
    const now = this.#rules.now();
    const isOverdue = ({ owner, active, waiting }: Place): boolean =>
      owner.deadline < now && active + waiting.now.size + waiting.later.size === 0;
    for (const place of this.#all.filter(isOverdue)) this.forget(place);
  }

  /** The calls that are left of all requests, and the retries and live polls that wait. */
  get demand(): Readonly<Record<Urgency, number>> {
    const later = this.#all.reduce((sum, { waiting }) => sum + waiting.later.size, 0);
    return { now: this.#all.reduce((sum, place) => sum + callsLeft(place), 0), later };
  }

  #mayBegin(place: Place, begun: () => Begun, isSmallest = false): boolean {
    if (hasBegun(place)) return true;
    const calls = callsLeft(place);
    return this.#rules.mayBegin(calls, begun, isSmallest) || begun().calls === 0;
  }

  /** Whether it may have a turn ahead of those that wait, where there is room. */
  mayGo(place: Place): boolean {
    if (place.active >= this.#rules.perOwner) return false;
    return this.#mayBegin(place, () => begunOf(this.#all));
  }

  /**
   * Who is next, of those with a call of this urgency in the line.
   *
   * @param turn The number of the turn that there is to give.
   */
  nextOf(urgency: Urgency, turn: number): Place | undefined {
    let known: Begun | undefined;
    const begun = (): Begun => (known ??= begunOf(this.#all));
    const isSmallest = turn % FEWEST_EVERY === 0;
    let found: Place | undefined;
    for (const place of this.#all) {
      if (place.waiting[urgency].size === 0 || place.active >= this.#rules.perOwner) continue;
      if (!this.#mayBegin(place, begun, isSmallest)) continue;
      if (!isSmallest) return place;
      if (found === undefined || callsLeft(place) < callsLeft(found)) found = place;
    }
    return found;
  }
}
