import type { CombinedError } from 'urql';

/** One thing that went wrong, where in the data it did, and what kind of thing it is. */
export interface Problem {
  /** The gateway's error code, or GATEWAY_UNREACHABLE where there is no answer of the gateway. */
  readonly code: string;
  readonly message: string;
  /** Field names and list positions from the data at hand to the null; empty: it has no place there. */
  readonly path: readonly (string | number)[];
  /** In seconds, where the gateway says when to come back. */
  readonly retryAfter: number | undefined;
}

/** There is no answer of the gateway, or not all of it. */
export const UNREACHABLE: Problem = {
  code: 'GATEWAY_UNREACHABLE',
  message: 'the answer did not come',
  path: [],
  retryAfter: undefined,
};

/** The problems of an answer; an answer may have both data and problems. */
export function problemsOf(error: CombinedError | undefined): readonly Problem[] {
  if (!error) return [];
  if (error.networkError) return [{ ...UNREACHABLE, message: error.networkError.message }];
  return error.graphQLErrors.map(({ message, path, extensions }) => ({
    code: typeof extensions['code'] === 'string' ? extensions['code'] : 'INTERNAL_SERVER_ERROR',
    message,
    path: path ?? [],
    retryAfter: typeof extensions['retryAfter'] === 'number' ? extensions['retryAfter'] : undefined,
  }));
}

/** Those of a mutation: where no answer came, nobody knows whether it was done. */
export const problemsOfWrite = (error: CombinedError | undefined): readonly Problem[] =>
  error?.networkError ? [{ ...UNREACHABLE, code: 'OUTCOME_UNKNOWN' }] : problemsOf(error);

/** The problems at or below a field, their paths counted from there on. */
export const below = (
  problems: readonly Problem[],
  ...field: readonly (string | number)[]
): readonly Problem[] =>
  problems
    .filter(({ path }) => field.every((key, depth) => path[depth] === key))
    .map((problem) => ({ ...problem, path: problem.path.slice(field.length) }));

/** The problems that are at or below none of the fields, which show their own. */
export const elsewhere = (
  problems: readonly Problem[],
  fields: readonly string[],
): readonly Problem[] => problems.filter(({ path: [first] }) => !fields.some((f) => f === first));
