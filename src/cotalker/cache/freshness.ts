/** What `Cache-Control` says that is of use here, each with or without a value. */
const DIRECTIVES = /(?:^|,)\s*(no-store|no-cache|max-age)\s*(?:=\s*"?(\d+))?/gi;

/**
 * How long an answer may be served again: what the operator allows, or what Cotalker does, whichever is
 * shorter. RFC 9111, section 5.2.2; what is said to shared caches is not meant: entries are a caller's own.
 *
 * @param cacheControl As it came; a quoted comma in it may hide what follows, never allow more.
 * @returns Milliseconds; 0: only after asking again; undefined: not to be kept at all.
 */
export function freshnessOf(cacheControl: string | undefined, ttlMs: number): number | undefined {
  let freshMs = ttlMs;
  for (const [, name = '', seconds] of (cacheControl ?? '').matchAll(DIRECTIVES)) {
    const directive = name.toLowerCase();
    if (directive === 'no-store') return undefined;
    if (directive === 'no-cache') freshMs = 0;
    if (directive === 'max-age') freshMs = Math.min(freshMs, Number(seconds ?? 0) * 1000);
  }
  return freshMs;
}

/** RFC 9110, section 8.8.3, of a length that can be sent back; undefined for what is none. */
export const readEtag = (etag: string | undefined): string | undefined =>
  etag !== undefined && /^(?:W\/)?"[\x21\x23-\x7e]{0,250}"$/.test(etag) ? etag : undefined;
