import type { RawRecord } from '../data.ts';
import { ids } from './ids.ts';
import { patterns, type PatternState } from './patterns.ts';
import { planted } from './planted.ts';
import { stateProperty, statePropertyId } from './properties.ts';
import { at } from './times.ts';
import { type WorkflowRow, workflows } from './workflow-table.ts';

export function createTaskGroups(): RawRecord[] {
  return workflows.map((row, index) => ({
    _id: ids.taskGroup(row.group),
    group: ids.group(row.group),
    collectionName: row.group,
    flowType: row.free ? 'free' : 'state-machine',
    defaultView: row.view,
    ...(!row.free && { initialStateMachine: ids.stateMachine(row.machines[0].code) }),
    ...(row.hideClosedAfterDays !== undefined && { hideClosedAfterDays: row.hideClosedAfterDays }),
    defaultFilter: null,
    ...(index % 2 === 0 && { botUser: null }),
    isActive: !row.inactive,
    createdAt: at(20 + index * 9),
    modifiedAt: at(1000 - ((index * 37) % 90)),
    requiredPermissions: row.approversOnly ? ['approver'] : [],
  }));
}

/** Tasks are tagged with their zone, and some with more. */
function dynamicPropertyTypes(index: number): RawRecord {
  const status2 = index % 3 === 0 ? ids.propertyType('priority') : null;
  return {
    ...{ status1: ids.propertyType('zone'), status2, status3: null, status4: null, status5: null },
    isActive: ['status1', ...(status2 === null ? [] : ['status2'])],
  };
}

export function createStateMachines(): RawRecord[] {
  return workflows.flatMap(({ group, machines }, index) =>
    machines.map(({ code, name, pattern, inactive }) => ({
      _id: ids.stateMachine(code),
      taskGroup: ids.taskGroup(group),
      name,
      code,
      initialState:
        ids.stateMachine(code) === planted.stateMachines.unknownInitialState
          ? planted.unknownState
          : ids.state(code, patterns[pattern][0].code),
      propertyType: pattern,
      dynamicPropertyTypes: dynamicPropertyTypes(index),
      ...(inactive && { isActive: false }),
      createdAt: at(20 + index * 9, 5),
    })),
  );
}

function transitions(machine: string, state: PatternState): RawRecord[] {
  return state.next.map(([to, ...triggers]) => ({
    target: ids.state(machine, to),
    canChange: triggers,
    requiredSurvey: triggers.includes('survey') ? ids.survey(`${machine}/${to}`) : null,
    permissions: [],
  }));
}

function states({ group, machines }: WorkflowRow, index: number): RawRecord[] {
  return machines.flatMap((machine) =>
    patterns[machine.pattern].map((state: PatternState, place) => ({
      _id: ids.state(machine.code, state.code),
      stateMachine: ids.stateMachine(machine.code),
      taskGroup: ids.taskGroup(group),
      type: state.type,
      ...(state.display !== null && {
        // The upstream populates it in some answers and not in others.
        property:
          (index + place) % 3 === 0
            ? stateProperty(machine.pattern, state.code, state.display)
            : statePropertyId(machine.pattern, state.code),
      }),
      ...((state.inactive || place === 0) && { isActive: !state.inactive }),
      next: transitions(machine.code, state),
      createdAt: at(20 + index * 9, 10),
      modifiedAt: at(21 + index * 9, place),
    })),
  );
}

export function createStates(): RawRecord[] {
  return workflows.flatMap(states);
}
