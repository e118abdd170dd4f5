import './tasks.css';
import './task-panel.css';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../gql/index.ts';
import { LoadMore } from '../load-more.tsx';
import { Moment } from '../moment.tsx';
import { ProblemNotice } from '../problems/problem-notice.tsx';
import { below, elsewhere, problemsOf } from '../problems/problems.ts';
import { Skeleton } from '../skeleton.tsx';
import { takeFocus } from '../take-focus.ts';
import { groupAddress, taskAddress } from '../use-route.ts';
import { StatePill } from './state-pill.tsx';

/** Cotalker has no list of a person's tasks: each task group is read, so a page has few of them. */
const MY_TASKS = graphql(`
  query MyTasks($after: String) {
    groups(first: 10, after: $after, filter: { type: TASK }) {
      nodes {
        __typename
        ... on TaskGroup {
          id
          name
          tasks(first: 100, filter: { mine: true }) {
            nodes {
              id
              serial
              name
              modifiedAt
              state {
                name
                type
              }
            }
            pageInfo {
              hasNextPage
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** The tasks that the person of the token is to do, a few task groups at a time. */
export function MyTasks() {
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  return (
    <article className="group">
      <header>
        <title>My tasks – Cotalker menu</title>
        <h1 tabIndex={-1} ref={takeFocus}>
          My tasks
        </h1>
      </header>
      {cursors.map((after, index) => (
        <SomeGroups
          key={after}
          after={after}
          onMore={
            index === cursors.length - 1 ? (cursor) => setCursors([...cursors, cursor]) : undefined
          }
        />
      ))}
    </article>
  );
}

interface Props {
  readonly after: string | null;
  readonly onMore: ((cursor: string) => void) | undefined;
}

function SomeGroups({ after, onMore }: Props) {
  const [{ data, error, fetching }, ask] = useQuery({ query: MY_TASKS, variables: { after } });
  const problems = problemsOf(error);
  const retry = { again: () => ask({ requestPolicy: 'network-only' }), isTrying: fetching };
  const page = data?.groups;
  const groups = (page?.nodes ?? []).flatMap((group, index) => {
    if (group?.__typename !== 'TaskGroup') return [];
    const its = below(problems, 'groups', 'nodes', index);
    return group.tasks?.nodes.length === 0 ? [] : [{ ...group, problems: its }];
  });
  const isAll = page?.pageInfo.hasNextPage === false;
  return (
    <div role="group" aria-label="Tasks by group" aria-busy={fetching}>
      <ProblemNotice
        problems={[...elsewhere(problems, ['groups']), ...ofNoGroup(problems)]}
        retry={retry}
      />
      {fetching && !data && <Skeleton what="your tasks" rows={6} />}
      {groups.map(({ id, name, tasks, problems: its }, index) => (
        <section key={id} aria-labelledby={`mine-${id}`}>
          <h2
            id={`mine-${id}`}
            tabIndex={-1}
            ref={after !== null && index === 0 ? takeFocus : undefined}
          >
            <a href={groupAddress(id)}>{name}</a>
          </h2>
          <ProblemNotice problems={its} retry={retry} />
          <ul className="my-tasks">
            {tasks?.nodes.map(
              (task) =>
                task && (
                  <li key={task.id}>
                    <a href={taskAddress(id, task.id)}>
                      {task.name}
                      {task.serial !== null && <span className="serial">#{task.serial}</span>}
                    </a>
                    {task.state && <StatePill state={task.state} />}
                    <span className="when">
                      {task.state?.type === 'CLOSED' && 'closed · '}
                      {task.modifiedAt && (
                        <>
                          changed <Moment at={task.modifiedAt} />
                        </>
                      )}
                    </span>
                  </li>
                ),
            )}
          </ul>
          {tasks?.pageInfo.hasNextPage && <p className="note">The first 100 show.</p>}
        </section>
      ))}
      {page && groups.length === 0 && problems.length === 0 && (
        <p className="empty">
          {after === null && isAll ? 'You have no tasks.' : 'None in these groups.'}
        </p>
      )}
      {page && <LoadMore page={page.pageInfo} onMore={onMore} />}
    </div>
  );
}

/** Those of the list of groups itself; each group tells its own. */
const ofNoGroup = (problems: ReturnType<typeof problemsOf>) =>
  below(problems, 'groups').filter(
    ({ path: [field, index] }) => field !== 'nodes' || index == null,
  );
