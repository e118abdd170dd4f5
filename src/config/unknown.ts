import { type RawEnvironment, VARIABLES } from './variables.ts';

/** A variable that is set and means nothing, and the one that was probably meant. */
export interface UnknownVariable {
  readonly name: string;
  /** Undefined where none is near: the name only begins as ours do. */
  readonly meant: string | undefined;
}

/** No other program's variables begin so. */
const OUR_PREFIX = /^(?:COTALKER|UPSTREAM)_/;
/** What Kubernetes and Docker set for a service of such a name. */
const OF_A_SERVICE = /_(?:SERVICE_(?:HOST|PORT)(?:_\w+)?|PORT(?:_\d+_\w+)?)$/;
/** Below this length other programs have names that are as near by chance, such as `SHELL`. */
const MIN_LENGTH = 7;

/**
 * The variables that are set, have no meaning, and look like ours: they begin as ours do, or differ in two letters.
 * OpenTelemetry's are left out: there are more of them than the gateway knows.
 */
export const findUnknown = (env: RawEnvironment): readonly UnknownVariable[] =>
  Object.keys(env)
    .filter((name) => !Object.hasOwn(VARIABLES, name) && !name.startsWith('OTEL_'))
    .map((name) => ({ name, meant: nearest(name.toUpperCase()) }))
    .filter(({ name, meant }) => {
      if (meant !== undefined) return true;
      return OUR_PREFIX.test(name) && !OF_A_SERVICE.test(name);
    });

/** In words, for the log and for a start that fails. Names variables, never their values. */
export const tellUnknown = ({ name, meant }: UnknownVariable): string =>
  `${name} is no variable of the gateway${meant === undefined ? '' : `: is ${meant} meant?`}`;

const OURS = Object.keys(VARIABLES).filter((name) => name.length >= MIN_LENGTH);

function nearest(name: string): string | undefined {
  if (name.length < MIN_LENGTH) return undefined;
  return OURS.map((ours) => [ours, distance(ours, name)] as const)
    .filter(([ours, edits]) => edits <= (ours.length > 9 ? 2 : 1))
    .toSorted(([, a], [, b]) => a - b)[0]?.[0];
}

/** How many letters have to be put in, left out or changed to make one of the other (Levenshtein). */
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
