import { type CpuClock, REAL_CLOCK } from '../../clock.ts';
import { CotalkerError } from '../errors.ts';
import type { ExpectedCalls } from './expected-calls.ts';
import { CallLine } from './call-line.ts';
import type { Capacity, LineOwner } from './terms.ts';

/** How many upstream calls may be in flight at once. */
export interface SlotLimits {
  /** On behalf of one owner (a GraphQL request). */
  readonly perOwner: number;
  /** In the whole process. */
  readonly total: number;
  /** Whether answers wait for the processor: more calls at once would make none sooner. Default: they never do. */
  readonly isBehind?: (() => boolean) | undefined;
}

/** A request with at most this many calls left begins, however much is left of others. */
const SMALL = 4;
/** Others begin while no answer waits, and those that have begun have fewer calls left than this many a slot. */
const BEGUN_PER_SLOT = 5;
/** How much the last call counts for how long one takes. */
const NEWEST_PART = 1 / 16;
/** The share of the processor is measured over the last half to whole of this time. It is known after a quarter. */
const SEEN_MS = 1000;
/** How often those are judged again who wait for their first call while the processor is short. */
const REVIEW_MS = 100;

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

/** Which part of a processor the process gets while answers wait for it: the rest goes to others on the machine. */
class ProcessorShare {
  #ms = 0;
  #cpuMs = 0;
  #last = { now: 0, cpu: 0, isBehind: false };
  #behindAt = -Infinity;

  /**
   * To be called often, such as at the end of each call.
   *
   * @param cpuClock Only read while answers wait, since that is a system call.
   */
  sample(now: number, isBehind: boolean, cpuClock: CpuClock['cpu']): void {
    const cpu = isBehind || this.#last.isBehind ? cpuClock() : 0;
    if (this.#last.isBehind) {
      this.#ms += now - this.#last.now;
      this.#cpuMs += cpu - this.#last.cpu;
    }
    if (this.#ms > SEEN_MS) {
      this.#ms /= 2;
      this.#cpuMs /= 2;
    }
    if (now - this.#behindAt > SEEN_MS) this.#ms = this.#cpuMs = 0;
    if (isBehind) this.#behindAt = now;
    this.#last = { now, cpu, isBehind };
  }

  /** From 0 to 1; undefined where the processor is not short, or not for long enough to tell. */
  get part(): number | undefined {
    return this.#ms < SEEN_MS / 4 ? undefined : Math.min(1, this.#cpuMs / this.#ms);
  }
}

/**
 * The line for slots, each held for as long as a GET is under way. Who would come too late at the pace that is seen is
 * refused as `OVERLOADED`.
 *
 * @param expected Learns what each run took.
 */
export function createSlots(
  { perOwner, total, isBehind = () => false }: SlotLimits,
  expected: ExpectedCalls,
  clock: CpuClock = REAL_CLOCK,
): Slots {
  const capacity = createCapacity(total, isBehind, clock, () => line.narrow());
  const line: CallLine = new CallLine(capacity, {
    perOwner,
    mayBegin: (own, begun) =>
      own <= SMALL || (!isBehind() && begun().calls < total * BEGUN_PER_SLOT),
    expected,
    unseen: () => 0,
    tooLate: (waitMs) =>
      new CotalkerError('OVERLOADED', 'its turn would come too late', {
        retryAfter: Math.max(1, Math.ceil(waitMs / 1000)),
      }),
    // Who had no slot until then waited for calls that Cotalker had not answered.
    isTooLateAtDeadline: false,
    ...clock,
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
  readonly line: CallLine;
  /**
   * The request is over: the calls that were still expected of it do not come.
   *
   * @param hasWaited Whether it has waited for something else than slots: then its time says nothing of the next one.
   */
  leave(owner: LineOwner, hasWaited?: boolean): void;
}

function createCapacity(
  total: number,
  isBehind: () => boolean,
  { now, cpu }: CpuClock,
  review: () => void,
): Capacity {
  let free = total;
  let reviewedAt = -Infinity;
  const callTime = new CallTime();
  const share = new ProcessorShare();
  return {
    free: () => free,
    take: () => {
      const begun = now();
      free -= 1;
      return () => {
        free += 1;
        const end = now();
        callTime.note(end - begun);
        share.sample(end, isBehind(), cpu);
      };
    },
    // With nobody else there, it has all there is: whatever it took the last time.
    msFor: ({ calls, cpuMs, own, isAlone }) => {
      if (isAlone) return 0;
      const bySlots = (Math.max(0, calls - free) * callTime.ms) / total;
      const byProcessor = share.part === undefined ? 0 : cpuMs / share.part;
      return Math.max(bySlots, byProcessor, own.ms);
    },
    watch: () => {
      if (share.part === undefined || now() - reviewedAt < REVIEW_MS) return;
      reviewedAt = now();
      review();
    },
  };
}
