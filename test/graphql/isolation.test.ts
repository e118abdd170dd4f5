import type { RequestListener } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from '../support/properties.ts';
import { CHANNEL_ID, echo, markOf, marksIn } from '../support/echo.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { range } from '../support/stage.ts';
import { startUpstream, type StubUpstream } from '../support/upstream.ts';

let upstream: StubUpstream;
let gateway: TestGateway;
let delays: readonly number[] = [0];
let answered = 0;

beforeAll(async () => {
  upstream = await startUpstream(echo(() => delays[answered++ % delays.length] ?? 0));
  // Neither a deadline nor a line that stands, so that a busy machine refuses nobody.
  gateway = await startGateway(upstream.url, { requestDeadlineMs: 600_000, exemptMs: 600_000 });
});
beforeEach(() => {
  delays = [0];
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
});

const QUERIES = {
  screen: `{ groups { nodes { __typename ... on MenuEntry { name } ... on LinkGroup { url }
    ... on StandardGroup { channels { nodes { name users { name } } } }
    ... on TaskGroup { workflow { code } tasks { nodes { name state { name } assignee { name } } } } } } }`,
  channel: `{ channel(id: "${CHANNEL_ID}") { name users { name } group { ... on MenuEntry { name } } } }`,
  menu: '{ mainMenu { ... on MenuEntry { name children { ... on MenuEntry { name } } } } }',
};

interface Caller {
  readonly token: string;
  readonly admin: boolean;
}
interface Asked extends Caller {
  readonly query: keyof typeof QUERIES;
  readonly startMs: number;
  /** Goes away after so many milliseconds. */
  readonly leaveMs: number | undefined;
}

const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));

/** What the caller is told, and where each of its calls came from; undefined where it went away. */
async function ask({ token, admin, query, startMs, leaveMs }: Asked) {
  if (startMs > 0) await sleep(startMs);
  const headers = { 'x-explain': 'true', ...(admin && { admin: 'true' }) };
  const leaving = leaveMs === undefined ? {} : { signal: AbortSignal.timeout(leaveMs) };
  try {
    const { body } = await gateway.ask(QUERIES[query], { token, headers, ...leaving });
    const requests: { source: string }[] = body.extensions.upstream.requests;
    const sources = requests.map(({ source }) => source);
    return { data: body.data, errors: body.errors, sources };
  } catch (error) {
    if (leaveMs !== undefined) return undefined;
    throw error;
  }
}

const identityOf = ({ token, admin }: Caller): string => `${token} ${admin}`;
const isAlone = (caller: Caller, all: readonly Caller[]): boolean =>
  all.filter((other) => identityOf(other) === identityOf(caller)).length === 1;

const asked = (tokens: fc.Arbitrary<string>, leaveMs: fc.Arbitrary<number | undefined>) =>
  fc.record<Asked>({
    token: tokens,
    admin: fc.boolean(),
    query: fc.constantFrom('screen', 'channel', 'menu'),
    startMs: fc.nat({ max: 3 }),
    leaveMs,
  });
const someDelays = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 16 });

let runs = 0;

/** Lets them all ask at once; each has to be told their own data, and nobody else's. */
async function interleave(callers: readonly Asked[], some: readonly number[]): Promise<void> {
  delays = some;
  upstream.calls.length = 0;
  // Tokens of this run, so that what is left of an earlier one is not counted.
  const run = `run${++runs}-`;
  const all = callers.map((caller) => ({ ...caller, token: run + caller.token }));
  const answers = await Promise.all(all.map(ask));
  for (const [index, caller] of all.entries()) {
    const answer = answers[index];
    if (answer === undefined) continue;
    expect(answer.errors).toBeUndefined();
    expect([...marksIn(answer.data)]).toEqual([markOf(caller.token, caller.admin)]);
    if (isAlone(caller, all)) expect(answer.sources).not.toContain('shared');
  }
  if (answers.includes(undefined)) return;
  const made = answers.flatMap((answer) => answer?.sources ?? []).filter((it) => it === 'made');
  const calls = upstream.calls.filter(({ headers }) => headers.authorization?.includes(run));
  expect(calls).toHaveLength(made.length);
}

describe('callers at once', () => {
  const never = fc.constant(undefined);

  test('two with different tokens: 400 interleavings, 20 of them at a time', async () => {
    const pairs = range(20).map((n) =>
      fc.tuple(asked(fc.constant(`alice${n}`), never), asked(fc.constant(`bob${n}`), never)),
    );
    await fc.assert(
      fc.asyncProperty(fc.tuple(...pairs), someDelays, (all, some) => interleave(all.flat(), some)),
      { numRuns: 20 },
    );
  });

  test('several, some with the same token, some in admin mode, some who go away', async () => {
    const tokens = fc.constantFrom('alice', 'alicf', 'alice2');
    const leaveMs = fc.oneof({ weight: 3, arbitrary: never }, fc.integer({ min: 1, max: 12 }));
    const scenario = fc.array(asked(tokens, leaveMs), { minLength: 2, maxLength: 8 });
    await fc.assert(fc.asyncProperty(scenario, someDelays, interleave), { numRuns: 60 });
  });
});

/** Those of one token: what is left of an earlier test is not counted. */
const callsOf = (token: string) =>
  upstream.calls.filter(({ headers }) => headers.authorization === `Bearer ${token}`);

describe('the same token', () => {
  const both = {
    token: 'alice',
    admin: false,
    query: 'screen',
    startMs: 0,
    leaveMs: undefined,
  } as const;

  test('shares every call of two that ask the same at once', async () => {
    // Long enough for the second to come meanwhile, on a machine that is busy, too.
    delays = [400];
    upstream.calls.length = 0;
    const [one, two] = await Promise.all([ask(both), ask(both)]);
    expect(one?.data).toEqual(two?.data);
    const sources = [...(one?.sources ?? []), ...(two?.sources ?? [])];
    expect(sources.filter((source) => source === 'made')).toHaveLength(7);
    expect(sources.filter((source) => source === 'shared')).toHaveLength(7);
    expect(callsOf(both.token)).toHaveLength(7);
  });

  test('shares nothing with itself in admin mode', async () => {
    delays = [40];
    upstream.calls.length = 0;
    const [one, two] = await Promise.all([ask(both), ask({ ...both, admin: true })]);
    expect(one?.data).not.toEqual(two?.data);
    expect(callsOf(both.token)).toHaveLength(14);
  });

  test('shares nothing with what it asked before', async () => {
    upstream.calls.length = 0;
    await ask(both);
    await ask(both);
    expect(callsOf(both.token)).toHaveLength(14);
  });
});

/**
 * Equal answers for several callers are stored once (`same-bytes.ts`). Here each list of a caller is either its own
 * or the common one, in every combination of groups, task groups and channels.
 */
describe('callers whose lists are in part the very same, byte for byte', () => {
  const LISTS = ['/v2/groups', '/v2/task-groups', '/v2/channels'];
  const callers = range(8).map((n) => `caller${n}`);
  const isOwn = (token: string, path: string): boolean => {
    const bit = LISTS.indexOf(path);
    return bit >= 0 && ((Number(token.at(-1)) >> bit) & 1) === 1;
  };
  const inPart: RequestListener = (request, response) => {
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const path = request.url?.replace(/\?.*$/, '').replace(/^\/api/, '') ?? '';
    const authorization = isOwn(token, path) ? `Bearer ${token}` : 'Bearer all';
    echo(() => 0)(Object.assign(request, { headers: { authorization } }), response);
  };

  test('each gets what a gateway says that has answered nobody else', async () => {
    const mixed = await startUpstream(inPart);
    const told = async (on: TestGateway, token: string) =>
      (await on.ask(QUERIES.screen, { token })).body;
    const right = new Map<string, unknown>();
    for (const token of callers) {
      const fresh = await startGateway(mixed.url);
      right.set(token, await told(fresh, token));
      await fresh.close();
    }
    expect(new Set([...right.values()].map((body) => JSON.stringify(body))).size).toBe(8);

    const shared = await startGateway(mixed.url);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...callers), { maxLength: 20 }), async (some) => {
        const bodies = await Promise.all(some.map((token) => told(shared, token)));
        expect(bodies).toEqual(some.map((token) => right.get(token)));
      }),
      { numRuns: 40 },
    );
    await shared.close();
    await mixed.close();
  });
});
