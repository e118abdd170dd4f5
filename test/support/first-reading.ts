import type { KnownTraits } from '../../src/cotalker/traits/index.ts';

/**
 * The reading that the documentation suggests first, and the sandbox follows unless it is told otherwise: each
 * `count` a total, ids as repeated keys, states of the task group alone.
 */
export const FIRST_READING: KnownTraits = {
  counts: {
    groups: 'total',
    channels: 'total',
    taskGroups: 'total',
    tasks: 'total',
    properties: 'total',
    users: 'total',
  },
  batches: { properties: { way: 'repeated', most: 100 }, users: { way: 'repeated', most: 30 } },
  states: 'taskGroup',
};
