import { CotalkerError } from '../src/cotalker/errors.ts';
import { linkTarget, toLinkType } from '../src/mapping/group.ts';
import { toFlowType, toStateType, toTaskView, toTriggers } from '../src/mapping/state-machine.ts';
import { broken, type Check, given, held, some, Unmet } from './check.ts';
import { idAt, valueOf } from './raw.ts';
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
    const own = records.filter(({ stateMachine }) => ids.has(valueOf(stateMachine))).length;
    if (own === 0)
      return broken(`Of ${count(items.length, 'states')} none names a state machine of it.`);
    return held(`${part(own, items.length, 'states')} name one of its state machines.`);
  },
};

const scope: Check = {
  id: 'states-scope',
  title: 'smstate/all lists the states of the task group, or those of the whole company',
  holds: 'the states of a task group are those that name it.',
  breaks: 'state machines show states of other task groups.',
  look: async (survey) => {
    const { raw } = await some(survey.states(), 'states');
    const { records } = await given(survey.machines(), 'state machines');
    const own = new Set<string | undefined>([
      await survey.workflow(),
      ...records.map(({ _id }) => _id),
    ]);
    const isOwn = (state: unknown): boolean =>
      own.has(idAt(state, 'taskGroup')) || own.has(idAt(state, 'stateMachine'));
    const others = raw.filter((state) => !isOwn(state)).length;
    survey.learnt.states = others === 0 ? 'taskGroup' : 'company';
    return others === 0
      ? held('All are of the task group asked for.')
      : held(
          `${part(others, raw.length, 'states')} are of other task groups.`,
          'one call has the states of all task groups of a query.',
        );
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
    const used = new Set(
      tasks.records.map(({ smState }) => valueOf(smState)).filter((id) => id !== null),
    );
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
    const triggers = states
      .flatMap(({ next }) => valueOf(next) ?? [])
      .flatMap((transition) => valueOf(valueOf(transition)?.canChange) ?? [])
      .map(valueOf)
      .filter((trigger) => trigger !== null);
    const fields = {
      'link.linkType': links.map(({ link }) =>
        isTaken(toLinkType, valueOf(valueOf(link)?.linkType)),
      ),
      flowType: taskGroups.map(({ flowType }) => isTaken(toFlowType, valueOf(flowType))),
      defaultView: taskGroups.map(({ defaultView }) => isTaken(toTaskView, valueOf(defaultView))),
      type: states.map(({ type }) => isTaken(toStateType, valueOf(type))),
      canChange: triggers.map((trigger) => toTriggers([trigger]).length > 0),
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

export const workflowChecks: readonly Check[] = [machines, states, scope, statesOfTasks, values];
