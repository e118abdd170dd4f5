import type { RawRecord, SandboxData } from '../data.ts';
import { isActive } from '../filters.ts';
import { field, isRecord, texts } from '../records.ts';
import type { Draw } from './draw.ts';

/** Task groups, by their `collectionName`. */
const BOARDS = ['recruitment', 'customer_quotes', 'network_incidents', 'it_support'];

/** A task moves on to a state that follows its own; one that has come to the end is opened again. */
export function moveTask(data: SandboxData, draw: Draw, moment: string): void {
  const board = draw(BOARDS);
  const taskGroup = data.taskGroups.find((one) => one['collectionName'] === board);
  const task = draw(
    data.tasks.filter(
      (one) =>
        one['taskGroup'] === field(taskGroup, '_id') &&
        isActive(one) &&
        texts(one, 'visibility').length === 0,
    ),
  );
  const state = task && (draw(statesAfter(data, task)) ?? initialState(data, task));
  if (!task || !state) return;

  putInto(task, state, moment);
}

/** Puts a task into a state. */
export function putInto(task: RawRecord, state: RawRecord, moment: string): void {
  task['smState'] = state['_id'];
  // Always together: the status is the property of the state (sheet, section 6).
  task['status'] = propertyOf(state);
  task['modifiedStateAt'] = moment;
  task['modifiedAt'] = moment;
  const isClosed = state['type'] === 'closed';
  task['closedAt'] = isClosed ? moment : null;
  task['resolutionDate'] = isClosed ? moment : null;
}

const propertyOf = ({ property }: RawRecord): unknown => field(property, '_id') ?? property;

export const stateOf = ({ states }: SandboxData, id: unknown): RawRecord | undefined =>
  states.find((state) => state['_id'] === id);

function statesAfter(data: SandboxData, task: RawRecord): RawRecord[] {
  const next = stateOf(data, task['smState'])?.['next'];
  if (!Array.isArray(next)) return [];
  return next
    .filter(isRecord)
    .map(({ target }) => stateOf(data, target))
    .filter((state) => state !== undefined)
    .filter((state) => isActive(state) && state['property'] !== undefined);
}

export function initialState(data: SandboxData, task: RawRecord): RawRecord | undefined {
  const machine = data.stateMachines.find((one) => one['_id'] === task['smStateMachine']);
  return stateOf(data, machine?.['initialState']);
}
