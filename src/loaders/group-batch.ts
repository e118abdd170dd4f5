import type { Loaders } from './index.ts';
import type { Index } from './task-group-index.ts';

/**
 * Groups that changed together. Each is an event with its own loaders. The first event lists the task groups for all
 * of them, so 100 groups take one call, not 100 calls in sequence.
 */
export interface GroupBatch {
  /** Call it before an event is executed. */
  prepare(loaders: Loaders): void;
  /** Call it after the event. */
  conclude(loaders: Loaders): void;
}

/** How long the list is used for the other events, in milliseconds: a caller may read them slowly. */
const MAX_AGE_MS = 2000;

export function createGroupBatch(): GroupBatch {
  let index: Index | undefined;
  let since = 0;
  return {
    prepare: ({ taskGroups }) => {
      if (performance.now() - since <= MAX_AGE_MS) taskGroups.index = index;
    },
    conclude: ({ taskGroups }) => {
      if (taskGroups.index === index) return;
      index = taskGroups.index;
      since = performance.now();
    },
  };
}
