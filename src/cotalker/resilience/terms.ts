import type { CotalkerError } from '../errors.ts';
import type { Expected, ExpectedCalls, Run } from './expected-calls.ts';

/* What a line of calls, those who stand in it and those who keep it tell one another. Types alone. */

/** A GraphQL request as a line sees it. Both times are in milliseconds, as `performance.now()` counts. */
export interface LineOwner {
  /** When the request came. */
  readonly since: number;
  /** When its time is up. */
  readonly deadline: number;
  /** Whose request it is: one token has only so many in turn. Undefined where no caller waits for it. */
  readonly caller?: { readonly token: string } | undefined;
  /** Names its document, and its shape by its variables: its calls are expected by it. Undefined where there is none. */
  readonly document?: string | undefined;
  /** The least number of calls that its document takes by its shape; undefined where that is not known. */
  readonly leastCalls?: number | undefined;
  /** How many calls of its document other requests make for it. */
  shared?: number;
  /** How many writes it has begun to prepare. */
  writes?: number;
  /** Whether it has made fewer calls than it would have, as one whose caller left, or one of whose calls failed. */
  isCut?: boolean;
}

/** `now`: a caller waits for it. `later`: a retry or a live poll, which goes when nothing else waits. */
export type Urgency = 'now' | 'later';

/** Calls to make, of a request and of those that go before it. */
export interface Work {
  readonly calls: number;
  /** Milliseconds of the processor that these are likely to take. */
  readonly cpuMs: number;
  /** What the request alone is likely to take. */
  readonly own: Run;
  /** Whether the request is the only one there. */
  readonly isAlone: boolean;
}

/** A call that waits for its turn. */
export interface Waiting {
  readonly grant: () => void;
  readonly refuse: (error: CotalkerError) => void;
  /** Its request is over. */
  readonly leave: () => void;
  /** Waits on, for a turn that comes from elsewhere. */
  readonly waitFor: (
    take: (owner: LineOwner, signal: AbortSignal, urgency: Urgency) => Promise<() => void>,
  ) => void;
}

/** A request that has asked for a turn and is not over. */
export interface Place {
  readonly owner: LineOwner;
  /** By this it goes, smallest first: since when it is in turn; far in the future where it is not. */
  order: number;
  /** In the order of asking. */
  readonly waiting: Readonly<Record<Urgency, Set<Waiting>>>;
  active: number;
  /** How many turns it has had for calls that need no other turn. */
  granted: number;
  /** How many of these went ahead of any line, as a new token's first call does: the request may still be refused. */
  unpaced: number;
  /** When it had the first one. */
  begunAt: number;
  /** What `Places.share` was then. */
  begunShare: number;
  refusal: CotalkerError | undefined;
  readonly unseen: PlaceRules['unseen'];
  /** What its document takes, by all that is known at any time. */
  readonly expected: Expected;
  /** How many calls it takes: of its company alone, where these are told apart. */
  readonly expectedCalls: Pick<Expected, 'calls' | 'meanCalls'>;
}

/** The calls left of the requests that have begun, and not made all. */
export interface Begun {
  readonly calls: number;
  /** Of the one with the fewest; `Infinity` where there is none. */
  readonly fewest: number;
}

export interface PlaceRules {
  /** How many turns one owner may hold at once. */
  readonly perOwner: number;
  /**
   * Whether a request may begin that has `own` calls left. Where nothing is left of those that have begun, it may in any
   * case.
   *
   * @param isSmallest Whether this turn is for the smallest that may go.
   */
  readonly mayBegin: (own: number, begun: () => Begun, isSmallest: boolean) => boolean;
  /** What requests take by their documents. */
  readonly expected: Pick<ExpectedCalls, 'of'>;
  /** Whose requests these are, where each company's calls are told apart. */
  readonly company?: string;
  /** How many calls are expected of a request whose document has not run yet. */
  readonly unseen: (owner: LineOwner) => number;
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
  /** The process's processor time in milliseconds. Default: what runs take of it is not learnt. */
  readonly cpu?: () => number;
}

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
   * Somebody waits: calls `CallLine.serve` once there may be room without a turn that is given back.
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
