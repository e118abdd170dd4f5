import type {
  StateMachineResolvers,
  StateResolvers,
  StateTransitionResolvers,
  WorkflowResolvers,
} from '../generated/resolvers.ts';
import { toStateType } from '../mapping/state-machine.ts';
import { toFlowType, toTaskView } from '../mapping/workflow.ts';

export const Workflow: Required<Pick<WorkflowResolvers, 'flowType' | 'defaultView'>> = {
  flowType: ({ flowTypeName }) => toFlowType(flowTypeName),
  defaultView: ({ defaultViewName }) => toTaskView(defaultViewName),
};

export const StateMachine: Required<Pick<StateMachineResolvers, 'initialState' | 'states'>> = {
  initialState: ({ taskGroupId, initialStateId }, _, { loaders }) =>
    loaders.stateMachines.state(taskGroupId, initialStateId),
  states: ({ taskGroupId, id }, _, { loaders }) => loaders.stateMachines.states(taskGroupId, id),
};

export const State: Required<Pick<StateResolvers, 'name' | 'code' | 'type'>> = {
  name: async ({ property }, _, { loaders }) =>
    (await loaders.stateNames.of(property))?.name ?? null,
  code: async ({ property }, _, { loaders }) =>
    (await loaders.stateNames.of(property))?.code ?? null,
  type: ({ typeName }) => toStateType(typeName),
};

export const StateTransition: Required<Pick<StateTransitionResolvers, 'to'>> = {
  to: ({ taskGroupId, toId }, _, { loaders }) => loaders.stateMachines.state(taskGroupId, toId),
};
