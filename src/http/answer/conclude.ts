import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Context } from '../../context.ts';

/**
 * Ends what a request holds once its answer is made, and takes `data` out of a refusal. Whoever overloads the gateway
 * is refused before the first call, so all that `data` could hold is nulls.
 *
 * GraphQL over HTTP (September 2026), "Status Codes": an answer whose `data` is not null MUST be 2xx. So a token that
 * Cotalker does not accept is 200 with errors, in either media type: all that it leaves null is told by `path`.
 */
export const useConclusion = (): Plugin<
  Record<string, unknown>,
  Record<string, unknown>,
  Context
> => ({
  onExecutionResult({ context, result, setResult }) {
    if (result === undefined || isAsyncIterable(result)) return;
    (context as unknown as Partial<Context>).close?.();
    const { errors, extensions } = result as ExecutionResult;
    if (errors?.some(({ extensions: { http } }) => http !== undefined) === true)
      setResult({ errors, ...(extensions && { extensions }) });
  },
});
