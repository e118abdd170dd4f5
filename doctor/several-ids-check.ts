import type { Session } from '../src/cotalker/session.ts';
import type { BatchName, IdsWay } from '../src/cotalker/traits/index.ts';
import type { Reply } from './reply.ts';
import { broken, type Check, held, type Outcome, Unmet } from './check.ts';
import { isRefused, type Listing, readReply } from './reading.ts';
import type { Survey } from './survey.ts';
import { count } from './text.ts';

/** A list of records that is asked for by their ids, which a server may take in several ways (sheet, section 1). */
export interface SeveralIds<R> extends Pick<Check, 'id' | 'title' | 'breaks'> {
  /** The name that gateways know the list by, where they choose a way for it. */
  readonly list?: BatchName;
  readonly plural: string;
  /** How many ids the gateway puts in one call at the most. */
  readonly most: number;
  /** Ids that records should be found by. */
  readonly known: (survey: Survey) => Promise<readonly string[]>;
  /** Asked in this order until one brings what was asked for. */
  readonly ways: readonly Way[];
  /** What the way means for the gateway, where it chooses none by it. */
  readonly consequence?: string;
  /** Whether the gateway is right, too, where ids are not looked at. */
  readonly isServedIgnored?: boolean;
  readonly read: (reply: Reply) => Listing<R>;
  /** The id that a record was to be found by. */
  readonly idOf: (record: R) => string | null;
}

export interface Way {
  readonly way: IdsWay;
  readonly ask: (session: Session, ids: readonly string[]) => Promise<unknown>;
}

/** How many of the known ids are asked for: some may be of records that are gone. */
const SAMPLE = 10;

const WORDS: Readonly<Record<IdsWay, readonly [seen: string, consequence: string]>> = {
  repeated: ['with the key repeated', 'those of a whole query take a call or two.'],
  commas: ['with commas between them', 'those of a whole query take a call or two.'],
  single: ['one by one alone', 'each that a query names takes a call.'],
  path: ['one by one alone, in the path', 'each that a query names takes a call.'],
};

/**
 * Asks for a few records by ids that are known. The first call is as large as a gateway's largest: the other ids in
 * it are of no record. Where that does not bring them, the other ways are tried.
 */
export function severalIdsCheck<R>(batch: SeveralIds<R>): Check {
  const { id, title, breaks, plural, most, known, ways, list } = batch;
  return {
    id,
    title,
    holds: batch.consequence ?? WORDS.repeated[1],
    breaks,
    look: async (survey) => {
      const sought = [...new Set(await known(survey))].slice(0, SAMPLE);
      if (sought.length < 2)
        throw new Unmet(`It takes two ids of ${plural} to tell, and fewer are known.`);
      const [first = '', ...others] = sought;
      // A server that takes one of them takes the first, or the last.
      const largest = [first, ...madeUp(most - sought.length), ...others];
      let found: ReadonlySet<string> = new Set();
      for (const { way, ask } of ways) {
        for (const ids of idsFor(way, { sought, largest, found })) {
          const reply = await survey.ask((session) => ask(session, ids));
          if (isRefused(reply)) continue;
          const answer = way === 'path' ? readOne(reply) : readMany(batch, reply, new Set(ids));
          if ('verdict' in answer) return answer;
          if (answer.size >= Math.min(2, ids.length)) {
            learn(survey, list, way, answer.size);
            return tell(batch, way, { found, sought, isLargest: ids === largest });
          }
          if (answer.size > 0) found = answer;
          break;
        }
      }
      return broken(`Of ${sought.length} that other records name, it gave none.`);
    },
  };
}

interface Ids {
  readonly sought: readonly string[];
  readonly largest: readonly string[];
  readonly found: ReadonlySet<string>;
}

/** What to ask for in a way: where the largest call brings none, it may only have been too large. */
function idsFor(way: IdsWay, { sought, largest, found }: Ids): readonly (readonly string[])[] {
  const [one = ''] = [...found, ...sought];
  if (way === 'single' || way === 'path') return [[one]];
  return way === 'repeated' ? [largest, sought] : [sought];
}

/** The ids that records came by; or what is wrong with the answer. */
function readMany<R>(
  { read, idOf, plural, isServedIgnored = false }: SeveralIds<R>,
  reply: Reply,
  ids: ReadonlySet<string>,
): ReadonlySet<string> | Outcome {
  const { items, records, unreadable } = read(reply);
  const named = records.map((record) => idOf(record) ?? '');
  const strangers = named.filter((id) => !ids.has(id)).length;
  if (strangers > 0 && isServedIgnored)
    return held(`They are not looked at: ${count(items.length, plural)} came.`);
  if (strangers > 0) return broken(`${count(strangers, plural)} came that were not asked for.`);
  if (unreadable.length > 0) return broken(`Some could not be read (${unreadable.join(', ')}).`);
  return new Set(named);
}

/** Whether one record came in the envelope of one. */
const readOne = (reply: Reply): ReadonlySet<string> =>
  readReply(reply, (body) => {
    const id: unknown = (body as { readonly data?: { readonly _id?: unknown } }).data?._id;
    return new Set(typeof id === 'string' ? [id] : []);
  });

function learn({ learnt }: Survey, list: BatchName | undefined, way: IdsWay, most: number): void {
  if (list !== undefined) learnt.batches = { ...learnt.batches, [list]: { way, most } };
}

interface Told {
  /** What came of several, where not all did. */
  readonly found: ReadonlySet<string>;
  readonly sought: readonly string[];
  readonly isLargest: boolean;
}

function tell<R>(
  { plural, most, consequence }: SeveralIds<R>,
  way: IdsWay,
  { found, sought, isLargest }: Told,
): Outcome {
  const [seen, words] = WORDS[way];
  if (way === 'repeated' && !isLargest) {
    const each = consequence ?? `${plural} may take a call each.`;
    return held(`They are taken ${seen}, but not ${most} at once.`, each);
  }
  return held(`They are taken ${seen}${whichCame(found, sought)}.`, consequence ?? words);
}

function whichCame(found: ReadonlySet<string>, sought: readonly string[]): string {
  if (found.has(sought.at(-1) ?? '')) return ', since the last of several came';
  return found.has(sought[0] ?? '') ? ', since the first of several came' : '';
}

/** Ids that Mongo made for no record: their time is the year 1970. */
const madeUp = (n: number): string[] =>
  Array.from({ length: n }, (_, index) => index.toString(16).padStart(24, '0'));
