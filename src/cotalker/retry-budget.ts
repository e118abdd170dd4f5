/**
 * Bounds what retries add to the load, so that a gateway with many callers does not keep a failing
 * upstream down: each call earns a part of a retry, each retry spends one. A token bucket, as in
 * Finagle's `RetryBudget` and the AWS SDKs' standard retry mode.
 */
export interface RetryBudget {
  /** To be called once for each call, not for its retries. */
  deposit(): void;
  /** Whether one more retry may be made; if so, it is paid for. */
  withdraw(): boolean;
}

/** Ten calls earn one retry: in an outage that lasts, retries are 10 % on top of the calls. */
const DEPOSIT = 0.1;
/** What may be saved up for a short outage, in retries. */
const CAPACITY = 10;

export function createRetryBudget(): RetryBudget {
  // Counted in deposits, as whole numbers: ten times 0.1 is less than 1.
  const price = 1 / DEPOSIT;
  const capacity = CAPACITY * price;
  let saved = capacity;
  return {
    deposit: () => {
      saved = Math.min(capacity, saved + 1);
    },
    withdraw: () => {
      if (saved < price) return false;
      saved -= price;
      return true;
    },
  };
}
