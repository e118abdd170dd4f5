import './group.css';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql, isFragmentReady } from '../gql/index.ts';
import { useGroupChanges } from '../live/group-changes.tsx';
import { entryOf } from '../menu/menu-nodes.ts';
import type { KnownMenu } from '../menu/use-menu.ts';
import { NotFound } from '../not-found.tsx';
import { ProblemNotice } from '../problems/problem-notice.tsx';
import { below, elsewhere, problemsOf, UNREACHABLE } from '../problems/problems.ts';
import { Skeleton } from '../skeleton.tsx';
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

/** What a change of the group itself changes. Its lists stay as they are, with the pages that were loaded. */
const CHANGED_GROUP = graphql(`
  query ChangedGroup($id: ID!) {
    group(id: $id) {
      ...GroupHead
    }
  }
`);

/** What of a group has a place of its own in the panel, and shows its problems there. */
const PLACES = ['actions', 'children', 'channels', 'tasks', 'stateMachines', 'url'];

interface Props {
  readonly id: string;
  readonly menu: KnownMenu;
}

export function GroupPanel({ id, menu: { nodes = [] } }: Props) {
  const [{ data, error, fetching, stale, hasNext }, ask] = useQuery({
    query: GROUP,
    variables: { id },
  });
  const [{ data: changed, error: changedError }, askChanged] = useQuery({
    query: CHANGED_GROUP,
    variables: { id },
    pause: true,
  });
  useGroupChanges((ids) => {
    if (ids?.has(id)) askChanged({ requestPolicy: 'network-only' });
  });
  const retry = { again: () => ask({ requestPolicy: 'network-only' }), isTrying: fetching };
  const group = data?.group;
  const isComing = fetching || stale || hasNext;
  // A connection that is closed between the two parts is no error to the client.
  const isReady = isFragmentReady(GROUP, GROUP_BODY, group);
  const cut = group && !isReady && !isComing ? [UNREACHABLE] : [];
  const all = [...problemsOf(error), ...cut];
  const problems = below(all, 'group');
  const ready = isReady ? { group, problems } : undefined;
  // What is there stays while it is asked for again, and where that fails.
  const [former, setFormer] = useState(ready);
  if (ready && ready.group !== former?.group) setFormer(ready);
  const body = ready ?? former;
  if (group === null && problems.length === 0) return <NotFound />;
  const newer = changed?.group;
  return (
    <article className="group" aria-busy={isComing}>
      <a className="back" href={MENU_ADDRESS}>
        ‹ Menu
      </a>
      <GroupHead
        entry={entryOf(nodes, id)}
        group={newer ?? group}
        problems={newer ? below(problemsOf(changedError), 'group') : problems}
      />
      <ProblemNotice
        problems={[...elsewhere(all, ['group']), ...elsewhere(problems, PLACES)]}
        retry={retry}
      />
      {group && (
        <GroupChildren group={group} problems={below(problems, 'children')} retry={retry} />
      )}
      {body && <GroupBody {...body} retry={retry} />}
      {isComing && !body && group !== null && <Skeleton rows={8} />}
    </article>
  );
}
