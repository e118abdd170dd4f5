import { MAX_LIMIT } from '../src/cotalker/paging/paged-list.ts';
import { broken, type Check, given, held, Unmet } from './check.ts';
import { fieldsOf, formsOf } from './forms.ts';
import type { Listing } from './reading.ts';
import type { Survey } from './survey.ts';
import { capital, count } from './text.ts';

const pageSize: Check = {
  id: 'page-size',
  title: `limit=${MAX_LIMIT} is taken, however many come on a page`,
  holds: 'lists take as few calls as Cotalker lets them.',
  breaks: 'the main menu, group(id:) and long lists fail.',
  look: async (survey) => {
    const { taken, refusal } = await survey.limit();
    if (refusal !== undefined && 'failure' in refusal.result) {
      await given(survey.groups(), 'groups');
      const status = refusal.result.failure.status ?? '';
      return broken(`It was answered ${status}; limit=${taken} was tried instead.`);
    }
    const lists = await readable({
      groups: survey.groups,
      channels: survey.channels,
      tasks: survey.tasks,
    });
    const [[name, longest] = ['', undefined]] = lists.toSorted(
      ([, a], [, b]) => b.items.length - a.items.length,
    );
    if (longest === undefined || longest.items.length === 0)
      throw new Unmet('There is no list with anything in it.');
    const cut = lists.filter(([, { items, total }]) => total !== undefined && total > items.length);
    return held(
      cut.length === 0
        ? `The longest list, ${count(longest.items.length, name)}, came on one page.`
        : `No page held more than ${longest.items.length}, which costs more calls with ${namesOf(cut)}.`,
    );
  },
};

const records: Check = {
  id: 'records',
  title: 'Records have the fields of the documentation, of their types',
  holds: 'each record can be read.',
  breaks: 'records that cannot be read are an error in their place.',
  look: async (survey) => {
    const found = (await readable(lists(survey))).filter(([, { items }]) => items.length > 0);
    if (found.length === 0) throw new Unmet('This token sees no records.');
    const bad = found.filter(([, { items, whole }]) => whole < items.length);
    if (bad.length === 0) {
      return held(
        `${capital(found.map(([name, { items }]) => count(items.length, name)).join(', '))}.`,
      );
    }
    const told = bad.map(
      ([name, { items, whole, unreadable }]) =>
        `${count(items.length - whole, name)} (${unreadable.join(', ')})`,
    );
    return broken(`These could not be read, or not all of them: ${told.join('; ')}.`);
  },
};

const dates: Check = {
  id: 'dates',
  title: 'Dates are ISO 8601 or epoch milliseconds',
  holds: 'each date can be read.',
  breaks: 'such dates are null, or an error.',
  look: async (survey) => {
    const forms = formsOf((await readable(lists(survey))).flatMap(([, { raw }]) => raw));
    const [iso, epoch] = [fieldsOf(forms, 'iso'), fieldsOf(forms, 'epoch')];
    const odd = fieldsOf(forms, 'odd');
    if (odd.length > 0) return broken(`There is another form in ${odd.join(', ')}.`);
    if (iso.length + epoch.length === 0) throw new Unmet('This token sees no dates.');
    if (epoch.length === 0) return held('All are ISO 8601.');
    return held(
      `Epoch milliseconds are in ${epoch.join(', ')}; ISO 8601 in ${iso.join(', ') || 'none'}.`,
    );
  },
};

const emptyValues: Check = {
  id: 'empty-values',
  title: 'What is missing is absent, null or an empty text',
  holds: 'each shows as null.',
  breaks: 'what is missing shows as something.',
  look: async (survey) => {
    const forms = formsOf((await readable(lists(survey))).flatMap(([, { raw }]) => raw));
    if (forms.length === 0) throw new Unmet('This token sees no records.');
    const [empty, nulls] = [fieldsOf(forms, 'empty'), fieldsOf(forms, 'null')];
    return held(
      `An empty text is in ${empty.join(', ') || 'no field'}, null in ${nulls.join(', ') || 'none'}.`,
    );
  },
};

type Named = readonly [name: string, listing: Listing<unknown>];

/** Those of the lists that could be read; the others have checks of their own. */
async function readable(
  lists: Readonly<Record<string, () => Promise<Listing<unknown>>>>,
): Promise<Named[]> {
  const found: Named[] = [];
  for (const [name, list] of Object.entries(lists)) {
    try {
      found.push([name, await given(list(), name)]);
    } catch (error) {
      if (!(error instanceof Unmet)) throw error;
    }
  }
  if (found.length === 0) throw new Unmet('No list could be read.');
  return found;
}

/** What the survey has of records. */
const lists = (survey: Survey) => ({
  groups: survey.groups,
  channels: survey.channels,
  'task groups': survey.taskGroups,
  tasks: survey.tasks,
  'state machines': survey.machines,
  states: survey.states,
});

const namesOf = (lists: readonly Named[]): string => lists.map(([name]) => name).join(', ');

export const answerChecks: readonly Check[] = [pageSize, records, dates, emptyValues];
