import { MAX_LIMIT } from '../cotalker/keyset.ts';
import { broken, type Check, given, held, Unmet } from './check.ts';
import type { Listing } from './reading.ts';
import { capital, count } from './text.ts';

const total: Check = {
  id: 'total',
  title: 'count=true tells the total, as count or as counter',
  holds: 'totalCount costs no call, and the end of a list none either.',
  breaks: 'pages of tasks fail, and each other list takes a call more.',
  look: async (survey) => {
    const lists = await readable({
      groups: survey.groups,
      channels: survey.channels,
      'task groups': survey.taskGroups,
      tasks: survey.tasks,
    });
    const without = lists.filter(([, { totalName }]) => totalName === undefined);
    if (without.length > 0) return broken(`There is none with ${namesOf(without)}.`);
    const short = lists.filter(([, { items, total }]) => items.length > (total ?? 0));
    if (short.length > 0) return broken(`It is less than what came, with ${namesOf(short)}.`);
    const byName = Map.groupBy(lists, ([, { totalName }]) => totalName);
    const told = [...byName].map(([name, some]) => `${name} with ${namesOf(some)}`).join('; ');
    return held(`It is ${told}.`);
  },
};

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
  holds: 'each field of each record can be read.',
  breaks:
    'fields that cannot be read are an error in their place; a record without an id is one itself.',
  look: async (survey) => {
    const lists = await readable({
      groups: survey.groups,
      channels: survey.channels,
      'task groups': survey.taskGroups,
      tasks: survey.tasks,
      'state machines': survey.machines,
      states: survey.states,
    });
    const found = lists.filter(([, { items }]) => items.length > 0);
    if (found.length === 0) throw new Unmet('This token sees no records.');
    const bad = found.filter(([, { items, records }]) => records.length < items.length);
    if (bad.length === 0) {
      return held(
        `${capital(found.map(([name, { items }]) => count(items.length, name)).join(', '))}.`,
      );
    }
    const told = bad.map(
      ([name, { items, records, unreadable }]) =>
        `${count(items.length - records.length, name)} (${unreadable.join(', ')})`,
    );
    return broken(`These could not be read: ${told.join('; ')}.`);
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

const namesOf = (lists: readonly Named[]): string => lists.map(([name]) => name).join(', ');

export const answerChecks: readonly Check[] = [total, pageSize, records];
