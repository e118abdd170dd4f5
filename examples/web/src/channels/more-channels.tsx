import { useQuery } from 'urql';
import { graphql } from '../gql/index.ts';
import { ProblemNotice } from '../problems/problem-notice.tsx';
import { below, problemsOf } from '../problems/problems.ts';
import { Skeleton } from '../skeleton.tsx';
import { ChannelPage } from './channel-page.tsx';

// The total is left out: after a cursor it costs one more call to Cotalker.
const MORE_CHANNELS = graphql(`
  query MoreChannels($id: ID!, $after: String!) {
    group(id: $id) {
      ... on StandardGroup {
        channels(after: $after) {
          ...ChannelPage
        }
      }
      ... on TaskGroup {
        channels(after: $after) {
          ...ChannelPage
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

export function MoreChannels({ id, after, onMore }: Props) {
  const [{ data, error, fetching }, ask] = useQuery({
    query: MORE_CHANNELS,
    variables: { id, after },
  });
  const problems = problemsOf(error);
  const group = data?.group;
  const page = group && 'channels' in group ? group.channels : null;
  return (
    <>
      {fetching && !data && (
        <li>
          <Skeleton what="more channels" />
        </li>
      )}
      {problems.length > 0 && (
        <li>
          <ProblemNotice
            problems={problems}
            retry={{ again: () => ask({ requestPolicy: 'network-only' }), isTrying: fetching }}
          />
        </li>
      )}
      {page && (
        <ChannelPage
          groupId={id}
          page={page}
          problems={below(problems, 'group', 'channels')}
          onMore={onMore}
          takesFocus
        />
      )}
    </>
  );
}
