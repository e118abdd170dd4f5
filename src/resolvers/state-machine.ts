import type {
  StateMachineResolvers,
  StateResolvers,
  StateTransitionResolvers,
  WorkflowResolvers,
} from '../generated/resolvers.ts';
import {
  type StateMachineModel,
  type StateModel,
  type StateTransitionModel,
  toFlowType,
  toStateType,
  toTaskView,
  type WorkflowModel,
} from '../mapping/state-machine.ts';
import { type Edges, follow } from './edges.ts';

export const Workflow: Edges<WorkflowResolvers, WorkflowModel> = {
  flowType: ({ flowTypeName }) => toFlowType(flowTypeName),
  defaultView: ({ defaultViewName }) => toTaskView(defaultViewName),
};

export const StateMachine: Edges<StateMachineResolvers, StateMachineModel> = {
  initialState: ({ taskGroupId, initialStateId }, _, { loaders }, info) =>
    follow(initialStateId, (id) => loaders.stateMachines.state(taskGroupId, id), info),
  states: ({ taskGroupId, id }, _, { loaders }) => loaders.stateMachines.states(taskGroupId, id),
};

export const State: Edges<StateResolvers, StateModel> = {
  name: async ({ property }, _, { loaders }) =>
    (await loaders.stateNames.of(property))?.name ?? null,
  code: async ({ property }, _, { loaders }) =>
    (await loaders.stateNames.of(property))?.code ?? null,
  type: ({ typeName }) => toStateType(typeName),
  tasks: ({ taskGroupId, id }, args, { loaders }) => loaders.tasks.inState(taskGroupId, id, args),
};

export const StateTransition: Edges<StateTransitionResolvers, StateTransitionModel> = {
  to: ({ taskGroupId, toId }, _, { loaders }) =>
    follow(toId, (id) => loaders.stateMachines.state(taskGroupId, id)),
};
