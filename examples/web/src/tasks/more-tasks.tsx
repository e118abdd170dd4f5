import { useQuery } from 'urql';
import { graphql } from '../gql/index.ts';
import { ProblemNotice } from '../problems/problem-notice.tsx';
import { below, problemsOf } from '../problems/problems.ts';
import { Skeleton } from '../skeleton.tsx';
import { TASK_COLUMNS, TaskPage } from './task-page.tsx';

const MORE_TASKS = graphql(`
  query MoreTasks($id: ID!, $after: String!) {
    group(id: $id) {
      ... on TaskGroup {
        tasks(after: $after) {
          ...TaskPage
        }
      }
    }
  }
`);

interface Props {
  /** The group's id. */
  readonly id: string;
  readonly after: string;
  readonly onMore: ((cursor: string) => void) | undefined;
}

export function MoreTasks({ id, after, onMore }: Props) {
  const [{ data, error, fetching }, ask] = useQuery({
    query: MORE_TASKS,
    variables: { id, after },
  });
  const problems = problemsOf(error);
  const group = data?.group;
  const page = group && 'tasks' in group ? group.tasks : null;
  const isLoading = fetching && !data;
  return (
    <>
      {(isLoading || problems.length > 0) && (
        <tbody>
          <tr>
            <td colSpan={TASK_COLUMNS}>
              {isLoading && <Skeleton what="more tasks" />}
              <ProblemNotice
                problems={problems}
                retry={{ again: () => ask({ requestPolicy: 'network-only' }), isTrying: fetching }}
              />
            </td>
          </tr>
        </tbody>
      )}
      {page && (
        <TaskPage
          groupId={id}
          page={page}
          problems={below(problems, 'group', 'tasks')}
          onMore={onMore}
          takesFocus
        />
      )}
    </>
  );
}
