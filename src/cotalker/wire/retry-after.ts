/** The wait for callers if Cotalker gives none, or gives nonsense. */
const DEFAULT_SECONDS = 1;

/** RFC 9110's date, section 5.6.7. `Date.parse` alone finds a year in almost any text. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * The whole seconds to wait that a `Retry-After` header asks for, at least 1. The sheet has it in
 * seconds; RFC 9110, section 10.2.3, also allows a date.
 */
export function readRetryAfter(header: string | undefined, now = Date.now()): number {
  const value = header?.trim() ?? '';
  const date = HTTP_DATE.test(value) ? Date.parse(value) : NaN;
  const seconds = /^\d+$/.test(value) ? Number(value) : (date - now) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : DEFAULT_SECONDS;
}
