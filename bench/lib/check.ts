import { deepStrictEqual } from 'node:assert';
import type { RunningSubject } from './process.ts';
import type { GraphQLRequest, Scenario } from './scenarios.ts';
import type { Subject } from './subject.ts';
import type { Upstream } from './upstream.ts';

/** A request that was answered right. */
export interface Checked {
  /** The body to send. */
  readonly body: string;
  /** The body that came back, which every answer has to equal byte by byte from here on. */
  readonly answer: string;
  /** Upstream calls that one request makes on its own. */
  readonly calls: number;
}

const SETTLING_REQUESTS = 3;

/**
 * Asks a few times, each with a token of its own, and compares what comes back with the right answer.
 * The upstream learns all the URLs on the way; the calls are counted at the last time.
 *
 * @throws Error where an answer is wrong.
 */
export async function check(
  subject: Subject,
  scenario: Scenario,
  running: RunningSubject,
  upstream: Upstream,
): Promise<Checked> {
  const translation = subject.translate?.(scenario);
  const request = await withCursor(scenario, translation?.request ?? scenario.request, running);
  const right = scenario.answer(upstream.worldOf(scenario.world));
  let answer = '';
  for (let round = 0; round < SETTLING_REQUESTS; round += 1) {
    await upstream.readCounts();
    const { status, text } = await running.ask(request, `check-${round}`);
    const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown };
    if (status !== 200 || errors !== undefined) {
      throw new Error(`${subject.name}, ${scenario.name}: ${status} ${text.slice(0, 2000)}`);
    }
    deepStrictEqual(translation ? translation.normalise(data) : data, right);
    answer = text;
  }
  const { calls, misses, refused, tokens } = await upstream.readCounts();
  if (misses > 0) throw new Error(`${subject.name}, ${scenario.name}: asks new URLs every time`);
  if (refused > 0 || tokens > 1) {
    throw new Error(`${subject.name}, ${scenario.name}: does not pass the caller's token on`);
  }
  return { body: JSON.stringify(request), answer, calls };
}

async function withCursor(
  { cursorFrom }: Scenario,
  request: GraphQLRequest,
  running: RunningSubject,
): Promise<GraphQLRequest> {
  if (cursorFrom === undefined || !request.query.includes('$after')) return request;
  const { text } = await running.ask(cursorFrom, 'check-cursor');
  const { data } = JSON.parse(text) as {
    data: { groups: { pageInfo: { endCursor: string } } };
  };
  return { ...request, variables: { after: data.groups.pageInfo.endCursor } };
}
