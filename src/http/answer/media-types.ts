import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

/**
 * The media types of answers, with the parameters that a caller may name. `parts` are those of an answer that
 * comes bit by bit, in the format that Apollo's clients call `20220824`. `payloads` are the events of a
 * subscription for clients that read no server-sent events (Apollo's "multipart subscriptions").
 */
export const MEDIA_TYPES = {
  json: 'application/json; charset=utf-8',
  graphql: 'application/graphql-response+json; charset=utf-8',
  events: 'text/event-stream; charset=utf-8',
  parts: 'multipart/mixed; boundary="-"; deferSpec=20220824; charset=utf-8',
  payloads: 'multipart/mixed; boundary="graphql"; subscriptionSpec=1.0; charset=utf-8',
} as const;

export type MediaType = keyof typeof MEDIA_TYPES;

/**
 * Wider types: a caller that likes one of these as well does not name ours. Every client sends a wildcard, and most can
 * read only JSON; and who reads the parts of an answer does not read the payloads of a subscription.
 */
const WIDER: { readonly [Name in MediaType]?: string } = {
  parts: 'x/x',
  payloads: 'multipart/mixed; charset=utf-8',
};

/** What clients send is always the same, and reading it takes 25 µs: a tenth of what a small query takes in all. */
const known = new LRUCache<string, MediaType | 'none'>({ max: 200 });
const UTF8 = /(charset="?utf)8/gi;
/** In characters; browsers send some 150. */
const MAX_KEPT = 300;

/**
 * Of these the one that the caller likes best; the first, where it likes several the same.
 *
 * RFC 9110, section 12.5.1: by weight. A range with a parameter that the type does not have does not match it. So
 * nobody gets another version of a format than it reads. An empty header is none.
 *
 * @returns undefined where it accepts none of them.
 */
export function preferred(
  accept: string | undefined,
  offered: readonly MediaType[],
): MediaType | undefined {
  const key = `${offered.join()} ${accept ?? ''}`;
  const best =
    known.get(key) ?? negotiate(accept?.replace(UTF8, '$1-8') || undefined, offered) ?? 'none';
  if (key.length <= MAX_KEPT) known.set(key, best);
  return best === 'none' ? undefined : best;
}

function negotiate(
  accept: string | undefined,
  offered: readonly MediaType[],
): MediaType | undefined {
  const types = offered.flatMap((name) => [WIDER[name] ?? [], MEDIA_TYPES[name]].flat());
  const ranked = new Negotiator({ headers: { accept } }).mediaTypes(types);
  const isNamed = (name: MediaType): boolean => {
    const wider = ranked.indexOf(WIDER[name] ?? '');
    return wider === -1 || ranked.indexOf(MEDIA_TYPES[name]) < wider;
  };
  const likes = ranked.map((type) => offered.find((name) => MEDIA_TYPES[name] === type));
  return likes.find((name) => name !== undefined && isNamed(name));
}

/** Whether the caller reads answers in parts, or the events of a subscription in one format or the other. */
export const isRead = (accept: string | undefined, what: 'parts' | 'events'): boolean =>
  preferred(accept, what === 'parts' ? ['parts'] : ['events', 'payloads']) !== undefined;
