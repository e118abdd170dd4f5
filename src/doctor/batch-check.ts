import type { Session } from '../cotalker/session.ts';
import { broken, type Check, held, Unmet } from './check.ts';
import type { Listing } from './reading.ts';
import type { Reply } from './ask.ts';
import type { Survey } from './survey.ts';
import { count } from './text.ts';

/** A list of records that is asked for by their ids, the key repeated. */
export interface Batch<R> extends Pick<Check, 'id' | 'title' | 'holds' | 'breaks'> {
  readonly plural: string;
  /** How many ids the gateway puts in one call. */
  readonly most: number;
  /** Ids that records should be found by. */
  readonly known: (survey: Survey) => Promise<readonly string[]>;
  readonly list: (session: Session, ids: readonly string[]) => Promise<unknown>;
  readonly read: (reply: Reply) => Listing<R>;
  /** The id that a record was to be found by. */
  readonly idOf: (record: R) => string | null;
}

/** How many of the known ids are asked for: some may be of records that are gone. */
const SAMPLE = 10;

/**
 * Asks for a few records by ids that are known, among as many that no record has as make it the largest
 * call that the gateway makes.
 */
export const batchCheck = <R>({
  plural,
  most,
  known,
  list,
  read,
  idOf,
  ...words
}: Batch<R>): Check => ({
  ...words,
  look: async (survey) => {
    const sought = new Set((await known(survey)).slice(0, SAMPLE));
    if (sought.size < 2)
      throw new Unmet(`It takes two ids of ${plural} to tell, and fewer are known.`);
    const ids = [...sought, ...madeUp(most - sought.size)];
    const {
      items,
      records,
      unreadable,
      total = 0,
    } = read(await survey.ask((session) => list(session, ids)));
    const strangers = records.filter((record) => !sought.has(idOf(record) ?? '')).length;
    if (strangers > 0) return broken(`${count(strangers, plural)} came that were not asked for.`);
    if (unreadable.length > 0) return broken(`Some could not be read (${unreadable.join(', ')}).`);
    const found = new Set(records.map(idOf)).size;
    // A server that puts one on a page tells of more.
    return Math.max(found, total) < 2
      ? broken(`Of ${sought.size} that other records name, it gave ${found}.`)
      : held(
          `${most} ids in one call, ${sought.size} of them known, gave ${count(items.length, plural)}.`,
        );
  },
});

/** Ids that Mongo made for no record: their time is the year 1970. */
const madeUp = (n: number): string[] =>
  Array.from({ length: n }, (_, index) => index.toString(16).padStart(24, '0'));
