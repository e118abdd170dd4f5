import * as z from 'zod';
import { isReadable } from '../errors.ts';
import type { Item } from './envelope.ts';
import { propertyNames } from './property.ts';
import { dateTime, flag, list, object, objectId, recordOf, reference, text } from './fields.ts';

/** COTSMStateMachine (sheet, section 3). */
export const stateMachineRecord = recordOf({
  _id: objectId,
  taskGroup: reference,
  name: text,
  code: text,
  isActive: flag,
  initialState: reference,
  createdAt: dateTime,
});
export type StateMachineRecord = z.infer<typeof stateMachineRecord>;

/** A survey is named by its id, or by an object that holds it. */
const requiredSurvey = z.union([z.object({ surveyId: reference, _id: reference }), reference]);

/** What may take a task along a transition; a single one may come without its list. */
const triggers = z.union([z.string().transform((trigger) => [trigger]), list(text)]);

/** COTSMState (sheet, section 3). `property` may be an id, or the property itself. */
export const stateRecord = recordOf({
  _id: objectId,
  stateMachine: reference,
  taskGroup: reference,
  type: text,
  property: z.union([z.object({ _id: reference, ...propertyNames }), reference]),
  isActive: flag,
  next: list(object({ target: reference, canChange: triggers, requiredSurvey })),
});
export type StateRecord = z.infer<typeof stateRecord>;

const machineOnly = recordOf({ stateMachine: reference });

/** The state machine that a listed state names, null for none; undefined where that cannot be read. */
export function machineOfState({ record, raw }: Item<StateRecord>): string | null | undefined {
  const machine = isReadable(record)
    ? record.stateMachine
    : machineOnly.safeParse(raw).data?.stateMachine;
  return isReadable(machine) ? machine : undefined;
}

/** The task group that a state or a state machine names; null where it names none, or that cannot be read. */
export function taskGroupOf({ record }: Item<StateRecord | StateMachineRecord>): string | null {
  const taskGroup = isReadable(record) ? record.taskGroup : null;
  return isReadable(taskGroup) ? taskGroup : null;
}
