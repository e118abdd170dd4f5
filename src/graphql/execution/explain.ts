import { isAsyncIterable, mapAsyncIterator, type Plugin } from 'graphql-yoga';
import type { Context } from '../../context.ts';
import { countCalls, type Summary } from '../../observe/request-summary.ts';

/** An answer, or a part of one; the last part says so. */
interface Part {
  readonly extensions?: object;
  readonly hasNext?: boolean;
}

/**
 * Tells a caller who sends `X-Explain: true` what the answer cost, in `extensions.upstream`, which comes first there.
 * `summary` says it in one line. `cost` is the most records by the query's shape, `limit` the most that it may be.
 * `estimated` is the least number of calls by that shape, `calls` the GETs that were sent, retries included. `requests`
 * is all that the request asked for, in order; see `TracedCall`. An answer in parts has it in the last one.
 */
export const useExplain = (): Plugin<
  Record<string, unknown>,
  Record<string, unknown>,
  Context
> => ({
  onExecutionResult({ result, setResult, context }) {
    const { explain, summary } = context as unknown as Context;
    if (explain === undefined || result === undefined || Array.isArray(result)) return;
    const explained = (part: Part): Part => {
      const upstream = tell(explain(), summary);
      return { ...part, extensions: { upstream, ...part.extensions } };
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

function tell(requests: Summary['calls'], { estimate, start }: Summary): object {
  const ms = Math.round(performance.now() - start);
  return {
    summary: [
      `${requests.length} ${requests.length === 1 ? 'call' : 'calls'} to Cotalker${sourcesOf(requests)}`,
      `${ms} ms`,
      ...(estimate ? [`cost ${estimate.cost} of ${estimate.limit}`] : []),
    ].join(', '),
    cost: estimate?.cost,
    limit: estimate?.limit,
    estimated: estimate?.calls,
    calls: requests.reduce((sum, { attempts }) => sum + attempts, 0),
    requests,
  };
}

/** Such as ` (3 made, 2 remembered)`; empty where there were no calls. */
function sourcesOf(requests: Summary['calls']): string {
  const counts = Object.entries(countCalls(requests)).filter(([, count]) => count > 0);
  return counts.length === 0
    ? ''
    : ` (${counts.map(([of, count]) => `${count} ${of}`).join(', ')})`;
}
