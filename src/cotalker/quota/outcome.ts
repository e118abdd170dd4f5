import type { RateLimit } from '../exchange.ts';

/** What has come of a call that went out. */
export interface Outcome {
  readonly sentAt: number;
  /** What Cotalker asks to wait for, in milliseconds, where it has answered 429. */
  readonly pauseMs: number | undefined;
  readonly rateLimit: RateLimit | undefined;
}
