import { setTimeout as sleep } from 'node:timers/promises';
import { abortError, CotalkerError } from '../errors.ts';
import type { Answer, CallContext, Exchange, Interceptor, RequestContext } from '../exchange.ts';
import { leastMs } from './write.ts';

export interface RetryOptions {
  /** How often a call is made at the most, the first time included. */
  readonly attempts: number;
  /** The longest wait before the first retry in milliseconds; it doubles with each retry, up to `capMs`. */
  readonly baseMs: number;
  readonly capMs: number;
  /** From 0 (included) to 1 (excluded). */
  readonly random: () => number;
  /**
   * Whether a quota below paces the calls: then a call that was answered 429 waits there, in its company's line, and
   * takes nothing from the budget that all share. Else it waits as after any other failure.
   */
  readonly isPaced: boolean;
}

export const RETRY_DEFAULTS: RetryOptions = {
  attempts: 3,
  baseMs: 200,
  capMs: 2000,
  random: Math.random,
  isPaced: false,
};

/**
 * Resolves to what one of the attempts resolves to.
 *
 * Only a transient failure leads to another attempt, and only where the budget has one left and the
 * wait ends before the deadline; otherwise the failure is thrown at once.
 *
 * @param isFutile Whether another attempt would be refused anyway.
 */
export function retried(
  isFutile: () => boolean,
  { attempts, baseMs, capMs, random, isPaced }: RetryOptions,
): Interceptor {
  const budget = new RetryBudget();
  const seconds = new RetryBudget(SECONDS);
  /** Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
  const backoff = (retry: number): number => random() * Math.min(capMs, baseMs * 2 ** (retry - 1));
  // What Cotalker asks for is the least; the jitter on top keeps callers from coming back all at once.
  const waitBefore = (retry: number, { retryAfter = 0 }: CotalkerError): number =>
    retryAfter * 1000 + backoff(retry);
  const isInTime = (waitMs: number, { owner }: RequestContext): boolean =>
    performance.now() + waitMs < owner.deadline;
  /** How long to wait after this failure, in milliseconds; undefined where there is no further attempt. */
  const waitAfter = (error: unknown, { attempt, request }: CallContext): number | undefined => {
    if (!(error instanceof CotalkerError) || !error.isTransient) return undefined;
    // It waits for its company's pause, so the deadline bounds how often that is.
    if (isPaced && error.status === 429 && !isFutile())
      return isInTime((error.retryAfter ?? 0) * 1000, request) ? 0 : undefined;
    if (attempt >= attempts || isFutile()) return undefined;
    const waitMs = waitBefore(attempt, error);
    return isInTime(waitMs, request) && budget.withdraw() ? waitMs : undefined;
  };

  const succeed = (answer: Answer): Answer => {
    budget.deposit();
    seconds.deposit();
    return answer;
  };

  return (next) => {
    const exchange: Exchange = (call, context) => {
      const second = new SecondAttempt(seconds, next, call, context);
      const failed = (error: unknown): Promise<Answer> => {
        const waitMs = waitAfter(error, context);
        if (waitMs === undefined) throw error;
        return pause(waitMs, context.signal).then(() =>
          exchange(call, { ...context, attempt: context.attempt + 1 }),
        );
      };
      return next(call, { ...context, onSilent: second.begin }).then(
        (answer) => {
          second.letGo();
          return succeed(answer);
        },
        (error: unknown) => second.insteadOf(error)?.then(succeed, failed) ?? failed(error),
      );
    };
    return exchange;
  };
}

/** Whether Cotalker has told what there is to tell: another attempt would be told the same. */
const isAnswer = (error: unknown): boolean =>
  error instanceof CotalkerError &&
  !error.isTransient &&
  error.status !== undefined &&
  error.status !== 429;

/**
 * If nothing has come of an answer for long, the connection may be dead, or Cotalker slow. So a second attempt goes over a
 * new connection, and the first one goes on beside it. The one that is answered first wins, and the other is let go.
 *
 * A second attempt counts as any call does. It only goes where the quota has a place, a slot is free, and enough time
 * is left. One that wins costs its budget nothing, since the connection was dead. So most calls to a Cotalker that is
 * slow, whose first answers win, have none.
 */
class SecondAttempt {
  readonly #budget: RetryBudget;
  readonly #asked: Parameters<Exchange>;
  readonly #next: Exchange;
  readonly #sent = { count: 0 };
  #controller: AbortController | undefined;
  #answer: Promise<Answer> | undefined;

  constructor(budget: RetryBudget, next: Exchange, ...asked: Parameters<Exchange>) {
    this.#budget = budget;
    this.#next = next;
    this.#asked = asked;
  }

  readonly begin = (letGoFirst: () => void): void => {
    const [call, context] = this.#asked;
    const { owner, signal: made } = context.request;
    // Whose request is over stands in no line any more, though others may share the call.
    if (made.aborted || owner.deadline - performance.now() < leastMs(owner)) return;
    if (!this.#budget.withdraw()) return;
    this.#controller = new AbortController();
    const signal = AbortSignal.any([context.signal, this.#controller.signal]);
    const end = (isAnswered: boolean): void => {
      if (isAnswered) letGoFirst();
      else this.#answer = undefined;
      if (isAnswered || this.#sent.count === 0) this.#budget.giveBack();
    };
    this.#answer = this.#next(call, { ...context, signal, sent: this.#sent, beside: context.sent });
    void this.#answer.then(() => true, isAnswer).then(end);
  };

  letGo(): void {
    this.#controller?.abort();
  }

  /** What to wait for now that the first attempt has failed with this error; undefined: nothing. */
  insteadOf(error: unknown): Promise<Answer> | undefined {
    // One that still stands in line may never go, and would hide why the first has failed.
    if (!isAnswer(error) && this.#sent.count > 0) return this.#answer;
    this.letGo();
    return undefined;
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal, ref: false });
  } catch {
    throw abortError(signal);
  }
}

/** Ten calls earn one retry: where a part of the calls fails, retries are 10 % of the others at the most. */
const DEPOSIT = 0.1;
/** What may be saved up, in retries: enough for a lone failure, or two, to be worth all its attempts. */
const CAPACITY = 5;
/** The same in second attempts: the calls that two requests have at once may all have come to dead connections. */
const SECONDS = 20;

/**
 * Bounds the load that retries add, so that a gateway with many callers does not keep a failing Cotalker down. Each
 * successful call earns a part of a retry, and each retry spends one. A token bucket that only success fills, as in
 * the AWS SDKs' standard retry mode and gRPC's retry throttling (gRFC A6).
 *
 * In a total outage nothing is earned, so there are only as many retries as were saved, however long it lasts. From
 * the fiftieth call on that is at most 10 % of the calls, and the share falls with each call.
 */
export class RetryBudget {
  // Counted in deposits, as whole numbers: ten times 0.1 is less than 1.
  readonly #price = 1 / DEPOSIT;
  readonly #capacity: number;
  #saved: number;

  /** @param capacity What may be saved up, in retries. */
  constructor(capacity = CAPACITY) {
    this.#saved = this.#capacity = capacity * this.#price;
  }

  /** To be called once for each call that went well. */
  deposit(): void {
    this.#saved = Math.min(this.#capacity, this.#saved + 1);
  }

  /** Whether one more retry may be made; if so, it is paid for. */
  withdraw(): boolean {
    if (this.#saved < this.#price) return false;
    this.#saved -= this.#price;
    return true;
  }

  /** One that was paid for was worth it, or has not been made. */
  giveBack(): void {
    this.#saved = Math.min(this.#capacity, this.#saved + this.#price);
  }
}
