import type { Run } from './expected-calls.ts';
import type { Begun, LineOwner, Place, PlaceRules, Urgency, Waiting, Work } from './terms.ts';

/** One turn of this many goes to the request with the fewest calls left. */
export const FEWEST_EVERY = 4;

/** All calls of a request that wait. */
export const waitingOf = ({ waiting: { now, later } }: Place): Waiting[] => [...now, ...later];

/** Whether a request has had a turn by the line's capacity. */
export const hasBegun = ({ granted, unpaced }: Place): boolean => granted > unpaced;

/** How many calls of its document a request has made, or shares. */
const asked = ({ granted, owner: { shared = 0 } }: Place): number => granted + shared;

/** The requests in a line, and which of them is next; see `call-line.ts`. */
export class Places {
  readonly #rules: PlaceRules;
  /** By when they came. */
  #all: Place[] = [];
  readonly #byOwner = new Map<LineOwner, Place>();
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
      ...{ owner, waiting, active: 0, granted: 0, unpaced: 0 },
      ...{ begunAt: 0, begunShare: 0, refusal: undefined },
      expected: ofAll,
      expectedCalls: company === undefined ? ofAll : expected.of(owner.document, company),
    };
    const before = this.#all.findLastIndex(({ owner: { since } }) => since <= owner.since);
    this.#all.splice(before + 1, 0, place);
    this.#byOwner.set(owner, place);
    return place;
  }

  begin(place: Place): void {
    place.begunAt = this.#rules.now();
    place.begunShare = this.#passShare();
  }

  /** @returns What it took, with the calls that others made for it. */
  end(place: Place): Run {
    this.forget(place);
    const ms = this.#rules.now() - place.begunAt;
    return { calls: asked(place), ms, cpuMs: this.#share - place.begunShare };
  }

  forget(place: Place): void {
    this.#passShare();
    this.#byOwner.delete(place.owner);
    this.#all = this.#all.filter((other) => other !== place);
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

  /** What waits, or more where its document is known to make more. */
  #callsLeft(place: Place, by: 'calls' | 'meanCalls' = 'calls'): number {
    const { owner, waiting, refusal, expectedCalls } = place;
    if (refusal !== undefined) return 0;
    const calls = expectedCalls[by] || this.#rules.unseen(owner);
    return Math.max(waiting.now.size, Math.round(calls) - asked(place));
  }

  /** The calls that are left of all requests, and the retries and live polls that wait. */
  get demand(): Readonly<Record<Urgency, number>> {
    const later = this.#all.reduce((sum, { waiting }) => sum + waiting.later.size, 0);
    return { now: this.#all.reduce((sum, place) => sum + this.#callsLeft(place), 0), later };
  }

  /** The calls that are left of the requests that have begun, and of the one with the fewest. */
  #begun(): Begun {
    const left = this.#all
      .filter(hasBegun)
      .map((place) => this.#callsLeft(place))
      .filter((calls) => calls > 0);
    return { calls: left.reduce((sum, calls) => sum + calls, 0), fewest: Math.min(...left) };
  }

  #mayBegin(place: Place, begun: () => Begun, isSmallest = false): boolean {
    if (hasBegun(place)) return true;
    const calls = this.#callsLeft(place);
    return this.#rules.mayBegin(calls, begun, isSmallest) || begun().calls === 0;
  }

  /** Whether it may have a turn ahead of those that wait, where there is room. */
  mayGo(place: Place): boolean {
    if (place.active >= this.#rules.perOwner) return false;
    return this.#mayBegin(place, () => this.#begun());
  }

  /**
   * Who is next, of those with a call of this urgency in the line.
   *
   * @param turn The number of the turn that there is to give.
   */
  nextOf(urgency: Urgency, turn: number): Place | undefined {
    let known: Begun | undefined;
    const begun = (): Begun => (known ??= this.#begun());
    const isSmallest = turn % FEWEST_EVERY === 0;
    let found: Place | undefined;
    // They are by age.
    for (const place of this.#all) {
      if (place.waiting[urgency].size === 0 || place.active >= this.#rules.perOwner) continue;
      if (!this.#mayBegin(place, begun, isSmallest)) continue;
      if (!isSmallest) return place;
      if (found === undefined || this.#callsLeft(place) < this.#callsLeft(found)) found = place;
    }
    return found;
  }

  /**
   * The calls to be made until all of a request's are. By age they come after those of older requests. By size they
   * come after those of smaller ones, which get every fourth turn. The sooner of the two counts.
   */
  workOf(asking: Place): Work {
    let isAlone = true;
    const calls = Math.max(1, this.#callsLeft(asking));
    const { ms, cpuMs } = asking.expected;
    const own = { calls, ms, cpuMs };
    const [byAge, bySize] = [{ ...own }, { ...own }];
    // It runs once for each that waits, so it makes nothing anew.
    for (const place of this.#all) {
      if (place === asking) continue;
      if (isAlone) isAlone = this.#callsLeft(place) <= 0;
      // Of many requests some take fewer calls than most do, so the sum goes by the mean.
      const left = this.#callsLeft(place, 'meanCalls');
      const { meanCalls } = place.expectedCalls;
      const leftMs = meanCalls > 0 ? (left / meanCalls) * place.expected.cpuMs : 0;
      if (place.owner.since <= asking.owner.since) {
        byAge.calls += left;
        byAge.cpuMs += leftMs;
      }
      if (left <= calls) {
        bySize.calls += left;
        bySize.cpuMs += leftMs;
      }
    }
    return {
      calls: Math.min(byAge.calls, bySize.calls * FEWEST_EVERY),
      cpuMs: Math.min(byAge.cpuMs, bySize.cpuMs * FEWEST_EVERY),
      own,
      isAlone,
    };
  }
}
