import { isAsyncIterable, mapAsyncIterator, type Plugin } from 'graphql-yoga';
import type { Context } from '../../context.ts';

/** An answer, or a part of one; the last part says so. */
interface Part {
  readonly extensions?: object;
  readonly hasNext?: boolean;
}

/**
 * Tells a caller who sends `X-Explain: true` what the answer cost, in `extensions.upstream`. `estimated` is the least
 * number of calls by the query's shape, `calls` the GETs that were sent, retries included. `requests` is all that the
 * request asked for, in order; see `TracedCall`. An answer in parts has it in the last one.
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
      const upstream = { estimated: summary?.estimateCalls?.(), calls, requests };
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
