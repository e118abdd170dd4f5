import './task-panel.css';
import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../gql/index.ts';
import { HeadBelow } from '../group/head-below.tsx';
import { Target } from '../links/target.tsx';
import type { KnownMenu } from '../menu/use-menu.ts';
import { Moment } from '../moment.tsx';
import { NotFound } from '../not-found.tsx';
import { Person } from '../person.tsx';
import { Missing, ProblemNotice } from '../problems/problem-notice.tsx';
import { below, problemsOf } from '../problems/problems.ts';
import { Skeleton } from '../skeleton.tsx';
import { channelAddress, taskAddress } from '../use-route.ts';
import { StatePill } from './state-pill.tsx';

const TASK = graphql(`
  query Task($id: ID!, $groupId: ID) {
    task(id: $id, groupId: $groupId) {
      serial
      name
      info
      isActive
      state {
        name
        type
      }
      statuses {
        slot
        name
        value
      }
      assignee {
        ...Person
      }
      createdBy {
        ...Person
      }
      startDate
      endDate
      modifiedAt
      estimatedDays
      weight
      parentId
      image {
        original
      }
      channel {
        id
        name
      }
    }
  }
`);

interface Props {
  readonly id: string;
  /** Null: the address does not name its group. */
  readonly groupId: string | null;
  readonly menu: KnownMenu;
}

/** What is known of one task; a value that could not be read says so in its place. */
export function TaskPanel({ id, groupId, menu }: Props) {
  const [{ data, error, fetching }, ask] = useQuery({
    query: TASK,
    variables: { id, groupId },
  });
  const all = problemsOf(error);
  const retry = { again: () => ask({ requestPolicy: 'network-only' }), isTrying: fetching };
  const task = data?.task;
  if (task === null && all.length === 0) return <NotFound what="task" />;
  const row = (label: string, field: string, value: ReactNode) => {
    const problems = below(all, 'task', field);
    // What a task does not have is no line.
    if (value == null && problems.length === 0) return null;
    return (
      <div key={label}>
        <dt>{label}</dt>
        <dd>{value ?? <Missing problems={problems} />}</dd>
      </div>
    );
  };
  return (
    <article className="group task" aria-busy={fetching}>
      <HeadBelow kind="Task" name={task?.name ?? 'Task'} groupId={groupId} menu={menu}>
        {task?.serial != null && <span className="serial">#{task.serial}</span>}
      </HeadBelow>
      <ProblemNotice problems={all} retry={retry} />
      {fetching && !data && <Skeleton what="the task" rows={6} />}
      {task && (
        <>
          {!task.isActive && <p className="note">This task is not in use.</p>}
          {task.info && <p className="task-text">{task.info}</p>}
          <dl>
            {row('State', 'state', task.state && <StatePill state={task.state} />)}
            {row('To be done by', 'assignee', task.assignee && <Person user={task.assignee} />)}
            {task.statuses?.map(({ slot, name: label, value }) =>
              row(label ?? `Status ${slot}`, 'statuses', value ?? <Missing problems={[]} />),
            ) ?? row('Statuses', 'statuses', null)}
            {row('Begins', 'startDate', task.startDate && <Moment at={task.startDate} />)}
            {row('Ends', 'endDate', task.endDate && <Moment at={task.endDate} />)}
            {row('Days of work', 'estimatedDays', task.estimatedDays)}
            {row('Weight', 'weight', task.weight)}
            {row(
              'Picture',
              'image',
              task.image && <Target url={task.image.original} text="Open" problems={[]} />,
            )}
            {row(
              'Channel',
              'channel',
              task.channel &&
                (groupId === null ? (
                  task.channel.name
                ) : (
                  <a href={channelAddress(groupId, task.channel.id)}>{task.channel.name}</a>
                )),
            )}
            {row(
              'Part of',
              'parentId',
              task.parentId && <a href={taskAddress(groupId, task.parentId)}>another task</a>,
            )}
            {row('Created by', 'createdBy', task.createdBy && <Person user={task.createdBy} />)}
            {row(
              'Changed',
              'modifiedAt',
              task.modifiedAt && <Moment at={task.modifiedAt} hasTime />,
            )}
          </dl>
        </>
      )}
    </article>
  );
}
