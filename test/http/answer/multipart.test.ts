import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { startGateway } from '../../support/gateway.ts';
import { FOLLOW, useLiveStage } from '../../support/live-stage.ts';

/*
 * Subscriptions in parts, as Apollo's clients for iOS, Kotlin and the web ask for them. With the last one itself:
 * test/tools/apollo.test.ts.
 */

const IOS =
  'multipart/mixed;subscriptionSpec=1.0,application/graphql-response+json,application/json';
const ACCEPTS = [
  IOS,
  'multipart/mixed;boundary="graphql";subscriptionSpec=1.0,application/json',
  'multipart/mixed;subscriptionSpec=1.0, application/graphql-response+json, application/json',
  'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json;q=0.9',
];
const { stage, setUp, change, openNow } = useLiveStage({ heartbeatMs: 100 });
beforeEach(setUp);

/** Subscribes; `until` resolves to all that has come once it matches, or once the answer has ended. */
async function follow(url: string, accept = IOS) {
  const leaving = new AbortController();
  const { status, headers, body } = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      ...{ accept, authorization: 'Bearer sandbox-user' },
      'content-type': 'application/json',
    },
    body: JSON.stringify({ query: FOLLOW }),
    signal: leaving.signal,
  });
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let received = '';
  const until = async (pattern?: RegExp): Promise<string> => {
    for (;;) {
      if (pattern?.test(received) === true) return received;
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done) return received;
      received += value;
    }
  };
  return { status, type: headers.get('content-type'), until, leave: () => leaving.abort() };
}

test('events, and between them comments that say that the subscription goes on', async () => {
  const { until, leave } = await follow(stage.gateway.url, 'text/event-stream');
  await until(/^:\n\n:\n\n:\n\n/);
  change(1);
  expect(await until(/\n\n:\n\nevent: next\n.*\n\n:\n\n$/s)).toMatch(
    /^data: \{"data":\{"groupChanged":/m,
  );
  leave();
  while ((await openNow()) > 0) await sleep(10);
});

test.each(['text/event-stream', IOS])(
  '%s: three do not count as requests in memory',
  async (accept) => {
    const open = [];
    for (let n = 0; n < 3; n += 1) {
      open.push(await follow(stage.gateway.url, accept));
      // Its headers are sent.
      await open.at(-1)?.until(/./);
    }
    expect(open.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await stage.gateway.ask('{ __typename }')).status).toBe(200);
    for (const { leave } of open) leave();
    while ((await openNow()) > 0) await sleep(10);
  },
);

describe('a subscription in parts', () => {
  test.each(ACCEPTS)(
    '%s: payloads, and between them parts that say that it goes on',
    async (accept) => {
      const { status, type, until, leave } = await follow(stage.gateway.url, accept);
      // The client for iOS finds the format by these very letters.
      expect([status, type?.split('; ')]).toEqual([
        200,
        ['multipart/mixed', 'boundary="graphql"', 'subscriptionSpec=1.0'],
      ]);
      await until(/\r\n\r\n\{\}\r\n--graphql/);
      change(1);
      const received = await until(/"payload":.*\r\n--graphql/);
      const [, payload = ''] = /\r\n\r\n(\{"payload":.*)\r\n--graphql/.exec(received) ?? [];
      expect(JSON.parse(payload)).toEqual({
        payload: {
          data: { groupChanged: { cursor: expect.any(String), node: expect.any(Object) } },
        },
      });
      // Each part is whole with the delimiter behind it. The client for iOS 2.0 takes exactly this head.
      for (const part of received.split('\r\n--graphql').slice(1, -1))
        expect(part).toMatch(/^\r\ncontent-type: application\/json\r\n\r\n\{.*\}$/);
      leave();
      // The next one would find the caller's share taken.
      while ((await openNow()) > 0) await sleep(10);
    },
  );

  test('ends as its caller leaves', async () => {
    const { until, leave } = await follow(stage.gateway.url);
    await until(/--graphql/);
    expect(await openNow()).toBe(1);
    leave();
    while ((await openNow()) > 0) await sleep(5);
  });

  test('beyond the limit is refused', async () => {
    const open = [];
    for (let n = 0; n < 3; n += 1) open.push(await follow(stage.gateway.url));
    const { status, type, until } = await follow(stage.gateway.url);
    expect([status, type]).toEqual([503, 'application/graphql-response+json; charset=utf-8']);
    expect(await until()).toContain('"OVERLOADED"');
    for (const { leave } of open) leave();
  });

  test('ends with its last delimiter as the gateway stops', async () => {
    const ending = new AbortController();
    const gateway = await startGateway(stage.sandbox.url, { ending: ending.signal });
    const { until } = await follow(gateway.url);
    await until(/--graphql/);
    ending.abort();
    expect(await until()).toMatch(/--graphql--\r\n$/);
    await gateway.close();
  });
});
