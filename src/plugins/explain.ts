import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';

/**
 * Tells a caller who asks for it (`X-Explain: true`) what the answer cost: `extensions.upstream` holds
 * the number of calls made for the request, and every GET it asked for, in order; see `TracedCall`.
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
    const calls = requests.filter(({ source }) => source === 'made').length;
    setResult({ ...result, extensions: { ...result.extensions, upstream: { calls, requests } } });
  },
});
