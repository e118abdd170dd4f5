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
export const Frame = ({ name, destination: { href, isSameOrigin } }: Props) => (
  <iframe
    title={name}
    src={href}
    referrerPolicy="no-referrer"
    sandbox={`allow-scripts allow-forms allow-popups allow-downloads${isSameOrigin ? '' : ' allow-same-origin'}`}
  />
);

/** Stands by each frame: many sites refuse to be framed, and the page around cannot tell. */
export const NewTabLink = ({ destination }: { readonly destination: Web }) => (
  <a href={destination.href} target="_blank" rel="noopener noreferrer">
    Open in a new tab ↗
  </a>
);
