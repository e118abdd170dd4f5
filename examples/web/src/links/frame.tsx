import { useEffect, useState } from 'react';
import type { Destination } from './destination.ts';

type Web = Extract<Destination, { kind: 'web' }>;

interface Props {
  readonly name: string;
  readonly destination: Web;
}

/**
 * A page inside this one. It may run script, but not take this page somewhere else. With allow-same-origin
 * a page of our own origin could read the session's token, so such a page goes without its origin.
 */
export function Frame({ name, destination: { href, isSameOrigin } }: Props) {
  const isUnreachable = useUnreachable(href);
  return (
    <>
      {isUnreachable && (
        <p className="note" role="alert">
          This page does not load: its site cannot be reached.
        </p>
      )}
      <iframe
        title={name}
        src={href}
        hidden={isUnreachable}
        referrerPolicy="no-referrer"
        sandbox={`allow-scripts allow-forms allow-popups allow-downloads${isSameOrigin ? '' : ' allow-same-origin'}`}
      />
    </>
  );
}

/** A frame says nothing when its site cannot be reached, so the site is asked once more, for no content. */
function useUnreachable(href: string): boolean {
  const [failed, setFailed] = useState<string>();
  useEffect(() => {
    const leaving = new AbortController();
    fetch(href, {
      ...{ mode: 'no-cors', credentials: 'omit', referrerPolicy: 'no-referrer' },
      signal: leaving.signal,
    }).catch(() => {
      if (!leaving.signal.aborted) setFailed(href);
    });
    return () => leaving.abort();
  }, [href]);
  return failed === href;
}

/** Stands by each frame: many sites refuse to be framed, and the page around cannot tell. */
export const NewTabLink = ({ destination }: { readonly destination: Web }) => (
  <span className="new-tab">
    Do you see no page? Some sites refuse to show inside another.{' '}
    <a href={destination.href} target="_blank" rel="noopener noreferrer">
      Open in a new tab ↗
    </a>
  </span>
);
