import { broken, type Check, held, some, Unmet } from './check.ts';
import type { ListedRecord, ListKind, SinceParameter } from './list-kinds.ts';
import { fieldOf, idAt, valueOf } from './raw.ts';
import { idsOf } from './reading.ts';
import { count, part } from './text.ts';

/** A lower bound on a date includes the moment itself, and leaves out what is earlier or has no date. */
export const sinceCheck = <R extends ListedRecord>(
  { plural, listed, vary }: ListKind<R>,
  parameter: SinceParameter,
  date: 'createdAt' | 'modifiedAt',
  { holds, breaks }: Pick<Check, 'holds' | 'breaks'>,
): Check => ({
  id: `${plural}-${parameter}`,
  title: `${parameter} of ${plural} includes that moment, and nothing earlier`,
  holds,
  breaks,
  look: async (survey) => {
    const { records, isWhole } = await some(listed(survey), plural);
    const moments = [...new Set(records.flatMap((record) => valueOf(record[date]) ?? []))].sort();
    const bound = moments[Math.ceil((moments.length - 1) / 2)];
    if (bound === undefined || moments.length < 2)
      throw new Unmet(`The ${plural} have no two different ${date}.`);
    const answer = await vary(survey, { since: { [parameter]: bound } });
    const early = answer.records.filter((record) => (valueOf(record[date]) ?? '') < bound);
    if (early.length > 0)
      return broken(
        `${part(early.length, answer.records.length, plural)} are from before the bound.`,
      );
    const given = idsOf(answer);
    const missing = records.filter(
      (it) => (valueOf(it[date]) ?? '') >= bound && !given.has(it._id),
    );
    const lacksMoment = records.every((it) => it[date] !== bound || !given.has(it._id));
    const isOnePage = isWhole && answer.isWhole;
    if (lacksMoment && !isOnePage)
      throw new Unmet(`The ${plural} take more than a page, and that moment was not on it.`);
    // On a further page there may be what is missing here.
    if (missing.length === 0 || !isOnePage)
      return held(
        `${part(answer.records.length, records.length, plural)} came, none from before the bound.`,
      );
    const noun = count(missing.length, plural);
    return missing.every((record) => record[date] === bound)
      ? broken(`Of the very moment asked for, ${noun} did not come.`)
      : broken(`From the moment asked for on, ${noun} did not come.`);
  },
});

/** `isActive=true` leaves out the inactive ones, and nothing else. */
export const activeCheck = <R extends ListedRecord>({
  plural,
  listed,
  vary,
}: ListKind<R>): Check => ({
  id: `${plural}-active`,
  title: `isActive of ${plural} tells whether inactive ones show`,
  holds: 'includeInactive and the main menu can leave it to Cotalker.',
  breaks: `inactive ${plural} show where they should not, or active ones do not show.`,
  look: async (survey) => {
    const base = await some(listed(survey), plural);
    const answer = await vary(survey, { isActive: 'true' });
    const stray = answer.records.filter(({ isActive }) => isActive === false);
    if (stray.length > 0)
      return broken(`With isActive=true came ${count(stray.length, plural)} that are inactive.`);
    const given = idsOf(answer);
    const lost = base.records.filter(({ _id, isActive }) => isActive !== false && !given.has(_id));
    if (lost.length > 0 && answer.isWhole)
      return broken(
        `With isActive=true, ${count(lost.length, plural)} did not come that are active.`,
      );
    const inactive = base.records.filter(({ isActive }) => isActive === false).length;
    if (inactive === 0)
      throw new Unmet(`None of ${count(base.records.length, plural)} is inactive.`);
    return held(
      `Of ${count(base.records.length, plural)}, the ${inactive} inactive were left out.`,
    );
  },
});

/** `search` finds by keywords, which are the only field that it looks at (sheet, section 3). */
export const searchCheck = <R extends ListedRecord>({
  plural,
  listed,
  vary,
}: ListKind<R>): Check => ({
  id: `${plural}-search`,
  title: `search finds ${plural} by a keyword`,
  holds: 'the argument search can leave it to Cotalker.',
  breaks: 'the argument search finds all, or not what it should.',
  look: async (survey) => {
    const { raw, records } = await some(listed(survey), plural);
    const keywords = raw.map(keywordsOf);
    // The longest keyword is in the fewest records.
    const [word = ''] = keywords.flat().toSorted((a, b) => b.length - a.length);
    const hasWord = keywords.map((some) => some.some((it) => it.includes(word)));
    if (word.length < 4 || !hasWord.includes(false))
      throw new Unmet(`It takes two ${plural} with different keywords of some length to tell.`);
    const answer = await vary(survey, { search: word });
    const found = answer.items.length;
    if (found >= records.length) return broken('A search for a keyword gave the whole list.');
    const given = idsOf(answer);
    const isFound = raw.some((it, index) => hasWord[index] === true && given.has(idAt(it, '_id')));
    if (!isFound && answer.isWhole)
      return broken(`A search for a keyword gave ${count(found, plural)}, none that has it.`);
    return held(`A search for a keyword gave ${part(found, records.length, plural)}.`);
  },
});

function keywordsOf(value: unknown): string[] {
  const keywords = fieldOf(value, 'search');
  return Array.isArray(keywords) ? keywords.filter((it) => typeof it === 'string') : [];
}
