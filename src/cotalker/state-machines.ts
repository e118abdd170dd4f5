import * as z from 'zod';
import { type Item, readArray, readReference } from './envelope.ts';
import { dateTime, flag, list, objectId, recordOf, reference, text } from './fields.ts';
import { propertyRecord } from './properties.ts';
import type { Session } from './session.ts';

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
const requiredSurvey = z
  .union([
    objectId,
    z.object({ surveyId: reference, _id: reference }).transform((it) => it.surveyId ?? it._id),
  ])
  .nullish()
  .transform((value) => value ?? null);

/** COTSMState (sheet, section 3). `property` may be an id, or the property itself. */
export const stateRecord = recordOf({
  _id: objectId,
  stateMachine: reference,
  taskGroup: reference,
  type: text,
  property: z
    .union([objectId, propertyRecord])
    .nullish()
    .transform((value) => value ?? null),
  isActive: flag,
  next: list(z.object({ target: reference, canChange: list(z.string()), requiredSurvey })),
});
export type StateRecord = z.infer<typeof stateRecord>;

/** The state machine that a listed state names, as far as even a malformed one tells. */
export const machineOfState = ({ record, raw }: Item<StateRecord>): string | null | undefined =>
  record instanceof Error ? readReference(raw, 'stateMachine') : record.stateMachine;

/** The task group that a state or a state machine names, as far as even a malformed one tells. */
export const taskGroupOf = ({
  record,
  raw,
}: Item<StateRecord | StateMachineRecord>): string | null =>
  (record instanceof Error ? readReference(raw, 'taskGroup') : record.taskGroup) ?? null;

/**
 * `GET /v1/tasks/{taskGroupId}/sm/smstatemachine`: all state machines of a task group, and perhaps those of
 * others.
 */
export async function listStateMachines(
  session: Session,
  taskGroupId: string,
): Promise<Item<StateMachineRecord>[]> {
  const call = { template: '/v1/tasks/{id}/sm/smstatemachine', id: taskGroupId } as const;
  return readArray(await session.get(call), stateMachineRecord);
}

/**
 * `GET /v1/tasks/{taskGroupId}/sm/smstate/all`: all states of a task group's machines, or of the whole company
 * (sheet, section 3): see `Traits.states`.
 */
export async function listStates(
  session: Session,
  taskGroupId: string,
): Promise<Item<StateRecord>[]> {
  const call = { template: '/v1/tasks/{id}/sm/smstate/all', id: taskGroupId } as const;
  return readArray(await session.get(call), stateRecord);
}
