import { LRUCache } from 'lru-cache';

/** How many calls requests make, by the document that they run. Holds a hash and a number of each, nothing else. */
export interface ExpectedCalls {
  /** The most that a run of the document has made of late; 1 where none is known. */
  of(document: string | undefined): number;
  /** @param calls What a run has made so far. */
  note(document: string | undefined, calls: number): void;
}

const DOCUMENTS = 1000;
/** A run with rare variables is forgotten after this long. */
const KEPT_MS = 600_000;

export function createExpectedCalls(): ExpectedCalls {
  const known = new LRUCache<string, number>({ max: DOCUMENTS, ttl: KEPT_MS });
  const of = (document: string | undefined): number =>
    (document === undefined ? undefined : known.get(document)) ?? 1;
  return {
    of,
    note: (document, calls) => {
      if (document !== undefined && calls > of(document)) known.set(document, calls);
    },
  };
}
