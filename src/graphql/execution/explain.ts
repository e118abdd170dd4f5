import { isAsyncIterable, mapAsyncIterator, type Plugin } from 'graphql-yoga';
import type { Context } from '../../context.ts';

/** An answer, or a part of one; the last part says so. */
interface Part {
  readonly extensions?: object;
  readonly hasNext?: boolean;
}

/**
 * Tells a caller who asks for it (`X-Explain: true`) what the answer cost: `extensions.upstream` holds
 * how many calls its shape let expect at the least (`estimated`), how many GETs were sent for it, retries included, and
 * all that it asked for, in order; see `TracedCall`. Of an answer in parts it is in the last one.
 */
export const useExplain = (): Plugin<
  Record<string, unknown>,
  Record<string, unknown>,
  Context
> => ({
  onExecutionResult({ result, setResult, context }) {
    const { explain, summary } = context as unknown as Partial<Context>;
    if (explain === undefined || result === undefined || Array.isArray(result)) return;
    const explained = (part: Part): Part => {
      const requests = explain();
      const calls = requests.reduce((sum, { attempts }) => sum + attempts, 0);
      const upstream = { estimated: summary?.estimatedCalls, calls, requests };
      return { ...part, extensions: { ...part.extensions, upstream } };
    };
    if (!isAsyncIterable(result)) setResult(explained(result));
    else
      setResult(
        mapAsyncIterator(result as AsyncIterable<Part>, (part) =>
          part.hasNext === false ? explained(part) : part,
        ) as typeof result,
      );
  },
});
