import './group.css';
import { useQuery } from 'urql';
import { graphql } from '../gql/index.ts';
import { ProblemNotice } from '../problems/problem-notice.tsx';
import { below, elsewhere, problemsOf } from '../problems/problems.ts';
import { MENU_ADDRESS } from '../use-route.ts';
import { GroupBody } from './group-body.tsx';
import { GroupHead } from './group-head.tsx';
import { GroupChildren } from './group-children.tsx';

/** Everything the panel shows, with the first page of each list, in one request. */
const GROUP = graphql(`
  query Group($id: ID!) {
    group(id: $id) {
      ...GroupHead
      ...GroupChildren
      ...GroupBody
    }
  }
`);

/** What of a group has a place of its own in the panel, and shows its problems there. */
const PLACES = ['actions', 'children', 'channels', 'tasks', 'stateMachine', 'url'];

export function GroupPanel({ id }: { readonly id: string }) {
  const [{ data, error, fetching }, ask] = useQuery({ query: GROUP, variables: { id } });
  const all = problemsOf(error);
  const problems = below(all, 'group');
  const retry = () => ask({ requestPolicy: 'network-only' });
  const group = data?.group;
  return (
    <article className="group" aria-busy={fetching}>
      <a className="back" href={MENU_ADDRESS}>
        ‹ Menu
      </a>
      {group && <GroupHead group={group} problems={problems} />}
      <ProblemNotice
        problems={[...elsewhere(all, ['group']), ...elsewhere(problems, PLACES)]}
        onRetry={retry}
        isRetrying={fetching}
      />
      {fetching && !data && <p className="loading">Loading…</p>}
      {group === null && problems.length === 0 && (
        <p className="empty">There is no such group, or your account may not see it.</p>
      )}
      {group && (
        <>
          <GroupChildren group={group} problems={below(problems, 'children')} onRetry={retry} />
          <GroupBody id={id} group={group} problems={problems} onRetry={retry} />
        </>
      )}
    </article>
  );
}
