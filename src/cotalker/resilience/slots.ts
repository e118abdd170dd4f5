import { abortError } from '../abort.ts';
import { CotalkerError } from '../errors.ts';
import { createExpectedCalls } from './expected-calls.ts';

/** How many upstream calls may be in flight at once. */
export interface SlotLimits {
  /** On behalf of one owner (a GraphQL request). */
  readonly perOwner: number;
  /** In the whole process. */
  readonly total: number;
}

/** Gives the slot back; more than once does no harm. */
export type Release = () => void;

/** A GraphQL request as the line for slots sees it. Both times are in milliseconds, as `performance.now()` counts. */
export interface SlotOwner {
  /** When the request began. */
  readonly since: number;
  /** When its time is up. */
  readonly deadline: number;
  /** The hash of its document, by which its calls are expected; undefined where there is none. */
  readonly document?: string | undefined;
}

/** `now`: a caller waits for it. `later`: a retry or a live poll, which goes when nothing else waits. */
export type Urgency = 'now' | 'later';

export interface Slots {
  /**
   * Resolves when the owner may make a call. What calls a request has left is known by earlier runs of its
   * document, or by what it has asked for so far. Three of four slots go to the request that began first, so that
   * what has begun is finished. The fourth goes to the request with the fewest calls left, so that a small one does
   * not wait behind hundreds of calls. A large one begins only while few calls are left of those that have begun.
   * Retries and live polls go when no other call waits.
   *
   * @throws CotalkerError when the signal fires first. `OVERLOADED` before the request's first call, if its calls,
   *   after those of older requests, would end after its deadline at the current pace.
   */
  take(owner: SlotOwner, signal: AbortSignal, urgency?: Urgency): Promise<Release>;
  /** The request is over: the calls that were still expected of it do not come. */
  leave(owner: SlotOwner): void;
}

interface Waiting {
  readonly grant: () => void;
  readonly refuse: (error: CotalkerError) => void;
}

/** A request that has asked for a slot and is not over. */
interface Place {
  readonly owner: SlotOwner;
  /** In the order of asking. */
  readonly waiting: Record<Urgency, Set<Waiting>>;
  active: number;
  /** How many slots it has had. */
  granted: number;
  /** When it had the first one. */
  begunAt: number;
  refusal: CotalkerError | undefined;
}

/** Every so many slots one goes to the request with the fewest calls left. */
const FEWEST_EVERY = 4;
/** A request with so many calls left at the most begins whatever there is to finish. */
const SMALL = 4;
/** Others begin while those that have begun have fewer calls left than so many for each slot. */
const BEGUN_PER_SLOT = 5;
/** How much the last call counts for how long one takes. */
const NEWEST_PART = 1 / 16;

/** @param now Milliseconds on a clock that never goes back. */
export function createSlots(
  { perOwner, total }: SlotLimits,
  now: () => number = () => performance.now(),
): Slots {
  /** By when they began. */
  let places: Place[] = [];
  const placeByOwner = new Map<SlotOwner, Place>();
  const expected = createExpectedCalls();
  let free = total;
  let grants = 0;
  /** How long a call takes, in milliseconds; undefined until one has ended. */
  let callMs: number | undefined;

  const placeOf = (owner: SlotOwner): Place => {
    const known = placeByOwner.get(owner);
    if (known !== undefined) return known;
    forgetOverdue();
    const waiting = { now: new Set<Waiting>(), later: new Set<Waiting>() };
    const place: Place = { owner, waiting, active: 0, granted: 0, begunAt: 0, refusal: undefined };
    const before = places.findLastIndex(({ owner: { since } }) => since <= owner.since);
    places.splice(before + 1, 0, place);
    placeByOwner.set(owner, place);
    return place;
  };
  const forget = (place: Place): void => {
    placeByOwner.delete(place.owner);
    places = places.filter((other) => other !== place);
  };
  /** Those whose time is up, and that nobody has said to be over. */
  const forgetOverdue = (): void => {
    const isOverdue = ({ owner, active, waiting }: Place): boolean =>
      owner.deadline < now() && active + waiting.now.size + waiting.later.size === 0;
    for (const place of places.filter(isOverdue)) forget(place);
  };
  /** What waits, or more where its document is known to make more. */
  const callsLeft = ({ owner, waiting, granted, refusal }: Place): number =>
    refusal === undefined
      ? Math.max(waiting.now.size, Math.ceil(expected.of(owner.document).calls) - granted)
      : 0;

  const occupy = (place: Place): Release => {
    const begun = now();
    free -= 1;
    place.active += 1;
    if (place.granted === 0) place.begunAt = begun;
    place.granted += 1;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      free += 1;
      place.active -= 1;
      const ms = now() - begun;
      callMs = callMs === undefined ? ms : callMs + (ms - callMs) * NEWEST_PART;
      grantNext();
    };
  };

  /** Whether few calls are left of the requests that have begun, so that a large one may begin. */
  const isRoom = (): boolean => {
    const begun = places.filter(({ granted }) => granted > 0);
    return begun.reduce((sum, place) => sum + callsLeft(place), 0) < total * BEGUN_PER_SLOT;
  };
  const isBegunOrSmall = (place: Place): boolean => place.granted > 0 || callsLeft(place) <= SMALL;
  /** Who is next, of those with a call of this urgency in the line; `places` is by age already. */
  const nextOf = (urgency: Urgency): Place | undefined => {
    const mayLargeBegin = isRoom();
    const mayGo = (place: Place): boolean =>
      place.waiting[urgency].size > 0 &&
      place.active < perOwner &&
      (mayLargeBegin || isBegunOrSmall(place));
    if ((grants + 1) % FEWEST_EVERY !== 0) return places.find(mayGo);
    return places
      .filter(mayGo)
      .reduce<Place | undefined>(
        (fewest, place) =>
          fewest === undefined || callsLeft(place) < callsLeft(fewest) ? place : fewest,
        undefined,
      );
  };
  const grantNext = (): void => {
    while (free > 0) {
      const soon = nextOf('now');
      const place = soon ?? nextOf('later');
      if (place === undefined) return;
      const line = place.waiting[soon === undefined ? 'later' : 'now'];
      const refusal = soon === undefined ? undefined : refusalOf(place);
      if (refusal !== undefined) {
        for (const next of line) next.refuse(refusal);
        continue;
      }
      const [next] = line;
      grants += 1;
      next?.grant();
    }
  };

  /**
   * The time until all calls of a request are made, in milliseconds. By age, they come after those of older
   * requests. By size, they come after those of smaller requests, with only every fourth slot. The sooner of both
   * counts.
   */
  const waitOf = (asking: Place): number => {
    const own = Math.max(1, callsLeft(asking));
    let byAge = own;
    let bySize = own;
    for (const place of places) {
      if (place === asking) continue;
      const left = callsLeft(place);
      if (place.owner.since <= asking.owner.since) byAge += left;
      if (left <= own) bySize += left;
    }
    const calls = Math.min(byAge, bySize * FEWEST_EVERY);
    return (Math.max(0, calls - free) * (callMs ?? 0)) / total;
  };
  /** Why a request cannot be served; undefined where it can, or has begun. */
  const refusalOf = (place: Place): CotalkerError | undefined => {
    if (place.granted > 0 || place.refusal !== undefined) return place.refusal;
    // With nobody else there, it has all there is: whatever it took the last time.
    if (!places.some((other) => other !== place && callsLeft(other) > 0)) return undefined;
    const { deadline, document } = place.owner;
    const waitMs = Math.max(waitOf(place), expected.of(document).ms);
    if (waitMs <= deadline - now()) return undefined;
    place.refusal = new CotalkerError('OVERLOADED', 'its turn would come too late', {
      retryAfter: Math.max(1, Math.ceil(waitMs / 1000)),
    });
    return place.refusal;
  };

  return {
    leave: (owner) => {
      const place = placeByOwner.get(owner);
      if (place === undefined) return;
      forget(place);
      // One that was cut has made fewer calls than it would have.
      if (place.granted > 0 && now() < owner.deadline) {
        const ms = now() - place.begunAt;
        expected.note(owner.document, { calls: place.granted, ms });
      }
      grantNext();
    },
    take: (owner, signal, urgency = 'now') => {
      if (signal.aborted) return Promise.reject(abortError(signal));
      const place = placeOf(owner);
      const refusal = urgency === 'now' ? refusalOf(place) : undefined;
      if (refusal !== undefined) return Promise.reject(refusal);
      if (free > 0 && place.active < perOwner && (isBegunOrSmall(place) || isRoom()))
        return Promise.resolve(occupy(place));
      return new Promise((resolve, reject) => {
        const line = place.waiting[urgency];
        const settle = (): void => {
          line.delete(waiting);
          signal.removeEventListener('abort', giveUp);
        };
        const giveUp = (): void => {
          settle();
          reject(abortError(signal));
        };
        const waiting: Waiting = {
          grant: () => {
            settle();
            resolve(occupy(place));
          },
          refuse: (error) => {
            settle();
            reject(error);
          },
        };
        line.add(waiting);
        signal.addEventListener('abort', giveUp, { once: true });
      });
    },
  };
}
