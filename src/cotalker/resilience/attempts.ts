import { type Breaker, BREAKER_DEFAULTS, type BreakerOptions, createBreaker } from './breaker.ts';
import type { Answer, Exchange } from '../call.ts';
import { createRetryBudget } from './retry-budget.ts';
import { createRetry, RETRY_DEFAULTS, type RetryOptions, type TimeLimit } from './retry.ts';
import type { Release } from './slots.ts';

/** How the gateway bears an upstream that fails; what is left out has its default. */
export interface Resilience {
  readonly retry?: Partial<RetryOptions>;
  readonly breaker?: Partial<BreakerOptions>;
}

/** A GET to send, and what it takes. */
export interface Sending {
  readonly path: string;
  /** See `Exchange`. */
  readonly identity: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly limit: TimeLimit;
  /** The slot for the first attempt; given back when that has ended. */
  readonly firstTurn: Release;
  /** Waits for the slot of a further attempt. */
  readonly turn: (signal: AbortSignal) => Promise<Release>;
  /** Called whenever the GET goes out. */
  readonly onAttempt: () => void;
}

/** Brings calls to one upstream, on behalf of all callers of the process. */
export interface Sender {
  /**
   * Resolves to the answer of one of the attempts (`retry.ts`). No slot is held between them, and none
   * is made while the breaker is open (`breaker.ts`).
   */
  send(sending: Sending): Promise<Answer>;
  /** Whether calls are refused at the moment, since too many have failed. */
  isOpen: Breaker['isOpen'];
}

export function createSender(exchange: Exchange, { retry, breaker }: Resilience): Sender {
  const { isOpen, run } = createBreaker({ ...BREAKER_DEFAULTS, ...breaker });
  const keepTrying = createRetry(createRetryBudget(), isOpen, { ...RETRY_DEFAULTS, ...retry });
  return {
    isOpen,
    send: ({ path, identity, headers, limit, firstTurn, turn, onAttempt }) => {
      const { signal } = limit;
      let next: Release | undefined = firstTurn;
      return keepTrying(async () => {
        const release = next ?? (await turn(signal));
        next = undefined;
        try {
          return await run(signal, () => {
            onAttempt();
            return exchange(path, headers, signal, identity);
          });
        } finally {
          release();
        }
      }, limit);
    },
  };
}
