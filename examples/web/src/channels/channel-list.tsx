import './channels.css';
import { useState } from 'react';
import { type FragmentType, graphql, readFragment } from '../gql/index.ts';
import { ProblemNotice } from '../problems/problem-notice.tsx';
import type { Problem } from '../problems/problems.ts';
import type { Retry } from '../problems/retry-button.tsx';
import { ChannelPage } from './channel-page.tsx';
import { MoreChannels } from './more-channels.tsx';

const FIRST_CHANNELS = graphql(`
  fragment FirstChannels on ChannelConnection {
    totalCount
    ...ChannelPage
  }
`);

interface Props {
  /** The group's id. */
  readonly id: string;
  /** Null: it could not be read, see `problems`. */
  readonly first: FragmentType<typeof FIRST_CHANNELS> | null;
  /** Those of `channels`. */
  readonly problems: readonly Problem[];
  readonly retry: Retry;
}

/** The first page comes with the panel, each further one by a request of its own: one that fails fails alone. */
export function ChannelList({ id, first: masked, problems, retry }: Props) {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const first = readFragment(FIRST_CHANNELS, masked);
  const addPage = (cursor: string) => setCursors([...cursors, cursor]);
  return (
    <section aria-labelledby="channels">
      <h2 id="channels">
        Channels {first?.totalCount != null && <span className="count">{first.totalCount}</span>}
      </h2>
      <ProblemNotice problems={problems} retry={retry} />
      {first?.totalCount === 0 && <p className="empty">No channels yet.</p>}
      <ul className="channels">
        {first && (
          <ChannelPage
            groupId={id}
            page={first}
            problems={problems}
            onMore={cursors.length === 0 ? addPage : undefined}
          />
        )}
        {cursors.map((after, index) => (
          <MoreChannels
            key={after}
            id={id}
            after={after}
            onMore={index === cursors.length - 1 ? addPage : undefined}
          />
        ))}
      </ul>
    </section>
  );
}
