import type { CotalkerErrorCode } from '../cotalker/errors.ts';

/** Counts the feeds that cannot be read at the moment. Nothing else shows them, because the gateway keeps trying. */
export interface FailingFeeds {
  /** How many fail. */
  readonly size: number;
  /** The feed's poll has failed. */
  failed(feed: object, code: CotalkerErrorCode): void;
  /** The poll has succeeded, or the feed has ended. */
  ended(feed: object): void;
}

/** Called when feeds begin to fail, with this code, or when none fails any more. */
export type OnFailingFeeds = (code: CotalkerErrorCode | undefined) => void;

/** Reports each code once, however many feeds fail and however often, until none fails. */
export function createFailingFeeds(tell: OnFailingFeeds): FailingFeeds {
  const failing = new Set<object>();
  const reported = new Set<CotalkerErrorCode>();
  return {
    get size() {
      return failing.size;
    },
    failed: (feed, code) => {
      failing.add(feed);
      if (reported.has(code)) return;
      reported.add(code);
      tell(code);
    },
    ended: (feed) => {
      if (!failing.delete(feed) || failing.size > 0) return;
      reported.clear();
      tell(undefined);
    },
  };
}
