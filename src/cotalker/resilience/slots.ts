import { abortError } from '../abort.ts';
import { CotalkerError } from '../errors.ts';

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
}

/** `now`: a caller waits for it. `later`: a retry or a live poll, which goes when nothing else waits. */
export type Urgency = 'now' | 'later';

export interface Slots {
  /**
   * Resolves when the owner may make a call. Three of four slots go to the request that began first, so that what
   * has begun is finished; the fourth goes to the request with the fewest calls so far, so that a small one does
   * not wait behind hundreds of calls. Retries and live polls go when no other call waits.
   *
   * @throws CotalkerError when the signal fires first; `OVERLOADED` at once, at the request's first call, where
   *   its turn would come after its deadline at the pace that is seen.
   */
  take(owner: SlotOwner, signal: AbortSignal, urgency?: Urgency): Promise<Release>;
}

interface Waiting {
  readonly grant: () => void;
}

/** What is known of a request that has a call in flight or in the line. */
interface Place {
  readonly owner: SlotOwner;
  /** In the order of asking. */
  readonly waiting: Record<Urgency, Set<Waiting>>;
  active: number;
}

/** What becomes of a request, however long it lasts. */
interface Dealings {
  /** How many slots it has had. */
  granted: number;
  refusal: CotalkerError | undefined;
}

/** Every so many slots one goes to the request with the fewest calls. */
const FEWEST_EVERY = 4;
/** How much the last call counts for how long one takes. */
const NEWEST_PART = 1 / 16;

/** @param now Milliseconds on a clock that never goes back. */
export function createSlots(
  { perOwner, total }: SlotLimits,
  now: () => number = () => performance.now(),
): Slots {
  /** By when they began. */
  const places: Place[] = [];
  const records = new WeakMap<SlotOwner, Dealings>();
  let free = total;
  let grants = 0;
  /** How long a call takes, in milliseconds; undefined until one has ended. */
  let callMs: number | undefined;

  const recordOf = (owner: SlotOwner): Dealings => {
    const known = records.get(owner) ?? { granted: 0, refusal: undefined };
    records.set(owner, known);
    return known;
  };
  const placeOf = (owner: SlotOwner): Place => {
    const known = places.find((place) => place.owner === owner);
    if (known !== undefined) return known;
    const place: Place = { owner, waiting: { now: new Set(), later: new Set() }, active: 0 };
    const before = places.findLastIndex(({ owner: { since } }) => since <= owner.since);
    places.splice(before + 1, 0, place);
    return place;
  };
  const leaveIfDone = (place: Place): void => {
    const { waiting, active } = place;
    if (active + waiting.now.size + waiting.later.size > 0) return;
    const at = places.indexOf(place);
    if (at >= 0) places.splice(at, 1);
  };

  const occupy = (place: Place): Release => {
    const begun = now();
    free -= 1;
    place.active += 1;
    recordOf(place.owner).granted += 1;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      free += 1;
      place.active -= 1;
      const ms = now() - begun;
      callMs = callMs === undefined ? ms : callMs + (ms - callMs) * NEWEST_PART;
      leaveIfDone(place);
      grantNext();
    };
  };

  /** Who is next, of those with a call of this urgency in the line; `places` is by age already. */
  const nextOf = (urgency: Urgency): Place | undefined => {
    const mayGo = (place: Place): boolean =>
      place.waiting[urgency].size > 0 && place.active < perOwner;
    if ((grants + 1) % FEWEST_EVERY !== 0) return places.find(mayGo);
    let fewest: Place | undefined;
    for (const place of places) {
      if (!mayGo(place)) continue;
      if (fewest === undefined || grantedTo(place) < grantedTo(fewest)) fewest = place;
    }
    return fewest;
  };
  const grantedTo = ({ owner }: Place): number => recordOf(owner).granted;
  const grantNext = (): void => {
    while (free > 0) {
      const urgency = nextOf('now') === undefined ? 'later' : 'now';
      const place = nextOf(urgency);
      const [next] = place?.waiting[urgency] ?? [];
      if (place === undefined || next === undefined) return;
      grants += 1;
      place.waiting[urgency].delete(next);
      next.grant();
    }
  };

  /**
   * How long a request that makes its first call waits for its slot at the least, in milliseconds: behind what waits
   * of older requests, or for its turn among those that have not had any.
   */
  const waitOf = ({ since }: SlotOwner): number => {
    let older = 0;
    let fresh = 0;
    for (const place of places) {
      if (place.owner.since <= since) older += place.waiting.now.size;
      if (place.waiting.now.size > 0 && grantedTo(place) === 0) fresh += 1;
    }
    return (Math.min(older, fresh * FEWEST_EVERY) * (callMs ?? 0)) / total;
  };
  /** Why the request cannot be served; undefined where it can, as far as is known. Decided at its first call. */
  const refusalOf = (owner: SlotOwner): CotalkerError | undefined => {
    const known = records.get(owner);
    if (known !== undefined || free > 0) return known?.refusal;
    const record = recordOf(owner);
    const waitMs = waitOf(owner);
    if (waitMs <= owner.deadline - now()) return undefined;
    record.refusal = new CotalkerError('OVERLOADED', 'its turn would come too late', {
      retryAfter: Math.max(1, Math.ceil(waitMs / 1000)),
    });
    return record.refusal;
  };

  return {
    take: (owner, signal, urgency = 'now') => {
      if (signal.aborted) return Promise.reject(abortError(signal));
      const refusal = urgency === 'now' ? refusalOf(owner) : undefined;
      if (refusal !== undefined) return Promise.reject(refusal);
      const place = placeOf(owner);
      if (free > 0 && place.active < perOwner) return Promise.resolve(occupy(place));
      return new Promise((resolve, reject) => {
        const line = place.waiting[urgency];
        const giveUp = (): void => {
          line.delete(waiting);
          leaveIfDone(place);
          reject(abortError(signal));
        };
        const waiting: Waiting = {
          grant: () => {
            signal.removeEventListener('abort', giveUp);
            resolve(occupy(place));
          },
        };
        signal.addEventListener('abort', giveUp, { once: true });
        line.add(waiting);
      });
    },
  };
}
