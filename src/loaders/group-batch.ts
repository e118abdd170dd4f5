import { isReadable } from '../cotalker/errors.ts';
import { linkTarget } from '../mapping/group.ts';
import type { GroupSource } from './group.ts';
import type { Loaders } from './index.ts';
import type { TaskGroupAnswers } from './task-group.ts';

/**
 * Groups that changed together. Each is an event with its own loaders. The first event looks up what all of them
 * need, so 100 groups take one call, not 100 calls in sequence.
 */
export interface GroupBatch {
  prepare(loaders: Loaders): void;
  conclude(loaders: Loaders): void;
}

/** How long an answer is used for the other events, in milliseconds: a caller may read them slowly. */
const MAX_AGE_MS = 2000;

export function createGroupBatch(sources: readonly GroupSource[]): GroupBatch {
  const ids = sources.flatMap(({ record }) =>
    isReadable(record) && linkTarget(record) === null ? [record._id] : [],
  );
  const answers: TaskGroupAnswers = new Map();
  let since = 0;
  return {
    prepare: ({ taskGroups }) => {
      if (performance.now() - since > MAX_AGE_MS) answers.clear();
      for (const [id, answer] of answers) taskGroups.answers.set(id, answer);
      taskGroups.expect(ids.filter((id) => !answers.has(id)));
    },
    conclude: ({ taskGroups }) => {
      if (answers.size === 0) since = performance.now();
      // A failed look-up may succeed the next time.
      for (const [id, answer] of taskGroups.answers)
        if (!(answer instanceof Error)) answers.set(id, answer);
    },
  };
}
