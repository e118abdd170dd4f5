import './links.css';
import { useState } from 'react';
import type { LinkTarget } from '../gql/graphql.ts';
import { Missing } from '../problems/problem-notice.tsx';
import type { Problem } from '../problems/problems.ts';
import { destinationOf } from './destination.ts';
import { PopUp } from './pop-up.tsx';

interface Props {
  readonly name: string;
  readonly label: string;
  readonly url: string | null;
  readonly opensIn: LinkTarget;
  /** Those of `url`. */
  readonly problems: readonly Problem[];
  /** Whether a pop-up shows right away, because the user asked for it on the way here. */
  readonly isOpen?: boolean;
}

/** The control that takes a person where a link leads: a link, a button for a pop-up, or why there is none. */
export function OpenTarget({ name, label, url, opensIn, problems, isOpen = false }: Props) {
  const [isShown, setIsShown] = useState(isOpen);
  const destination = destinationOf(url);
  switch (destination.kind) {
    case 'none':
      return (
        <span className="inert">
          {label}: {url === null ? <Missing problems={problems} /> : 'not followed by this app'}
        </span>
      );
    case 'platform':
      return (
        <span className="inert" title={destination.path}>
          {label}: only inside Cotalker
        </span>
      );
    case 'app':
      return (
        <a className="button" href={destination.href}>
          {label} in the Cotalker app
        </a>
      );
    case 'web':
      if (opensIn !== 'POPUP')
        return (
          <a className="button" href={destination.href} target="_blank" rel="noopener noreferrer">
            {label} ↗
          </a>
        );
      return (
        <>
          <button type="button" onClick={() => setIsShown(true)}>
            {label}
          </button>
          {isShown && (
            <PopUp name={name} destination={destination} onClose={() => setIsShown(false)} />
          )}
        </>
      );
  }
}
