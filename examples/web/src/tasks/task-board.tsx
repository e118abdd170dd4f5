import './board.css';
import { useQuery } from 'urql';
import { type FragmentType, graphql, readFragment } from '../gql/index.ts';
import { Person } from '../person.tsx';
import { ProblemNotice } from '../problems/problem-notice.tsx';
import { type Problem, problemsOf } from '../problems/problems.ts';
import type { Retry } from '../problems/retry-button.tsx';
import { Skeleton } from '../skeleton.tsx';
import { BOARD_MACHINE, columnsOf } from './columns.ts';

const CARD = graphql(`
  fragment Card on Task {
    id
    serial
    name
    state {
      id
    }
    assignee {
      ...Person
    }
  }
`);

const FIRST_BOARD_TASKS = graphql(`
  fragment FirstBoardTasks on TaskConnection {
    totalCount
    nodes {
      ...Card
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
`);

const REST = graphql(`
  query BoardTasks($id: ID!, $after: String!) {
    group(id: $id) {
      ... on TaskGroup {
        tasks(first: 500, after: $after) {
          nodes {
            ...Card
          }
          pageInfo {
            hasNextPage
          }
        }
      }
    }
  }
`);

interface Props {
  /** The group's id. */
  readonly id: string;
  readonly machines: readonly FragmentType<typeof BOARD_MACHINE>[];
  readonly first: FragmentType<typeof FIRST_BOARD_TASKS>;
  /** Those of `tasks`. */
  readonly problems: readonly Problem[];
  readonly retry: Retry;
}

/** The tasks in columns: the first come with the panel, the rest at once after them. */
export function TaskBoard({ id, machines: masked, first: maskedFirst, problems, retry }: Props) {
  const first = readFragment(FIRST_BOARD_TASKS, maskedFirst);
  const after = first.pageInfo.endCursor ?? '';
  const [{ data, error, fetching }, ask] = useQuery({
    query: REST,
    variables: { id, after },
    pause: !first.pageInfo.hasNextPage,
  });
  const group = data?.group;
  const rest = group && 'tasks' in group ? group.tasks : null;
  const nodes = [...first.nodes, ...(rest?.nodes ?? [])].filter((node) => node !== null);
  const tasks = readFragment(CARD, nodes);
  const restProblems = problemsOf(error);
  const columns = columnsOf(readFragment(BOARD_MACHINE, masked), tasks);
  return (
    <section aria-labelledby="tasks">
      <h2 id="tasks">
        Tasks {first.totalCount !== null && <span className="count">{first.totalCount}</span>}
      </h2>
      <ProblemNotice problems={problems.filter(({ path }) => path.length === 0)} retry={retry} />
      <ProblemNotice
        problems={restProblems}
        retry={{ again: () => ask({ requestPolicy: 'network-only' }), isTrying: fetching }}
      />
      {rest?.pageInfo.hasNextPage && <p className="note">The first {tasks.length} tasks show.</p>}
      {fetching && !data && <Skeleton what="more tasks" rows={1} />}
      <div className="board" role="group" aria-labelledby="tasks" tabIndex={0}>
        {columns.map(({ id: state, name, type, tasks: inside }) => (
          <section key={state} className="column" aria-label={name} data-type={type}>
            <h3>
              {name} <span className="count">{inside.length}</span>
            </h3>
            <ul>
              {inside.map((task) => (
                <li key={task.id} className="task-card">
                  {task.name}
                  {task.serial !== null && <span className="serial">#{task.serial}</span>}
                  {task.assignee && (
                    <p className="task-info">
                      <Person user={task.assignee} />
                    </p>
                  )}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  );
}
