/** So many calls in a window of so long, for each company. */
export interface Quota {
  readonly calls: number;
  readonly windowMs: number;
}

/** The sheet, section 1: 50 calls in 5 seconds for a company, whoever of it calls. */
export const DOCUMENTED_QUOTA: Quota = { calls: 50, windowMs: 5000 };

/** The sheet, section 1: of these, some 20 may be writes. */
export const DOCUMENTED_WRITE_QUOTA: Quota = { calls: 20, windowMs: 5000 };

/** The calls of each company in its window, which begins with the first call after the last one ended. */
export class Quotas {
  readonly #now: () => number;
  readonly #windows = new Map<string, { endsAt: number; calls: number }>();

  /** @param now milliseconds; a test gives one that it moves. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Counts a call. Seconds until the window ends, rounded up, where it is one too many; else undefined. */
  take(company: string, { calls, windowMs }: Quota): number | undefined {
    const now = this.#now();
    let window = this.#windows.get(company);
    if (!window || now >= window.endsAt) {
      window = { endsAt: now + windowMs, calls: 0 };
      this.#windows.set(company, window);
    }
    window.calls += 1;
    return window.calls > calls ? Math.ceil((window.endsAt - now) / 1000) : undefined;
  }

  clear(): void {
    this.#windows.clear();
  }
}
