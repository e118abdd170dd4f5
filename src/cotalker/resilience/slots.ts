import { CotalkerError } from '../errors.ts';
import type { ExpectedCalls } from './expected-calls.ts';
import { type Capacity, Line, type LineOwner } from './line.ts';

/** How many upstream calls may be in flight at once. */
export interface SlotLimits {
  /** On behalf of one owner (a GraphQL request). */
  readonly perOwner: number;
  /** In the whole process. */
  readonly total: number;
  /** Whether answers wait for the processor: more calls at once would make none sooner. Default: they never do. */
  readonly isBehind?: (() => boolean) | undefined;
}

/** A request with so many calls left at the most begins whatever there is to finish. */
const SMALL = 4;
/** Others begin while those that have begun have fewer calls left than so many for each slot, and no answer waits. */
const BEGUN_PER_SLOT = 5;
/** How much the last call counts for how long one takes. */
const NEWEST_PART = 1 / 16;

/** How long a call takes, in milliseconds; 0 until one has ended. */
export class CallTime {
  #ms: number | undefined;

  get ms(): number {
    return this.#ms ?? 0;
  }

  /** A call has ended after so many milliseconds. */
  note(ms: number): void {
    this.#ms = this.#ms === undefined ? ms : this.#ms + (ms - this.#ms) * NEWEST_PART;
  }
}

/**
 * The line for slots, each held for as long as a GET is under way. Who would come too late at the pace that is seen is
 * refused as `OVERLOADED`.
 *
 * @param expected Learns what each run took.
 * @param now Milliseconds on a clock that never goes back.
 */
export function createSlots(
  { perOwner, total, isBehind = () => false }: SlotLimits,
  expected: ExpectedCalls,
  now: () => number = () => performance.now(),
): Slots {
  const line = new Line(createCapacity(total, now), {
    perOwner,
    mayBegin: (own, begun) => own <= SMALL || (!isBehind() && begun() < total * BEGUN_PER_SLOT),
    keepsOrder: false,
    expected,
    unseen: 0,
    tooLate: (waitMs) =>
      new CotalkerError('OVERLOADED', 'its turn would come too late', {
        retryAfter: Math.max(1, Math.ceil(waitMs / 1000)),
      }),
    // Who had no slot until then waited for calls that Cotalker had not answered.
    isTooLateAtDeadline: false,
    now,
  });
  return {
    line,
    leave: (owner, hasWaited = false) => {
      const run = line.leave(owner);
      if (run === undefined) return;
      const ms = hasWaited ? expected.of(owner.document).ms : run.ms;
      expected.note(owner.document, { ...run, ms });
    },
  };
}

export interface Slots {
  readonly line: Line;
  /**
   * The request is over: the calls that were still expected of it do not come.
   *
   * @param hasWaited Whether it has waited for something else than slots: then its time says nothing of the next one.
   */
  leave(owner: LineOwner, hasWaited?: boolean): void;
}

function createCapacity(total: number, now: () => number): Capacity {
  let free = total;
  const callTime = new CallTime();
  return {
    free: () => free,
    take: () => {
      const begun = now();
      free -= 1;
      return () => {
        free += 1;
        callTime.note(now() - begun);
      };
    },
    // With nobody else there, it has all there is: whatever it took the last time.
    msFor: ({ calls, own, isAlone }) =>
      isAlone ? 0 : Math.max((Math.max(0, calls - free) * callTime.ms) / total, own.ms),
    watch: () => undefined,
  };
}
