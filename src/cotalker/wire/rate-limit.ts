import type { RateLimit } from '../exchange.ts';

/** The fields of the drafts. */
export const RATE_LIMIT_FIELDS = [
  'ratelimit',
  'ratelimit-policy',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
] as const;

/**
 * What an answer says of the calls that are left, in any edition of the draft "RateLimit header fields for HTTP".
 * Since the eighth: `RateLimit: "default";r=50;t=30`. In the seventh: `limit=50, remaining=50, reset=30`. Before:
 * `RateLimit-Remaining: 50` and `RateLimit-Reset: 30`. Of several limits the one with the fewest calls left
 * counts. What cannot be read is left out; undefined where nothing is told.
 *
 * @param field Gives a field by its name, as a list where it came more than once.
 */
export function readRateLimit(
  field: (name: (typeof RATE_LIMIT_FIELDS)[number]) => string | undefined,
): RateLimit | undefined {
  const { calls, seconds } = readLeft(field('ratelimit')) ?? {
    calls: firstNumber(field('ratelimit-remaining')),
    seconds: firstNumber(field('ratelimit-reset')),
  };
  const policies = readPolicies(field('ratelimit-policy') ?? field('ratelimit-limit'));
  const left =
    calls === undefined || seconds === undefined ? undefined : { calls, ms: seconds * 1000 };
  return left === undefined && policies.length === 0 ? undefined : { left, policies };
}

interface Left {
  readonly calls: number | undefined;
  readonly seconds: number | undefined;
}

function readLeft(field: string | undefined): Left | undefined {
  if (field === undefined) return undefined;
  const [fewest] = field
    .split(',')
    .map((item) => ({ calls: numberOf(item, 'r'), seconds: numberOf(item, 't') }))
    .filter(({ calls, seconds }) => calls !== undefined && seconds !== undefined)
    .toSorted((a, b) => (a.calls ?? 0) - (b.calls ?? 0));
  return fewest ?? { calls: numberOf(field, 'remaining'), seconds: numberOf(field, 'reset') };
}

/** Such as `"default";q=100;w=60`, or `100;w=60`. */
const readPolicies = (field = ''): RateLimit['policies'] =>
  field.split(',').flatMap((item) => {
    const calls = numberOf(item, 'q') ?? firstNumber(item);
    const seconds = numberOf(item, 'w');
    return calls && seconds ? [{ calls, windowMs: seconds * 1000 }] : [];
  });

/** Of more digits than these nothing sensible is meant. */
const DIGITS = '(\\d{1,9})(?!\\d)';

function numberOf(text: string, name: string): number | undefined {
  const found = new RegExp(`(?:^|[;,\\s])${name}=${DIGITS}`).exec(text);
  return found === null ? undefined : Number(found[1]);
}

function firstNumber(text = ''): number | undefined {
  const found = new RegExp(`^\\s*${DIGITS}`).exec(text);
  return found === null ? undefined : Number(found[1]);
}
