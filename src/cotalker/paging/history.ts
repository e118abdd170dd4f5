import { CotalkerError } from '../errors.ts';
import { compareMoments, newestOf, type Position } from '../records/moment.ts';
import type { KeysetItem } from '../records/placed-item.ts';
import { type HistoryRecord, isInOrder, placeInHistory } from './history-places.ts';
import {
  EVERYTHING,
  type History,
  type HistoryWindow,
  LATEST,
  plusMs,
  readSpans,
  type Spans,
  SPANS_MS,
  spansOf,
  windowOf,
} from './history-since.ts';
import { DOUBTS, REFUSALS, unlessRefused } from './id-search.ts';
import { MAX_LIMIT } from './paged-list.ts';

/*
 * Reading a list by `modifiedAt` from its new end, as chats do.
 *
 * Cotalker documents one call: all that changed since a moment. One client knows another: backwards in pages, from a
 * moment. Each page costs one call where the second is understood. Whether it is, answers show, and the traits keep.
 * Without it, the gateway asks for longer and longer times since, until enough has come.
 *
 * A moment itself may or may not be among what is asked for, so calls ask for one millisecond more. A page may be
 * shorter than asked, or empty: the server may have fewer to a page, or leave out what was removed once it has cut. It
 * may end within a run of equal moments. So its last moment counts only when a further answer reaches beyond it. No page
 * tells where the list ends: the documented call does, from the beginning of time on. A page whose moments contradict
 * its order does not even tell where it was cut.
 */

/**
 * Reads up to `want` items, from the latest change to earlier ones.
 *
 * One call where a page backwards holds `want + 1` items; one more, for the whole list, where it may end before. Of a
 * server known to put fewer on a page though there are more: one for each page, and two more where these lead no further.
 * Where Cotalker knows no pages backwards: up to five calls, each for a longer time.
 *
 * @param behind Only items behind this position, to earlier changes. Undefined: from the latest on.
 * @param lately About when the latest change was, as far as that is known.
 * @throws CotalkerError `UPSTREAM_INVALID_RESPONSE` where the answer that is needed holds more than 20,000 items.
 */
export async function readBack<R extends HistoryRecord>(
  list: History<R>,
  behind: Position | undefined,
  want: number,
  lately: string | undefined,
): Promise<HistoryWindow<R>> {
  const { traits } = list.session;
  if (traits.pagesBack() === 'missing') return readSpans(list, behind, want, spansOf(lately));
  const isOpen = traits.pagesBack() === 'unknown';
  const read = () => unlessRefused(REFUSALS, () => readPages(list, behind, want));
  const pages = await (isOpen ? unlessRefused(DOUBTS, async () => (await read()) ?? {}) : read());
  if (pages?.window !== undefined) return pages.window;
  const window = await readSpans(list, behind, want, pages?.spans ?? spansOf(lately));
  // Not where a failure may have been chance, and one alone may have come in between.
  const isNoPage = pages !== undefined && pages.spans === undefined;
  if (traits.pagesBack() === 'unknown' && isNoPage && window.items.length > 1)
    traits.notePagesBack('missing');
  return window;
}

/** What was read in pages; else how to go on: for how long, as `SPANS_MS`. Neither: there was no page. */
interface PagesRead<R> {
  readonly window?: HistoryWindow<R>;
  readonly spans?: Spans;
}

async function readPages<R extends HistoryRecord>(
  list: History<R>,
  behind: Position | undefined,
  want: number,
): Promise<PagesRead<R>> {
  const { traits } = list.session;
  const found = new Map<string, KeysetItem<R>>();
  const start = behind?.modifiedAt ?? LATEST;
  // A position that names no last item of its moment had none later in the list, but for those without dates.
  let until = behind?.upTo === undefined ? LATEST : start;
  let size = Math.min(MAX_LIMIT, want + 1 + (behind?.count ?? 0));
  let lowest = until;
  let wasShort = false;
  for (;;) {
    const bound = plusMs(until, 1);
    const answer = await list.until(bound, size);
    const page = placeInHistory(answer, until === LATEST ? {} : { to: bound });
    const own = page.filter(({ hasPlace }) => hasPlace);
    if (own.some(({ modifiedAt }) => compareMoments(modifiedAt, bound) > 0)) {
      traits.notePagesBack('missing');
      return {};
    }
    if (!isInOrder(answer)) return { spans: { from: newestOf(own) ?? until, ms: SPANS_MS } };
    const older = page.filter(({ modifiedAt }) => compareMoments(modifiedAt, until) <= 0);
    for (const item of older) found.set(item.id, item);
    if (traits.pagesBack() === 'unknown') {
      if (answer.length === 0) return {};
      if (older.length > 0) traits.notePagesBack('there');
    }

    const last = older.find(({ hasPlace }) => hasPlace)?.modifiedAt ?? until;
    // The page before was short, and yet not the last.
    if (wasShort && last < lowest) traits.notePagesBack('short');
    const window = windowOf([...found.values()], behind, want, last);
    if (window.items.length >= want) return { window };
    const isShort = answer.length < size;
    if (isShort && !wasShort && traits.pagesBack() !== 'short') {
      const whole = await readWhole(list, behind, want, last);
      if (whole !== undefined) return { window: whole };
    }
    wasShort = isShort;
    const next = last < start ? last : start;
    if (last === until || (next === last && own.at(-1)?.modifiedAt === last)) {
      // Nothing earlier than one moment: the page may end within it, or the list there, or what was removed fills it.
      if (size === MAX_LIMIT) return { spans: { from: last, ms: isShort ? EVERYTHING : SPANS_MS } };
      size = MAX_LIMIT;
    } else until = next;
    lowest = last;
  }
}

/**
 * The list as a whole, where a page that held fewer than asked may be its end: most chats are short. Undefined where it
 * is too long for one answer.
 *
 * @param last The earliest moment of that page.
 */
async function readWhole<R extends HistoryRecord>(
  list: History<R>,
  behind: Position | undefined,
  want: number,
  last: string,
): Promise<HistoryWindow<R> | undefined> {
  try {
    const window = await readSpans(list, behind, want, { from: last, ms: EVERYTHING });
    const [first] = window.met.filter(({ hasPlace }) => hasPlace);
    // Where there was no moment at all, what came may be new.
    if (last !== LATEST && first !== undefined && compareMoments(first.modifiedAt, last) < 0)
      list.session.traits.notePagesBack('short');
    return window;
  } catch (error) {
    if (error instanceof CotalkerError && error.code === 'UPSTREAM_INVALID_RESPONSE')
      return undefined;
    throw error;
  }
}
