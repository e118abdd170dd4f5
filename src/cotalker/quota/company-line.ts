import { CotalkerError } from '../errors.ts';
import type { ExpectedCalls } from '../resilience/expected-calls.ts';
import { type Capacity, Line } from '../resilience/line.ts';
import type { Forecast } from './forecast.ts';
import type { Quota } from './pace.ts';
import type { QuotaObserver } from './quota-observer.ts';
import type { Share } from './share.ts';

export interface CompanyLineOptions {
  readonly quota: Quota;
  /** What requests take by their documents. */
  readonly expected: Pick<ExpectedCalls, 'of'>;
  readonly observer: QuotaObserver;
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
}

/** What a document is taken for that has not run yet. */
const UNSEEN = 4;
/** A request that needs more of a window than this does not wait until all of it is there. */
const LARGE_PART = 0.25;

/**
 * The line of calls that wait for a company's quota.
 *
 * @param isBound Whether its calls wait for the answers to others, and not for the quota.
 */
export const createCompanyLine = (
  capacity: Capacity,
  share: Pick<Share, 'limit'>,
  forecast: Forecast,
  isBound: boolean,
  { expected, observer, now }: CompanyLineOptions,
): Line =>
  new Line(capacity, {
    perOwner: Infinity,
    // Once the calls it needs can go with those that others have left: what has begun waits for no other window.
    mayBegin: (own, begun) =>
      begun() + Math.min(own, share.limit * LARGE_PART) <= capacity.free('now'),
    keepsOrder: true,
    expected,
    unseen: UNSEEN,
    tooLate: (waitMs, owner, own) => {
      observer.refused('too_late');
      const retryAfter = forecast.comeAgain(waitMs, owner, own, now());
      return new CotalkerError('RATE_LIMITED', 'its turn would come too late', { retryAfter });
    },
    isTooLateAtDeadline: !isBound,
    now,
  });
