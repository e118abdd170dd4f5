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
 * @param after `refusal`: Cotalker has refused the move. Nothing that is remembered counts then, and a form that each way
 *   by hand names is what it wants. Before, whether it wants that form is for Cotalker to say: the sheet does not.
 */
export async function hindranceOfMove(
  { session, loaders }: Desk,
  task: WhereTaskIs,
  stateId: string,
  after?: 'refusal',
): Promise<Hindrance | undefined> {
  if (after === undefined) {
    const known = await look(loaders.stateMachines, task, stateId);
    if (known === undefined || !session.memory.hasServed()) return known;
  }
  return look(createStateMachineLoader(freshly(session), loaders.stateNames), task, stateId, after);
}

export type WhereTaskIs = Pick<TaskModel, 'taskGroupId' | 'stateId'>;

/** What a person may not read hinders nobody: whether they may write, Cotalker says. */
const CANNOT_TELL: ReadonlySet<string> = new Set(['FORBIDDEN', 'NOT_FOUND']);

async function look(
  machines: StateMachineLoader,
  task: WhereTaskIs,
  stateId: string,
  after?: 'refusal',
): Promise<Hindrance | undefined> {
  try {
    return await hindranceBy(machines, task, stateId, after);
  } catch (error) {
    if (error instanceof CotalkerError && CANNOT_TELL.has(error.code)) return undefined;
    throw error;
  }
}

async function hindranceBy(
  machines: StateMachineLoader,
  { taskGroupId, stateId: from }: WhereTaskIs,
  stateId: string,
  after?: 'refusal',
): Promise<Hindrance | undefined> {
  const state = typeof from === 'string' ? await machines.state(taskGroupId, from) : null;
  if (state === null || state.transitions.some(({ toId }) => toId instanceof Error))
    return undefined;
  const ways = state.transitions.filter(({ toId }) => toId === stateId);
  // A way without a trigger is one that this version does not know.
  const byHand = ways.filter(({ by }) => by.includes('MANUAL') || by.length === 0);
  if (byHand.length > 0) {
    const forms = byHand.map(({ requiredSurveyId }) => requiredSurveyId);
    const [form = null] = forms.filter((id) => typeof id === 'string');
    const isWanted = after !== undefined && forms.every((id) => typeof id === 'string');
    return isWanted ? formRequired(form) : undefined;
  }
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
