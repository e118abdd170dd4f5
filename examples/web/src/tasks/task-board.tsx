import './board.css';
import { useRef, useState } from 'react';
import { useQuery } from 'urql';
import type { CardFragment } from '../gql/graphql.ts';
import { type FragmentType, graphql, readFragment } from '../gql/index.ts';
import { ProblemNotice } from '../problems/problem-notice.tsx';
import { type Problem, problemsOf } from '../problems/problems.ts';
import type { Retry } from '../problems/retry-button.tsx';
import { Skeleton } from '../skeleton.tsx';
import { Card, CARD } from './card.tsx';
import { BOARD_MACHINE, type Column, columnsOf, targetsOf } from './columns.ts';
import { MoveMenu } from './move-menu.tsx';
import { MoveOutcome } from './move-outcome.tsx';
import { useMoves } from './use-moves.ts';

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

/** A task and the column that it is in. */
interface Place {
  readonly task: CardFragment;
  readonly from: Column;
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
  const askAgain = () => ask({ requestPolicy: 'network-only' });
  const board = useRef<HTMLDivElement>(null);
  const { move, refuse, moving, outcome, latest, dismiss } = useMoves(id, () => {
    retry.again();
    if (first.pageInfo.hasNextPage) askAgain();
  });
  const [dragged, setDragged] = useState<Place>();
  const [chosen, setChosen] = useState<Place>();
  const group = data?.group;
  const rest = group && 'tasks' in group ? group.tasks : null;
  const nodes = [...first.nodes, ...(rest?.nodes ?? [])].filter((node) => node !== null);
  const tasks = readFragment(CARD, nodes).map(latest);
  const columns = columnsOf(readFragment(BOARD_MACHINE, masked), tasks);
  const accepts = (column: Column) =>
    dragged !== undefined && targetsOf(dragged.from, columns).includes(column);
  return (
    <section aria-labelledby="tasks">
      <h2 id="tasks">
        Tasks {first.totalCount !== null && <span className="count">{first.totalCount}</span>}
      </h2>
      <ProblemNotice problems={problems.filter(({ path }) => path.length === 0)} retry={retry} />
      <ProblemNotice problems={problemsOf(error)} retry={{ again: askAgain, isTrying: fetching }} />
      <MoveOutcome
        moving={moving}
        outcome={outcome}
        dismiss={() => {
          dismiss();
          board.current?.focus({ preventScroll: true });
        }}
      />
      {rest?.pageInfo.hasNextPage && <p className="note">The first {tasks.length} tasks show.</p>}
      {fetching && !data && <Skeleton what="more tasks" rows={1} />}
      <div ref={board} className="board" role="group" aria-labelledby="tasks" tabIndex={0}>
        {columns.map((column) => (
          <section
            key={column.id}
            className="column"
            aria-label={column.name}
            data-type={column.type}
            data-accepts={accepts(column) || undefined}
            // Each other column takes a card, if only to say why it stays where it is.
            onDragOver={(event) => {
              if (dragged && dragged.from.id !== column.id) event.preventDefault();
            }}
            onDrop={(event) => {
              event.preventDefault();
              if (!dragged || dragged.from.id === column.id) return;
              (accepts(column) ? move : refuse)(dragged.task, dragged.from, column);
            }}
          >
            <h3>
              {column.name} <span className="count">{column.tasks.length}</span>
            </h3>
            <ul>
              {column.tasks.map((task) => (
                <Card
                  key={task.id}
                  groupId={id}
                  task={task}
                  movingTo={moving?.task.id === task.id ? moving.to : undefined}
                  takesFocus={outcome?.move.task.id === task.id}
                  onMove={
                    targetsOf(column, columns).length > 0
                      ? () => setChosen({ task, from: column })
                      : undefined
                  }
                  onDrag={(isDragged) => setDragged(isDragged ? { task, from: column } : undefined)}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {chosen && (
        <MoveMenu
          task={chosen.task}
          targets={targetsOf(chosen.from, columns)}
          onClose={(target) => {
            setChosen(undefined);
            if (target) move(chosen.task, chosen.from, target);
          }}
        />
      )}
    </section>
  );
}
