import { ChannelList } from '../channels/channel-list.tsx';
import { type FragmentType, graphql, readFragment } from '../gql/index.ts';
import possible from '../gql/possible-types.ts';
import { LinkPanel } from '../links/link-panel.tsx';
import { below, type Problem } from '../problems/problems.ts';
import type { Retry } from '../problems/retry-button.tsx';
import { StateMachines } from '../tasks/state-machine.tsx';
import { TaskBoard } from '../tasks/task-board.tsx';
import { TaskList } from '../tasks/task-list.tsx';

/** It comes late, and `id` tells that it has: nothing else of the panel may ask for that field. */
export const GROUP_BODY = graphql(`
  fragment GroupBody on MenuEntry {
    __typename
    id
    ... on StandardGroup {
      isCategory
      channels {
        ...FirstChannels
      }
    }
    ... on TaskGroup {
      workflow {
        defaultView
      }
      stateMachines {
        ...StateMachine
        ...BoardMachine
      }
      tasks {
        ...FirstTasks
        ...FirstBoardTasks
      }
      channels {
        ...FirstChannels
      }
    }
    ...LinkPanel
  }
`);

interface Props {
  readonly group: FragmentType<typeof GROUP_BODY>;
  /** Those of the group. */
  readonly problems: readonly Problem[];
  readonly retry: Retry;
}

/** What a group is for, by its kind: the one place that tells the kinds apart. */
export function GroupBody({ group: masked, problems, retry }: Props) {
  const group = readFragment(GROUP_BODY, masked);
  const { id } = group;
  const channels = { id, problems: below(problems, 'channels'), retry };
  // A gateway that is newer than this build may have further kinds.
  if (!possible.possibleTypes.Group.includes(group.__typename))
    return <p className="empty">This app does not know this kind of group yet.</p>;
  switch (group.__typename) {
    case 'LinkGroup':
      return <LinkPanel group={group} problems={problems} />;
    case 'StandardGroup':
      // A category is there for the groups nested in it.
      return group.isCategory ? null : <ChannelList {...channels} first={group.channels} />;
    case 'TaskGroup':
      return (
        <>
          {group.workflow?.defaultView === 'KANBAN' && group.stateMachines && group.tasks ? (
            <TaskBoard
              id={id}
              machines={group.stateMachines}
              first={group.tasks}
              problems={below(problems, 'tasks')}
              retry={retry}
            />
          ) : (
            <>
              <StateMachines
                stateMachines={group.stateMachines ?? []}
                problems={below(problems, 'stateMachines')}
                retry={retry}
              />
              <TaskList
                id={id}
                first={group.tasks}
                problems={below(problems, 'tasks')}
                retry={retry}
              />
            </>
          )}
          <ChannelList {...channels} first={group.channels} />
        </>
      );
  }
}
