import type { CotalkerErrorCode } from '../cotalker/errors.ts';

/** Told of feeds that cannot be read at the moment: by them nothing else shows, since they are tried on. */
export interface FailingFeeds {
  /** How many fail. */
  readonly size: number;
  /** The feed's poll has failed. */
  failed(feed: object, code: CotalkerErrorCode): void;
  /** It has not, or there is no next one. */
  ended(feed: object): void;
}

/** Feeds begin to fail, with this code; or none does any more. */
export type OnFailingFeeds = (code: CotalkerErrorCode | undefined) => void;

/**
 * Tells once for each code, however many feeds there are and however often they fail, until none fails.
 */
export function createFailingFeeds(tell: OnFailingFeeds): FailingFeeds {
  const failing = new Set<object>();
  const told = new Set<CotalkerErrorCode>();
  return {
    get size() {
      return failing.size;
    },
    failed: (feed, code) => {
      failing.add(feed);
      if (told.has(code)) return;
      told.add(code);
      tell(code);
    },
    ended: (feed) => {
      if (!failing.delete(feed) || failing.size > 0) return;
      told.clear();
      tell(undefined);
    },
  };
}
