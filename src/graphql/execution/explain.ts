import type { Context } from '../../context.ts';
import type { Result } from '../../observe/request-observer.ts';
import { countCalls, type Summary } from '../../observe/request-summary.ts';

/**
 * Tells a caller who sends `X-Explain: true` what the answer cost, in `extensions.upstream`, which comes first there.
 * `summary` says it in one line. `cost` is the most records by the query's shape, `limit` the most that it may be.
 * `estimated` is the least number of calls by that shape, `calls` the calls that were sent, retries included. `requests`
 * is all that the request asked for, in order; see `TracedCall`. An answer in parts has it in the last one.
 */
export function explained(part: Result, explain: Explain, summary: Summary): Result {
  if (part.hasNext === true || summary.isOpen) return part;
  const upstream = tell(explain(), summary);
  return { ...part, extensions: { upstream, ...part.extensions } };
}

type Explain = NonNullable<Context['explain']>;

function tell(requests: Summary['calls'], { estimate, start }: Summary): object {
  const ms = Math.round(performance.now() - start);
  const unsent = requests.filter(({ source }) => source === 'unsent').length;
  const count = requests.length - unsent;
  return {
    summary: [
      `${count} ${count === 1 ? 'call' : 'calls'} to Cotalker${sourcesOf(requests)}`,
      ...(unsent > 0 ? [`${unsent} not sent`] : []),
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
