/** What a caller is told to wait where Cotalker does not say, or says nonsense. */
const DEFAULT_SECONDS = 1;

/**
 * The whole seconds to wait that a `Retry-After` header asks for, at least 1. The sheet has it in
 * seconds; RFC 9110, section 10.2.3, also allows a date.
 */
export function readRetryAfter(header: string | undefined, now = Date.now()): number {
  const value = header?.trim() ?? '';
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - now) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : DEFAULT_SECONDS;
}
