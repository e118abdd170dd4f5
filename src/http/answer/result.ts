import { toldError } from '../../errors.ts';
import type { Result } from '../../observe/fill-summary.ts';

/** What a result is sent with. */
export interface Head {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * A refusal without its `data`. Whoever overloads the gateway is refused before the first call, so all that `data` could
 * hold is nulls.
 *
 * GraphQL over HTTP (September 2026), "Status Codes": an answer whose `data` is not null MUST be 2xx. So a token that
 * Cotalker does not accept is 200 with errors, in either media type: all that it leaves null is told by `path`.
 */
export function withoutData(result: Result): Result {
  const { errors = [], extensions } = result;
  const isRefusal = errors.some(({ extensions: { http } }) => http !== undefined);
  return isRefusal ? { errors, ...(extensions && { extensions }) } : result;
}

/**
 * The status and the headers that its errors ask for, by `extensions.http`. The highest status counts.
 *
 * @param isLenient Whether a query that is not executed is 200, see `requestError`; as under `application/json`.
 */
export function headOf({ data, errors = [] }: Result, isLenient: boolean): Head {
  const headers: Record<string, string> = {};
  let status = 0;
  for (const { extensions } of errors) {
    const { http } = extensions;
    Object.assign(headers, http?.headers);
    if (!(isLenient && http?.spec === true)) status = Math.max(status, http?.status ?? 0);
  }
  const isDefect = data === undefined && errors.some(({ extensions }) => extensions['unexpected']);
  return { status: status || (isDefect ? 500 : 200), headers };
}

/** As callers read it. */
export const bodyOf = (result: Result): string =>
  JSON.stringify(
    result.errors === undefined ? result : { ...result, errors: result.errors.map(toldError) },
  );
