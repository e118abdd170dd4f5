import type { RawRecord } from '../data.ts';
import { byIds, isActive, where } from '../filters.ts';
import { objectId } from '../ids.ts';
import { initialState, putInto, stateOf } from '../life/tasks.ts';
import { date } from '../query.ts';
import { field, isRecord, text, texts } from '../records.ts';
import { badRequest, forbidden } from '../refusal.ts';
import { inForm, taskIn, visibleTaskGroups } from './tasks.ts';
import { bodyOf, endpoint, find, type Incoming, written } from './endpoint.ts';

type Asked = Omit<Incoming, 'query'>;

/** What a new task may be given, and what each has to be. */
const FIELDS: Readonly<Record<string, (value: unknown, asked: Asked) => boolean>> = {
  name: (value) => typeof value === 'string' && value.trim() !== '',
  info: (value) => typeof value === 'string',
  startDate: (value) => typeof value === 'string' && date.read([value]) !== undefined,
  endDate: (value) => typeof value === 'string' && date.read([value]) !== undefined,
  assignee: (value, { data }) => data.users.some(({ _id }) => _id === value),
  smStateMachine: (value, { data, id }) =>
    data.stateMachines.some((one) => one['_id'] === value && one['taskGroup'] === id),
};

/** @throws Refusal 400 for what is missing, unknown or wrong */
function readBody(asked: Asked, fields: readonly string[], required: string): RawRecord {
  const body = bodyOf(asked, required);
  for (const [name, value] of Object.entries(body))
    if (!fields.includes(name) || FIELDS[name]?.(value, asked) === false)
      throw badRequest(name, 'is not what it has to be');
  return body;
}

/** @throws Refusal 404 where the caller sees no such task group, 403 where it may not change its tasks */
function checkMayWrite(asked: Asked): unknown {
  const taskGroup = find(visibleTaskGroups(asked), asked.id, 'task group');
  if (texts(taskGroup, 'requiredPermissions').length > 0 && !asked.caller.admin) throw forbidden();
  return taskGroup;
}

const BY_HAND: ReadonlySet<unknown> = new Set(['manual', 'task-ui', '*']);

/** Whether a person may take a task from one state to another by hand; in a free group all may be. */
function mayMove(taskGroup: unknown, from: unknown, target: RawRecord): boolean {
  if (text(taskGroup, 'flowType') === 'free') return true;
  const next = field(from, 'next');
  return (
    Array.isArray(next) &&
    next.some(
      (one) =>
        field(one, 'target') === target['_id'] &&
        texts(one, 'canChange').some((trigger) => BY_HAND.has(trigger)),
    )
  );
}

const now = (): string => new Date().toISOString();

export const taskWriteEndpoints = [
  endpoint(
    '/v1/tasks/{id}/task/create',
    {},
    (asked) => {
      const taskGroup = checkMayWrite(asked);
      const given = readBody(asked, Object.keys(FIELDS), 'name');
      const { data, id, caller } = asked;
      const moment = now();
      const task: RawRecord = {
        _id: objectId('task', `${id}/${data.tasks.length}/${moment}`),
        serial: Math.max(1000, ...data.tasks.map(({ serial }) => Number(serial) || 0)) + 1,
        taskGroup: id,
        smStateMachine: text(taskGroup, 'initialStateMachine'),
        ...given,
        ...{ createdBy: caller.userId, editors: [], followers: [], visibility: [] },
        ...{ createdAt: moment, isActive: true, extensions: {}, weight: 0, indentation: 0 },
      };
      task['smStateMachine'] ??= data.stateMachines.find((one) => one['taskGroup'] === id)?.['_id'];
      const state = initialState(data, task);
      if (state) putInto(task, state, moment);
      data.tasks.push(task);
      return inForm(written('tasks', task, asked), asked);
    },
    { method: 'POST' },
  ),
  endpoint(
    '/v1/tasks/{id}/task/{taskId}',
    {},
    (asked) => {
      const taskGroup = checkMayWrite(asked);
      const task = taskIn(asked) as RawRecord;
      const { smState } = readBody(asked, ['smState'], 'smState');
      const states = where(
        asked.data.states,
        byIds('stateMachine', [String(task['smStateMachine'])]),
      );
      const target = states.find((state) => field(state, '_id') === smState);
      if (!isRecord(target) || !isActive(target)) throw badRequest('smState', 'is no state of it');
      if (!mayMove(taskGroup, stateOf(asked.data, task['smState']), target))
        throw badRequest('smState', 'does not follow the state of the task');
      putInto(task, target, now());
      return inForm(written('tasks', task, asked), asked);
    },
    { method: 'PATCH' },
  ),
];
