import { type FragmentType, graphql, readFragment } from '../gql/index.ts';
import { LoadMore } from '../load-more.tsx';
import { Moment } from '../moment.tsx';
import { Missing } from '../problems/problem-notice.tsx';
import { Person } from '../person.tsx';
import { below, type Problem } from '../problems/problems.ts';
import { takeFocus } from '../take-focus.ts';
import { taskAddress } from '../use-route.ts';
import { StatePill } from './state-pill.tsx';

const TASK_PAGE = graphql(`
  fragment TaskPage on TaskConnection {
    nodes {
      id
      serial
      name
      info
      state {
        name
        type
      }
      assignee {
        ...Person
      }
      modifiedAt
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
`);

export const TASK_COLUMNS = 4;

interface Props {
  readonly groupId: string;
  readonly page: FragmentType<typeof TASK_PAGE>;
  /** Those of the connection. */
  readonly problems: readonly Problem[];
  readonly onMore: ((cursor: string) => void) | undefined;
  /** The button that had the focus is gone: its first row takes it. */
  readonly takesFocus?: boolean;
}

/** The rows of a page; a value that could not be read says so in its cell. */
export function TaskPage({ groupId, page, problems, onMore, takesFocus = false }: Props) {
  const { nodes, pageInfo } = readFragment(TASK_PAGE, page);
  return (
    <tbody>
      {nodes.map((task, index) => {
        if (!task) return null;
        const at = (field: string) => below(problems, 'nodes', index, field);
        return (
          <tr key={task.id} tabIndex={-1} ref={takesFocus && index === 0 ? takeFocus : undefined}>
            <th scope="row">
              <a href={taskAddress(groupId, task.id)}>{task.name}</a>
              {task.serial !== null && <span className="serial">#{task.serial}</span>}
              {task.info && <p className="task-info">{task.info}</p>}
            </th>
            <td>
              {task.state ? <StatePill state={task.state} /> : <Missing problems={at('state')} />}
            </td>
            <td>
              {task.assignee ? (
                <Person user={task.assignee} />
              ) : (
                <Missing problems={at('assignee')} />
              )}
            </td>
            <td>{task.modifiedAt ? <Moment at={task.modifiedAt} /> : <Missing problems={[]} />}</td>
          </tr>
        );
      })}
      {onMore && pageInfo.hasNextPage && (
        <tr>
          <td colSpan={TASK_COLUMNS}>
            <LoadMore page={pageInfo} onMore={onMore} />
          </td>
        </tr>
      )}
    </tbody>
  );
}
