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
}

/** What requests take, by the document that they run. Keeps two names and four numbers of each, nothing else. */
export interface ExpectedCalls {
  /** Changes whenever anything is learnt: what `of` has told holds until then. */
  readonly version: number;
  /**
   * @param company Whose requests' calls are told: one company's menu takes 3 calls, another's 60. Default: all requests'.
   * @returns Zeros where nothing is known of the document.
   */
  of(document: string | undefined, company?: string): Expected;
  /** @param run What a run took that came to its end. */
  note(document: string | undefined, run: Run, company?: string): void;
}

const NOTHING: Expected = { calls: 0, meanCalls: 0, ms: 0, cpuMs: 0 };
/** Of calls that no document tells of. */
export const NOTHING_EXPECTED: ExpectedCalls = {
  version: 0,
  of: () => NOTHING,
  note: () => undefined,
};
/** Of all requests, and of each company's: each some 250 bytes. */
const DOCUMENTS = 10_000;
/** A document that does not run is unknown again after this time: it may be that what it took keeps it from running. */
const KNOWN_MS = 300_000;
/** How much the last run counts. One that made more calls than expected counts at once. */
const LAST_PART = 0.2;

export function createExpectedCalls(): ExpectedCalls {
  const known = new LRUCache<string, Expected>({ max: DOCUMENTS, ttl: KNOWN_MS });
  const mean = (before: number, last: number): number => before + (last - before) * LAST_PART;
  const keyOf = (document: string, company?: string): string =>
    company === undefined ? document : `${company} ${document}`;
  const of = (document: string | undefined, company?: string): Expected =>
    (document === undefined ? undefined : known.peek(keyOf(document, company))) ?? NOTHING;
  let version = 0;
  return {
    get version() {
      return version;
    },
    of: (document, company) => {
      if (company === undefined) return of(document);
      const { calls, meanCalls } = of(document, company);
      return { ...of(document), calls, meanCalls };
    },
    note: (document, run, company) => {
      if (document === undefined) return;
      version += 1;
      const key = keyOf(document, company);
      const before = known.get(key) ?? { ...run, meanCalls: run.calls };
      const calls = Math.max(run.calls, mean(before.calls, run.calls));
      const meanCalls = mean(before.meanCalls, run.calls);
      // One that took less counts at once: the first ones had to be compiled, and refusing too many would be worse.
      const cpuMs = Math.min(run.cpuMs, mean(before.cpuMs, run.cpuMs));
      known.set(key, { calls, meanCalls, ms: mean(before.ms, run.ms), cpuMs });
    },
  };
}
