import { CotalkerError } from '../cotalker/errors.ts';
import { linkTarget, toLinkType } from '../mapping/group.ts';
import { toStateType, toTriggers } from '../mapping/state-machine.ts';
import { toFlowType, toTaskView } from '../mapping/workflow.ts';
import { broken, type Check, given, held, some, Unmet } from './check.ts';
import { count, part } from './text.ts';

const machines: Check = {
  id: 'state-machines',
  title: 'GET /v1/tasks/{id}/sm/smstatemachine answers a bare array of state machines',
  holds: 'the gateway can read state machines.',
  breaks: 'stateMachine, stateMachines, and those of tasks fail.',
  look: async (survey) => {
    const { items } = await survey.machines();
    return held(`${count(items.length, 'state machines')} of one task group.`);
  },
};

const states: Check = {
  id: 'states',
  title: 'GET /v1/tasks/{id}/sm/smstate/all answers a bare array of their states',
  holds: 'all states of a task group, and the transitions, take one call.',
  breaks: 'the states of tasks and of state machines are null, or fail.',
  look: async (survey) => {
    const { items, records } = await survey.states();
    if (items.length === 0) throw new Unmet('The task group looked into has no states.');
    const { records: known } = await given(survey.machines(), 'state machines');
    const ids = new Set<string | null>(known.map(({ _id }) => _id));
    const own = records.filter(({ stateMachine }) => ids.has(stateMachine)).length;
    if (own === 0)
      return broken(`Of ${count(items.length, 'states')} none names a state machine of it.`);
    return held(`${part(own, items.length, 'states')} name one of its state machines.`);
  },
};

const statesOfTasks: Check = {
  id: 'task-states',
  title: 'smState of a task is the id of one of these states',
  holds: 'a task shows its state.',
  breaks: 'tasks show no state.',
  look: async (survey) => {
    const tasks = await some(survey.tasks(), 'tasks');
    const { records } = await some(survey.states(), 'states');
    const used = new Set(tasks.records.map(({ smState }) => smState).filter((id) => id !== null));
    const own = new Set(records.map(({ _id }) => _id));
    if (used.size === 0) throw new Unmet('None of the tasks has a state.');
    const known = used.intersection(own).size;
    // Old tasks may point to states that are gone; where all do, it is something else that they name.
    return known === 0
      ? broken(`Of ${count(used.size, 'states')} that tasks are in, none is among them.`)
      : held(`Of ${count(used.size, 'states')} that tasks are in, ${known} are among them.`);
  },
};

const values: Check = {
  id: 'enumerations',
  title: 'Fields with a fixed set of values hold no other',
  holds: 'the gateway can name them in its schema.',
  breaks: 'such fields fail with an error; a transition loses such a trigger.',
  look: async (survey) => {
    const { records: groups } = await given(survey.groups(), 'groups');
    const { records: taskGroups } = await given(survey.taskGroups(), 'task groups');
    const { records: states } = await given(survey.states(), 'states');
    const links = groups.filter((group) => linkTarget(group) !== null);
    const triggers = states.flatMap(({ next }) => next.flatMap((it) => it?.canChange ?? []));
    const fields = {
      'link.linkType': links.map(({ link }) => isTaken(toLinkType, link?.linkType)),
      flowType: taskGroups.map(({ flowType }) => isTaken(toFlowType, flowType)),
      defaultView: taskGroups.map(({ defaultView }) => isTaken(toTaskView, defaultView)),
      type: states.map(({ type }) => isTaken(toStateType, type)),
      canChange: triggers.map((trigger) => toTriggers([trigger]).length === 1),
    };
    const unknown = Object.entries(fields).filter(([, taken]) => taken.includes(false));
    if (unknown.length > 0)
      return broken(`There are other values in ${unknown.map(([field]) => field).join(', ')}.`);
    return held(`There is no other in ${Object.keys(fields).join(', ')}.`);
  },
};

/** Whether a value of an enumeration is one that the gateway knows. */
function isTaken(toEnum: (value: string | null) => unknown, value: string | null = null): boolean {
  try {
    toEnum(value);
    return true;
  } catch (error) {
    if (error instanceof CotalkerError) return false;
    throw error;
  }
}

export const workflowChecks: readonly Check[] = [machines, states, statesOfTasks, values];
