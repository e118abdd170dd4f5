import type { RawRecord } from '../data.ts';
import { channelId } from './channels.ts';
import { ids } from './ids.ts';
import { patterns, type PatternState } from './patterns.ts';
import { activeUserIds, somebody } from './people.ts';
import { place } from './places.ts';
import { statePropertyId, zoneId } from './properties.ts';
import { taskOddities } from './task-oddities.ts';
import { type TaskRow, taskTable } from './task-table.ts';
import { at } from './times.ts';
import { workflows } from './workflow-table.ts';

/** The machine and the state that a task is in; every fourth one follows its group's second machine. */
function standing(group: string, index: number): RawRecord & { isClosed: boolean } {
  const machines = workflows.find((row) => row.group === group)?.machines ?? [];
  const machine = machines[index % 4 === 3 ? machines.length - 1 : 0];
  if (!machine) throw new Error(`no workflow for ${group}`);

  const states: readonly PatternState[] = patterns[machine.pattern].filter(
    (state: PatternState) => !state.inactive && state.display !== null,
  );
  const state = states[index % states.length];
  if (!state) throw new Error(`no state in ${machine.pattern}`);

  return {
    smStateMachine: ids.stateMachine(machine.code),
    smState: ids.state(machine.code, state.code),
    status: statePropertyId(machine.pattern, state.code),
    isClosed: state.type === 'closed',
  };
}

function people(n: number): RawRecord {
  return {
    createdBy: somebody(n * 5 + 1),
    // Nobody has taken every seventh task yet.
    assignee: n % 7 === 6 ? null : somebody(n * 3),
    editors: activeUserIds.slice(n % 9, (n % 9) + (n % 3)),
    followers: activeUserIds.slice(n % 11, (n % 11) + (n % 4)),
    visibility: [],
    ...(n % 2 === 0 && { userList: [somebody(n * 3)] }),
  };
}

function dates(n: number, isClosed: boolean): RawRecord {
  const created = 40 + n * 5;
  const changed = created + ((n * 11) % 47);
  return {
    createdAt: at(created, n % 60),
    modifiedAt: at(changed, 30 + (n % 30)),
    modifiedStateAt: at(changed, 10),
    ...(n % 3 !== 2 && { startDate: at(created + 1), endDate: at(created + 8) }),
    ...(isClosed && { closedAt: at(changed, 10), resolutionDate: at(changed, 5) }),
  };
}

const estimates = [0.5, 1, 3, undefined];

function pictureOf(group: string, index: number): RawRecord {
  const image = `https://files.andina.example/tasks/${group}/${index}`;
  return { small: `${image}/s.jpg`, square: `${image}/sq.jpg`, original: `${image}/o.jpg` };
}

/** The index-th task of its task group, and the n-th of the company. */
function task({ group, subjects, channels = [] }: TaskRow, index: number, n: number): RawRecord {
  const channel = index % 6 === 0 ? channels[index % 4 === 0 ? 0 : channels.length - 1] : undefined;
  const estimatedTime = estimates[n % estimates.length];
  const { isClosed, ...state } = standing(group, index);
  const follows = index % 10 === 1;
  return {
    _id: ids.task(group, index),
    serial: 1001 + n,
    name: `${subjects[index % subjects.length]}: ${place(index * 7 + n)}`,
    ...(n % 3 !== 1 && { info: 'Coordinate with the zone before going out.' }),
    taskGroup: ids.taskGroup(group),
    ...state,
    ...(n % 5 === 0 && { status1: zoneId(place(n)) }),
    ...people(n),
    ...dates(n, isClosed),
    ...(channel !== undefined && { channel: channelId(group, channel) }),
    ...(follows && { parent: ids.task(group, index - 1) }),
    ...(estimatedTime !== undefined && { estimatedTime }),
    ...((n % 15 === 14 || n % 4 === 0) && { isActive: n % 15 !== 14 }),
    extensions: n % 6 === 0 ? { erp: { order: `OT-${7000 + n}` } } : {},
    ...(n % 8 === 2 && { image: pictureOf(group, index) }),
    weight: index,
    indentation: follows ? 1 : 0,
  };
}

export function createTasks(): RawRecord[] {
  const rows = taskTable.flatMap((row) =>
    Array.from({ length: row.count }, (_, index) => ({ row, index })),
  );
  const oddities = taskOddities();
  return rows.map(({ row, index }, n) => {
    const record = task(row, index, n);
    return { ...record, ...oddities.get(record['_id']) };
  });
}
