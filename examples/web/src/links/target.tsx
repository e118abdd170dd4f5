import { Missing } from '../problems/problem-notice.tsx';
import type { Problem } from '../problems/problems.ts';
import { destinationOf } from './destination.ts';

interface Props {
  readonly url: string | null;
  readonly text: string | null;
  /** Those of `url`. */
  readonly problems: readonly Problem[];
}

/** A link in a text, where its address is one that this app follows; else the text alone. */
export function Target({ url, text, problems }: Props) {
  const destination = destinationOf(url);
  if (destination.kind === 'web' || destination.kind === 'app')
    return (
      <a href={destination.href} target="_blank" rel="noopener noreferrer">
        {text}
      </a>
    );
  return (
    <>
      {text} {problems.length > 0 && <Missing problems={problems} />}
    </>
  );
}
