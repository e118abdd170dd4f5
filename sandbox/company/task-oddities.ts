import type { RawRecord } from '../data.ts';
import { ids } from './ids.ts';
import { planted } from './planted.ts';
import { statePropertyId } from './properties.ts';

const { tasks } = planted;

const others = [ids.user('grace_thornton'), ids.user('ignacio_fuentes')];

function patches(): [id: string | undefined, patch: RawRecord][] {
  return [
    ...tasks.inactiveAssignee.map((id, index): [string, RawRecord] => [
      id,
      { assignee: planted.users.inactive[index] },
    ]),
    [tasks.unknownState, { smState: planted.unknownState }],
    [
      tasks.inInactiveState,
      { smState: planted.states.inactive, status: statePropertyId('ticket', 'escalated') },
    ],
    [tasks.withoutStatus, { smState: planted.states.withoutProperty, status: null }],
    [
      tasks.unknownUser,
      {
        assignee: planted.unknownUser,
        followers: [planted.unknownUser, ids.user('diego_salazar')],
      },
    ],
    ...tasks.sameName.map((id): [string, RawRecord] => [id, { name: 'Solar carport: Lampa' }]),
    [tasks.withoutName, { name: null }],
    ...tasks.hidden.map((id): [string, RawRecord] => [id, { visibility: [...others] }]),
    [tasks.shared, { visibility: [...others, ids.user('camila_rojas')] }],
  ];
}

/** What differs from the table in the tasks that `planted` names, by task id. */
export const taskOddities = (): Map<unknown, RawRecord> => new Map(patches());
