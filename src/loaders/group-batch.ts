import { isReadable } from '../cotalker/errors.ts';
import { linkTarget } from '../mapping/group.ts';
import type { GroupSource } from './group.ts';
import type { Loaders } from './index.ts';
import type { TaskGroupAnswers } from './task-group.ts';

/**
 * Groups that changed together. Each is told by an event with loaders of its own; what the first of them looks
 * up is looked up for all, so that 100 groups take one call and not 100, one after the other.
 */
export interface GroupBatch {
  /** To be called before an event is executed. */
  prepare(loaders: Loaders): void;
  /** To be called after it. */
  conclude(loaders: Loaders): void;
}

/** How long an answer serves the other events, in milliseconds: a caller may take them slowly. */
const MAX_AGE_MS = 2000;

/** @param sources All of one list and one caller. */
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
      // What has failed may pass the next time.
      for (const [id, answer] of taskGroups.answers)
        if (!(answer instanceof Error)) answers.set(id, answer);
    },
  };
}
