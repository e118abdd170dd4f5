import { readProperty } from './property.ts';
import {
  isObject,
  readList,
  readObject,
  recordOf,
  type RecordOf,
  readFlag,
  readId,
  readText,
} from './fields.ts';
import { readMoment } from './moment.ts';

/** The slots of a machine's tasks, in their order: `status1` to `status5`. */
export const SLOTS = [1, 2, 3, 4, 5].map((slot) => `status${slot}`);

/** The types of properties that its tasks have in their slots, and which of the slots are in use. */
const readSlots = (value: unknown) =>
  readObject(value, (raw) => ({
    types: SLOTS.map((slot) => readProperty(raw[slot])),
    isActive: Array.isArray(raw['isActive'])
      ? readList(raw['isActive'], readText)
      : readFlag(raw['isActive']),
  }));

/** COTSMStateMachine (sheet, section 3). */
export const stateMachineRecord = recordOf((raw, _id) => ({
  _id,
  taskGroup: readId(raw['taskGroup']),
  name: readText(raw['name']),
  code: readText(raw['code']),
  isActive: readFlag(raw['isActive']),
  initialState: readId(raw['initialState']),
  dynamicPropertyTypes: readSlots(raw['dynamicPropertyTypes']),
  createdAt: readMoment(raw['createdAt']),
}));
export type StateMachineRecord = RecordOf<typeof stateMachineRecord>;

/** A survey is named by its id, or by an object that holds it. */
const readSurvey = (value: unknown) =>
  isObject(value)
    ? { surveyId: readId(value['surveyId']), _id: readId(value['_id']) }
    : readId(value);

/** What may take a task along a transition; a single one may come without its list. */
const readTriggers = (value: unknown) =>
  typeof value === 'string' ? [value] : readList(value, readText);

const readTransition = (value: unknown) =>
  readObject(value, (raw) => ({
    target: readId(raw['target']),
    canChange: readTriggers(raw['canChange']),
    requiredSurvey: readSurvey(raw['requiredSurvey']),
  }));

/** COTSMState (sheet, section 3). */
export const stateRecord = recordOf((raw, _id) => ({
  _id,
  stateMachine: readId(raw['stateMachine']),
  taskGroup: readId(raw['taskGroup']),
  type: readText(raw['type']),
  property: readProperty(raw['property']),
  isActive: readFlag(raw['isActive']),
  next: readList(raw['next'], readTransition),
}));
export type StateRecord = RecordOf<typeof stateRecord>;
