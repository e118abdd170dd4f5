import { CotalkerError } from '../cotalker/errors.ts';
import { freshly } from '../cotalker/session.ts';
import { createStateMachineLoader, type StateMachineLoader } from '../loaders/state-machine.ts';
import type { StateModel } from '../mapping/state-machine.ts';
import type { TaskModel } from '../mapping/task.ts';
import type { Desk } from './desk.ts';
import { formRequired, type Hindrance, notANextState } from './hindrance.ts';

/**
 * Why a person cannot move a task to a state by hand; undefined where they can. It is also undefined where that is for
 * Cotalker to say, since the state's transitions cannot be read. Before what is remembered hinders anybody,
 * Cotalker is asked: `GET /v1/tasks/{taskGroupId}/sm/smstate/all`.
 *
 * @param asking `anew`: nothing that is remembered counts.
 */
export async function hindranceOfMove(
  { session, loaders }: Desk,
  task: TaskModel,
  stateId: string,
  asking?: 'anew',
): Promise<Hindrance | undefined> {
  if (asking === undefined) {
    const known = await look(loaders.stateMachines, task, stateId);
    if (known === undefined || !session.memory.hasServed()) return known;
  }
  return look(createStateMachineLoader(freshly(session), loaders.stateNames), task, stateId);
}

/** What a person may not read hinders nobody: whether they may write, Cotalker says. */
const CANNOT_TELL: ReadonlySet<string> = new Set(['FORBIDDEN', 'NOT_FOUND']);

async function look(
  machines: StateMachineLoader,
  task: TaskModel,
  stateId: string,
): Promise<Hindrance | undefined> {
  try {
    return await hindranceBy(machines, task, stateId);
  } catch (error) {
    if (error instanceof CotalkerError && CANNOT_TELL.has(error.code)) return undefined;
    throw error;
  }
}

async function hindranceBy(
  machines: StateMachineLoader,
  { taskGroupId, stateId: from }: TaskModel,
  stateId: string,
): Promise<Hindrance | undefined> {
  const state = typeof from === 'string' ? await machines.state(taskGroupId, from) : null;
  if (state === null || state.transitions.some(({ toId }) => toId instanceof Error))
    return undefined;
  const ways = state.transitions.filter(({ toId }) => toId === stateId);
  const triggers = ways.flatMap(({ by }) => by);
  // A way without a trigger is one that this version does not know.
  if (triggers.includes('MANUAL') || ways.some(({ by }) => by.length === 0)) return undefined;
  const form = ways.find(({ by }) => by.includes('SURVEY'));
  if (form !== undefined)
    return formRequired(typeof form.requiredSurveyId === 'string' ? form.requiredSurveyId : null);
  return notANextState(await statesByHand(machines, taskGroupId, state));
}

async function statesByHand(
  machines: StateMachineLoader,
  taskGroupId: string,
  { transitions }: StateModel,
): Promise<StateModel[]> {
  const ids = transitions
    .filter(({ by }) => by.includes('MANUAL'))
    .flatMap(({ toId }) => (typeof toId === 'string' ? toId : []));
  const states = await Promise.all([...new Set(ids)].map((id) => machines.state(taskGroupId, id)));
  return states.filter((state) => state !== null).filter(({ isActive }) => isActive);
}
