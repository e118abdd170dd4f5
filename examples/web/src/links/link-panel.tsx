import './links.css';
import { type FragmentType, graphql, readFragment } from '../gql/index.ts';
import { ProblemNotice } from '../problems/problem-notice.tsx';
import { below, type Problem } from '../problems/problems.ts';
import { destinationOf } from './destination.ts';
import { Frame, NewTabLink } from './frame.tsx';
import { OpenTarget } from './open-target.tsx';
import { TokenNote } from './token-note.tsx';

const LINK_PANEL = graphql(`
  fragment LinkPanel on LinkGroup {
    name
    url
    linkType
    opensIn
    sendsToken
  }
`);

interface Props {
  readonly group: FragmentType<typeof LINK_PANEL>;
  /** Those of the group. */
  readonly problems: readonly Problem[];
}

/** Follows a link as its `opensIn` says: in this place, in a pop-up, or in a new tab. */
export function LinkPanel({ group, problems }: Props) {
  const { name, url, linkType, opensIn, sendsToken } = readFragment(LINK_PANEL, group);
  const atUrl = below(problems, 'url');
  if (url === null) return <ProblemNotice problems={atUrl} />;

  const destination = destinationOf(url);
  const isApk = linkType === 'APK';
  if (destination.kind === 'web' && opensIn === 'EMBEDDED' && !isApk)
    return (
      <section className="embedded" aria-label={name}>
        <p>
          <NewTabLink destination={destination} />
        </p>
        <TokenNote sendsToken={sendsToken} />
        <Frame name={name} destination={destination} />
      </section>
    );
  return (
    <section className="link" aria-label="Link">
      <p className="link-address">{url}</p>
      <OpenTarget
        name={name}
        label={isApk ? 'Download the Android app' : 'Open'}
        url={url}
        opensIn={isApk ? 'NEW_TAB' : opensIn}
        problems={atUrl}
        isOpen={opensIn === 'POPUP'}
      />
      <TokenNote sendsToken={sendsToken} />
    </section>
  );
}
