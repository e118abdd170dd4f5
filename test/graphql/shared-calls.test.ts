import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { RequestListener, ServerResponse } from 'node:http';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { idOf, plant, range, rawGroup, rawTaskGroup, useStage } from '../support/stage.ts';
import { startUpstream, type StubUpstream } from '../support/upstream.ts';

describe('a call that two callers wait for', () => {
  let upstream: StubUpstream;
  let gateway: TestGateway;
  const held: { readonly response: ServerResponse; isCut: boolean }[] = [];
  /** Holds every call until the test answers it. */
  const hold: RequestListener = (_, response) => {
    const call = { response, isCut: false };
    response.once('close', () => (call.isCut = !response.writableFinished));
    held.push(call);
  };
  const start = async (options = {}) => {
    held.length = 0;
    upstream = await startUpstream(hold);
    gateway = await startGateway(upstream.url, { isMetered: true, ...options });
  };
  afterEach(async () => {
    await gateway.close();
    await upstream.close();
  });

  const until = async (isSo: () => boolean): Promise<void> => {
    for (let waited = 0; !isSo(); waited += 5) {
      if (waited > 4000) throw new Error('it does not come to that');
      await sleep(5);
    }
  };
  /** Until the gateway has both requests, and the second has come to the call of the first. */
  const untilBoth = async (): Promise<void> => {
    while (!(await gateway.metrics()).includes('requests_in_flight 2')) await sleep(5);
    await sleep(50);
  };
  /** Asks, and is waited for until the gateway has the request under way. */
  const ask = (token = 'a') => {
    const leaving = new AbortController();
    const answer = gateway.ask('{ groups { nodes { __typename } } }', {
      token,
      signal: leaving.signal,
      headers: { 'x-explain': 'true' },
    });
    answer.catch(() => undefined);
    return { answer, leave: () => leaving.abort() };
  };
  const answerWith = (status: number): void => {
    held[0]?.response.writeHead(status, { 'content-type': 'application/json' });
    held[0]?.response.end('{"data":{"groups":[],"count":0}}');
  };
  const sourcesOf = async ({ answer }: ReturnType<typeof ask>) =>
    (await answer).body.extensions.upstream.requests.map(({ source }: any) => source);

  test('is one call; both are answered, and told who made it', async () => {
    await start();
    const one = ask();
    await until(() => held.length === 1);
    const two = ask();
    await untilBoth();
    expect(held).toHaveLength(1);
    answerWith(200);
    expect((await two.answer).body.data).toEqual({ groups: { nodes: [] } });
    expect([await sourcesOf(one), await sourcesOf(two)]).toEqual([['made'], ['shared']]);
  });

  test('goes on when the one who made it goes away', async () => {
    await start();
    const one = ask();
    await until(() => held.length === 1);
    const two = ask();
    await untilBoth();
    one.leave();
    await sleep(50);
    expect(held).toMatchObject([{ isCut: false }]);
    answerWith(200);
    expect((await two.answer).body.data).toEqual({ groups: { nodes: [] } });
  });

  test('is cut when the last of them goes away; who comes later has one of their own', async () => {
    await start();
    const one = ask();
    await until(() => held.length === 1);
    const two = ask();
    await untilBoth();
    two.leave();
    await sleep(50);
    expect(held).toMatchObject([{ isCut: false }]);
    one.leave();
    await until(() => held[0]?.isCut === true);
    ask();
    await until(() => held.length === 2);
  });

  test('is cut by the deadline', async () => {
    await start({ requestDeadlineMs: 500 });
    const { body } = await ask().answer;
    expect(body.errors).toMatchObject([{ extensions: { code: 'UPSTREAM_TIMEOUT' } }]);
    await until(() => held[0]?.isCut === true);
  });

  test('that fails, fails for both, and is not kept', async () => {
    await start();
    const both = [ask()];
    await until(() => held.length === 1);
    both.push(ask());
    await untilBoth();
    answerWith(500);
    for (const { answer } of both) {
      expect((await answer).body.errors).toMatchObject([
        { extensions: { code: 'UPSTREAM_UNAVAILABLE' } },
      ]);
    }
    ask();
    await until(() => held.length === 2);
  });

  test('is not for a caller with another token', async () => {
    await start();
    ask('a');
    ask('b');
    await until(() => held.length === 2);
  });
});

describe('calls in flight', () => {
  const stage = useStage({ limits: { callsPerRequest: 250, perOwner: 4, total: 6 } });
  const tasks = '{ groups { nodes { ... on TaskGroup { tasks { totalCount } } } } }';
  const plantGroups = (count: number): void =>
    plant(
      stage,
      range(count).map((n) => rawGroup(n)),
      range(count).map((n) => rawTaskGroup(n)),
    );

  /** The most calls that the sandbox had to answer at once. */
  async function most(work: () => Promise<unknown>): Promise<number> {
    let peak = 0;
    let isDone = false;
    const watch = async (): Promise<void> => {
      while (!isDone) {
        peak = Math.max(peak, stage.sandbox.calls.filter(({ status }) => status === 0).length);
        await sleep(1);
      }
    };
    await Promise.all([watch(), work().finally(() => (isDone = true))]);
    return peak;
  }

  test.each([
    [1, 4],
    [3, 6],
  ])('of %d requests: %d at once', async (requests, expected) => {
    plantGroups(12);
    stage.sandbox.latencyMs = 20;
    const token = ['sandbox-user', 'sandbox-admin', 'sandbox-admin'];
    const headers = [{}, {}, { admin: 'true' }];
    const peak = await most(() =>
      Promise.all(
        range(requests, 0).map(async (n) => {
          const options = { token: token[n] ?? '', headers: headers[n] ?? {} };
          expect((await stage.gateway.ask(tasks, options)).body.errors).toBeUndefined();
        }),
      ),
    );
    expect(peak).toBe(expected);
  });

  test('a request with 60 calls does not hold up one with a single call', async () => {
    plantGroups(60);
    stage.sandbox.data.channels = [{ _id: idOf(0x10001), name: 'General' }];
    stage.sandbox.latencyMs = 20;
    const order: string[] = [];
    const many = stage.gateway.ask(tasks).then(() => order.push('many'));
    while (stage.sandbox.calls.length < 10) await sleep(5);
    const asked = stage.sandbox.calls.length;
    const single = stage.gateway
      .ask(`{ channel(id: "${idOf(0x10001)}") { name } }`)
      .then(() => order.push('single'));
    await Promise.all([many, single]);
    expect(order).toEqual(['single', 'many']);
    // At most the calls that were under way, and one turn of the other request's.
    const place = stage.sandbox.calls.findIndex(({ template }) => template === '/v2/channels/{id}');
    expect(place - asked).toBeLessThanOrEqual(12);
  });
});
