import './group.css';
import { useQuery } from 'urql';
import { graphql, isFragmentReady } from '../gql/index.ts';
import { ProblemNotice } from '../problems/problem-notice.tsx';
import { below, elsewhere, problemsOf, UNREACHABLE } from '../problems/problems.ts';
import { MENU_ADDRESS } from '../use-route.ts';
import { GROUP_BODY, GroupBody } from './group-body.tsx';
import { GroupHead } from './group-head.tsx';
import { GroupChildren } from './group-children.tsx';

/**
 * Everything the panel shows, with the first page of each list, in one request. The lists take more calls to
 * Cotalker than the rest, which shows without waiting for them.
 */
const GROUP = graphql(`
  query Group($id: ID!) {
    group(id: $id) {
      ...GroupHead
      ...GroupChildren
      ...GroupBody @defer
    }
  }
`);

/** What of a group has a place of its own in the panel, and shows its problems there. */
const PLACES = ['actions', 'children', 'channels', 'tasks', 'stateMachine', 'url'];

export function GroupPanel({ id }: { readonly id: string }) {
  const [{ data, error, fetching, stale, hasNext }, ask] = useQuery({
    query: GROUP,
    variables: { id },
  });
  const retry = { again: () => ask({ requestPolicy: 'network-only' }), isTrying: fetching };
  const group = data?.group;
  const body = isFragmentReady(GROUP, GROUP_BODY, group) ? group : undefined;
  const isComing = fetching || stale || hasNext;
  // A connection that is closed between the two parts is no error to the client.
  const cut = group && !body && !isComing ? [UNREACHABLE] : [];
  const all = [...problemsOf(error), ...cut];
  const problems = below(all, 'group');
  return (
    <article className="group" aria-busy={isComing}>
      <a className="back" href={MENU_ADDRESS}>
        ‹ Menu
      </a>
      {group && <GroupHead group={group} problems={problems} />}
      <ProblemNotice
        problems={[...elsewhere(all, ['group']), ...elsewhere(problems, PLACES)]}
        retry={retry}
      />
      {group === null && problems.length === 0 && (
        <p className="empty">There is no such group, or your account may not see it.</p>
      )}
      {group && (
        <GroupChildren group={group} problems={below(problems, 'children')} retry={retry} />
      )}
      {body && <GroupBody group={body} problems={problems} retry={retry} />}
      {isComing && (group ? !body : !data) && <p className="loading">Loading…</p>}
    </article>
  );
}
