import './tasks.css';
import { useState } from 'react';
import { type FragmentType, graphql, readFragment } from '../gql/index.ts';
import { ProblemNotice } from '../problems/problem-notice.tsx';
import type { Problem } from '../problems/problems.ts';
import type { Retry } from '../problems/retry-button.tsx';
import { MoreTasks } from './more-tasks.tsx';
import { TaskPage } from './task-page.tsx';

const FIRST_TASKS = graphql(`
  fragment FirstTasks on TaskConnection {
    totalCount
    ...TaskPage
  }
`);

interface Props {
  /** The group's id. */
  readonly id: string;
  /** Null: it could not be read, see `problems`. */
  readonly first: FragmentType<typeof FIRST_TASKS> | null;
  /** Those of `tasks`. */
  readonly problems: readonly Problem[];
  readonly retry: Retry;
}

/** The first page comes with the panel, each further one by a request of its own: one that fails fails alone. */
export function TaskList({ id, first: masked, problems, retry }: Props) {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const first = readFragment(FIRST_TASKS, masked);
  const addPage = (cursor: string) => setCursors([...cursors, cursor]);
  const isEmpty = first?.totalCount === 0;
  return (
    <section aria-labelledby="tasks">
      <h2 id="tasks">
        Tasks {first?.totalCount != null && <span className="count">{first.totalCount}</span>}
      </h2>
      <ProblemNotice problems={problems} retry={retry} />
      {isEmpty && <p className="empty">No tasks yet.</p>}
      {first && !isEmpty && (
        <div className="tasks-scroll" role="group" aria-labelledby="tasks" tabIndex={0}>
          <table className="tasks" aria-labelledby="tasks">
            <thead>
              <tr>
                <th scope="col">Task</th>
                <th scope="col">State</th>
                <th scope="col">Assignee</th>
                <th scope="col">Changed</th>
              </tr>
            </thead>
            <TaskPage
              groupId={id}
              page={first}
              problems={problems}
              onMore={cursors.length === 0 ? addPage : undefined}
            />
            {cursors.map((after, index) => (
              <MoreTasks
                key={after}
                id={id}
                after={after}
                onMore={index === cursors.length - 1 ? addPage : undefined}
              />
            ))}
          </table>
        </div>
      )}
    </section>
  );
}
