import { LRUCache } from 'lru-cache';

/** What a run of a document is likely to take. */
export interface Expected extends Run {
  /** What it takes on average; `calls` is what it hardly takes more than. */
  readonly meanCalls: number;
}

/** What a run of a document has taken. */
export interface Run {
  /** Calls in all. */
  readonly calls: number;
  /** Milliseconds from its first slot to its end. */
  readonly ms: number;
  /** Milliseconds of the processor. */
  readonly cpuMs: number;
  /** Whether it has not made all calls that it would have: see `LineOwner`. Then it tells the least there are. */
  readonly isCut?: boolean | undefined;
}

/** What requests take, by the document that they run. Keeps two names and four numbers of each, nothing else. */
export interface ExpectedCalls {
  /**
   * What runs of a document have taken; zeros where nothing is known of it. It changes in its place with each run that
   * is noted.
   *
   * @param company Whose requests alone are told of: one company's menu takes 3 calls, another's 60. Default: all.
   */
  of(document: string | undefined, company?: string): Expected;
  /** @param run What a run took that came to its end. */
  note(document: string | undefined, run: Run, company?: string): void;
}

const NOTHING: Expected = { calls: 0, meanCalls: 0, ms: 0, cpuMs: 0 };
/** Of calls that no document tells of. */
export const NOTHING_EXPECTED: ExpectedCalls = { of: () => NOTHING, note: () => undefined };
/** Of all requests, and of each company's: each some 250 bytes. */
const DOCUMENTS = 10_000;
/** A document that does not run is unknown again after this time: it may be that what it took keeps it from running. */
const KNOWN_MS = 300_000;
/** How much the last run counts. One that made more calls than expected counts at once. */
const LAST_PART = 0.2;

class Learnt implements Expected {
  calls = 0;
  meanCalls = 0;
  ms = 0;
  cpuMs = 0;

  note({ calls, ms, cpuMs, isCut }: Run): void {
    if (isCut && calls < this.calls) return;
    const part = this.calls === 0 ? 1 : LAST_PART;
    const mean = (before: number, last: number): number => before + (last - before) * part;
    this.calls = Math.max(calls, mean(this.calls, calls));
    this.meanCalls = mean(this.meanCalls, calls);
    this.ms = mean(this.ms, ms);
    // One that took less counts at once: the first ones had to be compiled, and refusing too many would be worse.
    this.cpuMs = Math.min(cpuMs, mean(this.cpuMs, cpuMs));
  }
}

export function createExpectedCalls(): ExpectedCalls {
  const known = new LRUCache<string, Learnt>({ max: DOCUMENTS, ttl: KNOWN_MS });
  const keyOf = (document: string, company?: string): string =>
    company === undefined ? document : `${company} ${document}`;
  return {
    of: (document, company) => {
      if (document === undefined) return NOTHING;
      const key = keyOf(document, company);
      const before = known.peek(key);
      if (before !== undefined) return before;
      const learnt = new Learnt();
      known.set(key, learnt);
      return learnt;
    },
    note: (document, run, company) => {
      if (document === undefined) return;
      const key = keyOf(document, company);
      const learnt = known.peek(key) ?? new Learnt();
      learnt.note(run);
      // It is known for its time again.
      known.set(key, learnt);
    },
  };
}
