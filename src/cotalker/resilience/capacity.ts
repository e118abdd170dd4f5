import type { CotalkerError } from '../errors.ts';
import type { Run } from './expected-calls.ts';
import type { LineOwner, PlaceRules, Urgency, Work } from './place.ts';

/**
 * Gives a turn back; more than once does no harm.
 *
 * @param isAgain Whether the call will be made again, at another turn: then this one was for nothing.
 */
export type Release = (isAgain?: boolean) => void;

/** What those in a line wait for: slots, or a company's quota. */
export interface Capacity {
  /** How many calls of this urgency may go now. */
  free(urgency: Urgency): number;
  /** A call goes. */
  take(urgency: Urgency): Release;
  /** Milliseconds until all of these calls are made. */
  msFor(work: Work): number;
  /**
   * Somebody waits: calls {@link Line.serve} once there may be room without a turn that is given back.
   *
   * @param owner Who begins to wait; undefined where others wait on.
   */
  watch(owner?: LineOwner): void;
}

export interface LineRules extends PlaceRules {
  /** Why a request is refused whose calls would all be made only after so many milliseconds. */
  readonly tooLate: (
    waitMs: number,
    owner: LineOwner,
    own: Run,
    hasBegun: boolean,
  ) => CotalkerError;
  /** Milliseconds before its deadline by which a request has to have all its turns. Default: 0. */
  readonly reserveMs?: (owner: LineOwner) => number;
  /** Whether `tooLate` also tells who waits for a turn until the deadline. Else: `UPSTREAM_TIMEOUT`. */
  readonly isTooLateAtDeadline: boolean;
}
