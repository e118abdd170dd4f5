import { rangesOf } from '../../graphql/execution/media-ranges.ts';

const OURS = ['application/graphql-response+json', 'application/json'] as const;

export type MediaType = (typeof OURS)[number];

/** The few values of `Accept` that clients send, each worked out once. */
const known = new Map<string, MediaType | undefined>();
const MAX_KNOWN = 100;

/**
 * The media type that an answer is sent in, by Yoga's rules: the first of the list that is one of ours,
 * `application/json` for a wildcard, whatever the weights say. Undefined where none of ours is accepted.
 */
export function mediaTypeFor(accept = '*/*'): MediaType | undefined {
  if (!known.has(accept)) {
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(accept, choose(accept));
  }
  return known.get(accept);
}

function choose(accept: string): MediaType | undefined {
  for (const range of rangesOf(accept)) {
    const match = OURS.findLast((type) => ['*/*', 'application/*', type].includes(range));
    if (match !== undefined) return match;
  }
  return undefined;
}
