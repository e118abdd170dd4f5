import type { FreshnessHeaders } from '../exchange.ts';

/** What `Cache-Control` says that is of use here, each with or without a value. */
const DIRECTIVES = /(?:^|,)\s*(no-store|no-cache|max-age)\s*(?:=\s*"?(\d+))?/gi;

/**
 * How long an answer may be served again: what the operator allows, or what Cotalker does, whichever is
 * shorter. RFC 9111, sections 4.1, 4.2 and 5.2.2; what is said to shared caches is not meant: entries are a caller's
 * own. A quoted comma in `Cache-Control` may hide what follows, never allow more.
 *
 * @returns Milliseconds; 0: only after asking again; undefined: not to be kept at all.
 */
export function freshnessOf(told: FreshnessHeaders, ttlMs: number): number | undefined {
  let maxAgeMs: number | undefined;
  let isChecked = false;
  for (const [, name = '', seconds] of (told.cacheControl ?? '').matchAll(DIRECTIVES)) {
    const directive = name.toLowerCase();
    if (directive === 'no-store') return undefined;
    if (directive === 'no-cache') isChecked = true;
    if (directive === 'max-age')
      maxAgeMs = Math.min(maxAgeMs ?? Infinity, Number(seconds ?? 0) * 1000);
  }
  // It depends on what no header tells.
  if (told.vary?.includes('*') === true) return undefined;
  const lifetimeMs = maxAgeMs ?? lifetimeByDate(told) ?? Infinity;
  const mostMs = Math.min(ttlMs, told.beforeMs ?? Infinity);
  return isChecked ? 0 : Math.min(mostMs, Math.max(0, lifetimeMs - ageOf(told)));
}

/** Section 4.3.4: what a 304 does not say is as it was. */
export const asBefore = (told: FreshnessHeaders, beforeMs: number): FreshnessHeaders =>
  (told.cacheControl ?? told.expires) === undefined ? { ...told, beforeMs } : told;

/** Section 4.2.3, in milliseconds: as told, and at least since `Date`. Of several in `Age`, the first counts (5.1). */
function ageOf({ age = '', date = '' }: FreshnessHeaders): number {
  const [, told = 0] = /^(\d+)\s*(?:,|$)/.exec(age) ?? [];
  const at = Date.parse(date);
  return Math.max(Number(told) * 1000, Number.isNaN(at) ? 0 : Date.now() - at);
}

/** By `Expires`; what is no date there, as `0`, is past. */
function lifetimeByDate({ expires, date }: FreshnessHeaders): number | undefined {
  if (expires === undefined) return undefined;
  const until = Date.parse(expires) - (Date.parse(date ?? '') || Date.now());
  return /^\w{3},/.test(expires) && until > 0 ? until : 0;
}

/** RFC 9110, section 8.8.3, of a length that can be sent back; undefined for what is none. */
export const readEtag = (etag: string | undefined): string | undefined =>
  etag !== undefined && /^(?:W\/)?"[\x21\x23-\x7e]{0,250}"$/.test(etag) ? etag : undefined;
