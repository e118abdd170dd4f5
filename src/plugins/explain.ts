import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';

/**
 * Tells a caller who asks for it (`X-Explain: true`) what the answer cost: `extensions.upstream` holds
 * how many GETs were sent for the request, retries included, and all that it asked for, in order; see
 * `TracedCall`.
 */
export const useExplain = (): Plugin<
  Record<string, unknown>,
  Record<string, unknown>,
  Context
> => ({
  onExecutionResult({ result, setResult, context }) {
    const { explain } = context as unknown as Partial<Context>;
    if (
      explain === undefined ||
      result === undefined ||
      Array.isArray(result) ||
      isAsyncIterable(result)
    )
      return;
    const requests = explain();
    const calls = requests.reduce((sum, { attempts }) => sum + attempts, 0);
    setResult({ ...result, extensions: { ...result.extensions, upstream: { calls, requests } } });
  },
});
