import { type RawEnvironment, VARIABLES } from './variables.ts';

/** Prefixes that no other program's variables have. */
const OUR_PREFIX = /^(?:COTALKER|UPSTREAM)_/;
/** Variables that Kubernetes and Docker set for a service with such a name. */
const OF_A_SERVICE = /_(?:SERVICE_(?:HOST|PORT)(?:_\w+)?|PORT(?:_\d+_\w+)?)$/;
/** Shorter names of other programs, such as `SHELL`, can be similar by chance. */
const MIN_LENGTH = 7;

/**
 * What to tell the operator of variables that are set, unknown, and look like ours: they begin like ours, or differ by
 * two letters. It names variables, never their values. OpenTelemetry's are left out: the gateway does not know them all.
 */
export const findUnknown = (env: RawEnvironment): readonly string[] =>
  Object.keys(env)
    .filter((name) => !Object.hasOwn(VARIABLES, name) && !name.startsWith('OTEL_'))
    .flatMap((name) => {
      const meant = nearest(name.toUpperCase());
      const says = `${name} is no variable of the gateway`;
      if (meant !== undefined) return `${says}: is ${meant} meant?`;
      return OUR_PREFIX.test(name) && !OF_A_SERVICE.test(name) ? says : [];
    });

const OURS = Object.keys(VARIABLES).filter((name) => name.length >= MIN_LENGTH);

function nearest(name: string): string | undefined {
  if (name.length < MIN_LENGTH) return undefined;
  return OURS.map((ours) => [ours, distance(ours, name)] as const)
    .filter(([ours, edits]) => edits <= (ours.length > 9 ? 2 : 1))
    .toSorted(([, a], [, b]) => a - b)[0]?.[0];
}

/** The number of letters to insert, delete or change to turn one into the other (Levenshtein). */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const change = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      line.push(Math.min(change, (above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1));
    }
    above = line;
  }
  return above[b.length] ?? 0;
}
