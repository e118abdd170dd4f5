/**
 * Bounds the load that retries add, so that a gateway with many callers does not keep a failing Cotalker down. Each
 * successful call earns a part of a retry, and each retry spends one. A token bucket that only success fills, as in
 * the AWS SDKs' standard retry mode and gRPC's retry throttling (gRFC A6).
 *
 * In a total outage nothing is earned, so there are only as many retries as were saved, however long it lasts. From
 * the fiftieth call on that is at most 10 % of the calls, and the share falls with each call. Finagle's
 * `RetryBudget`, which every call fills, would go on adding a tenth.
 */
export interface RetryBudget {
  /** To be called once for each call that went well. */
  deposit(): void;
  /** Whether one more retry may be made; if so, it is paid for. */
  withdraw(): boolean;
}

/** Ten calls earn one retry: where a part of the calls fails, retries are 10 % of the others at the most. */
const DEPOSIT = 0.1;
/** What may be saved up, in retries: enough for a lone failure, or two, to be worth all its attempts. */
const CAPACITY = 5;

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
