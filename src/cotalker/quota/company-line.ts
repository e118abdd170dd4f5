import { CotalkerError } from '../errors.ts';
import type { ExpectedCalls } from '../resilience/expected-calls.ts';
import { CallLine } from '../resilience/call-line.ts';
import type { Capacity } from '../resilience/terms.ts';
import { leastMs } from '../resilience/write.ts';
import type { Forecast } from './forecast.ts';
import type { Quota } from './pace.ts';
import type { QuotaObserver } from './quota-observer.ts';

export interface CompanyLineOptions {
  /** The company, or the token, whose quota it is. */
  readonly company: string;
  readonly quota: Quota;
  /** What requests take by their documents. */
  readonly expected: Pick<ExpectedCalls, 'of'>;
  readonly observer: QuotaObserver;
  /** Whether it is of writes alone: what else a request calls for takes no room of it. Default: no. */
  readonly isOfWrites?: boolean;
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
}

/**
 * The line of calls that wait for a company's quota.
 *
 * @param isBound Whether its calls wait for the answers to others, and not for the quota.
 */
export const createCompanyLine = (
  capacity: Capacity,
  forecast: Forecast,
  isBound: boolean,
  { company, expected, observer, isOfWrites = false, now }: CompanyLineOptions,
): CallLine =>
  new CallLine(capacity, {
    perOwner: Infinity,
    // Once its calls can go with those that others have left: what has begun waits for no other window. Each fourth turn
    // is for one that is smaller than what has begun, so that it does not wait for all of a large one.
    mayBegin: (own, begun, isSmallest) =>
      begun().calls + own <= capacity.free('now') || (isSmallest && own < begun().fewest),
    expected,
    company,
    unseen: ({ leastCalls = 0, writes = 0 }) => (isOfWrites ? writes : leastCalls),
    ...(isOfWrites && { reserveMs: leastMs }),
    tooLate: (waitMs, owner, own, hasBegun) => {
      const most = forecast.mostFor(owner, own);
      if (own.calls > most && !hasBegun) {
        observer.refused('too_large');
        return new CotalkerError(
          'UPSTREAM_BUDGET_EXCEEDED',
          'it needs more calls than the quota has',
          { calls: { needed: own.calls, allowed: most } },
        );
      }
      const retryAfter = forecast.comeAgain(waitMs, owner, own, hasBegun, now());
      if (!hasBegun) observer.refused('too_late');
      // It is Cotalker that refuses: by its status, an answer that holds a part is told from one that holds nothing.
      const status = hasBegun ? 429 : undefined;
      return new CotalkerError('RATE_LIMITED', 'its turn would come too late', {
        retryAfter,
        status,
      });
    },
    isTooLateAtDeadline: !isBound,
    now,
  });
