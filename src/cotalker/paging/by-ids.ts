import type { Item } from '../records/envelope.ts';
import { CotalkerError } from '../errors.ts';
import {
  askAlone,
  DOUBTS,
  type Outcome,
  REFUSALS,
  unlessRefused,
  createIdSearch,
  type IdList,
  type Seeking,
} from './id-search.ts';
import { readAllPages } from './all-pages.ts';
import type { OffsetList } from './offset.ts';
import { oneAtATime } from './paged-list.ts';
import type { Session } from '../session.ts';
import type { BatchName, Traits } from '../traits/index.ts';
import { createMemo } from '../sharing/derived.ts';

/**
 * Fetches records by id, and matches them by id, never by position. It is right however a server takes several
 * ids (sheet, section 1), and remembers in `session.traits` how this one does:
 *
 * - An answer with two of the records that were asked for, and no others, proves that its way works: repeated
 *   keys, or commas. In a proven way an id that does not come is unknown to Cotalker. There are two exceptions: the
 *   count tells of more, or more ids were sent than one answer has ever brought. Then what is missing is asked for
 *   until nothing new comes.
 * - An answer that proves nothing is no reason to take an id for unknown. What is missing is asked for with
 *   commas, once, and then each id alone: alone, an id that does not come is unknown. A failure may be chance:
 *   only where several have failed twice are they asked for alone from then on.
 * - Where not even one id alone is followed, a record is asked for by its path, or looked for in the whole list.
 *
 * So one call for a batch, as a rule; of `k` ids, where nothing is known, at most two more than `k`.
 *
 * @returns The records found, or why one cannot be had; ids that Cotalker does not know are absent.
 */
export async function fetchByIds<R>(
  session: Pick<Session, 'traits'>,
  list: IdList<R>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Item<R>['record']>> {
  const search = createIdSearch<R>(ids);
  const seek = () => seekAll({ session, list, search });
  try {
    await (ids.length > 1 ? inTurn(session, list.name, seek) : seek());
  } catch (error) {
    for (const id of search.missing()) search.fail(id, error);
  }
  return search.conclude();
}

/** As long as the way is unknown, one batch of a request finds out, and the others wait for what it learns. */
async function inTurn(
  session: Seeking<unknown>['session'],
  name: BatchName,
  seek: () => Promise<void>,
): Promise<void> {
  const isUnknown = () => session.traits.batchOf(name).way === undefined;
  if (!isUnknown()) return seek();
  if (!(await oneAtATime(session, name, isUnknown, seek))) await seek();
}

async function seekAll<R>(seeking: Seeking<R>): Promise<void> {
  const { session, list, search } = seeking;
  const { way } = session.traits.batchOf(list.name);
  const ways = way === undefined ? (['repeated', 'commas'] as const) : [way];
  const outcomes: Together[] = [];
  for (const each of ways) {
    if (search.missing().length < 2 || each === 'single' || each === 'path') break;
    const outcome = await askTogether(seeking, each);
    if (outcome === 'settled') return;
    outcomes.push(outcome);
  }
  const isChance = outcomes.includes('failed') && isFirstFailure(session.traits, list.name);
  await askEach(seeking, outcomes.length === 2 && !isChance);
}

const failures = createMemo<Traits, Set<BatchName>>();

function isFirstFailure(traits: Traits, name: BatchName): boolean {
  const known = failures(traits, () => new Set());
  const isFirst = !known.has(name);
  known.add(name);
  return isFirst;
}

/**
 * What asking for several has come to. `settled`: it is known what is found and what is not, since the answers have
 * proven the way.
 */
type Together = 'settled' | 'unproven' | 'failed';

async function askTogether<R>(
  { session: { traits }, list, search }: Seeking<R>,
  way: 'repeated' | 'commas',
): Promise<Together> {
  for (;;) {
    const asked = search.missing();
    const ids = way === 'commas' ? asked.join(',') : asked;
    let page;
    try {
      page = await unlessRefused(REFUSALS, () => list.fetchPage(ids));
    } catch (error) {
      const isProven = traits.batchOf(list.name).way === way;
      if (isProven || !(error instanceof CotalkerError) || !DOUBTS.has(error.status)) throw error;
      return 'failed';
    }
    if (page === undefined) return 'unproven';
    const { items, total } = page;
    traits.notePage(list.name, { items: items.length, count: total });
    const { brought, isExact } = search.take(asked, items);
    if (!isExact) return 'unproven';
    if (brought > 1) traits.noteBatch(list.name, way, brought);
    if (brought === asked.length) return 'settled';
    const known = traits.batchOf(list.name);
    if (known.way !== way) return 'unproven';
    const tellsOfMore = total !== undefined && total > items.length;
    const isAll = asked.length <= known.most && !tellsOfMore;
    const isEnd = isAll || traits.provesEnd(list.name, items.length, total);
    if (brought === 0 || isEnd) return 'settled';
  }
}

/**
 * Each missing id alone. Where the server follows not even that, they are looked for in the whole list.
 *
 * @param isLast Whether all ways to ask for several have been tried in vain, and not by chance.
 */
async function askEach<R>(seeking: Seeking<R>, isLast: boolean): Promise<void> {
  const { session, list, search } = seeking;
  const { traits } = session;
  const ask = async (id: string): Promise<Outcome> => {
    const outcome = await askAlone(seeking, id);
    if (isLast && outcome === 'found' && traits.batchOf(list.name).way === undefined)
      traits.noteBatch(list.name, 'single', 1);
    return outcome;
  };
  const [first, ...others] = search.missing();
  if (first === undefined) return;
  const isKnown = ['single', 'path'].includes(traits.batchOf(list.name).way ?? '');
  // A server that fails altogether is not asked for all of them, nor one that follows no id.
  const outcome = isKnown ? undefined : await ask(first);
  if (outcome !== 'ignored') {
    const rest = isKnown ? [first, ...others] : others;
    await Promise.all(rest.map((id) => ask(id).catch((error: unknown) => search.fail(id, error))));
  }
  const missing = search.missing();
  if (missing.length === 0) return;
  const fetchPage: OffsetList<R>['fetchPage'] = (page) => list.fetchPage(undefined, page);
  const { items } = await readAllPages({ name: list.name, session, fetchPage });
  search.take(missing, items ?? []);
}
