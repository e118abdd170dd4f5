import { getEventListeners } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import { abortError, OVERTAKEN } from '../../../src/cotalker/errors.ts';
import type { Exchange } from '../../../src/cotalker/exchange.ts';
import { createPipeline } from '../../../src/cotalker/pipeline.ts';
import { createClient } from '../../../src/cotalker/wire/client.ts';
import { contextOf, requestOf } from '../../support/call-context.ts';
import { type Fault, startFaultServer } from '../../support/fault-server.ts';
import * as faults from '../../support/faults.ts';

const GET = { template: '/v2/groups' } as const;
const OK = { status: 200, body: 'ok' };
const LIMITS = { callsPerRequest: 9, perOwner: 1, total: 2 };

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

test.each(['first', 'second'])('where the %s wins, both slots are given back', async (winner) => {
  const log: string[] = [];
  /** Each first attempt is silent. What loses ends once it is let go. */
  const wire: Exchange = (_, { beside, onSilent, signal }) =>
    new Promise((resolve, reject) => {
      const which = beside === undefined ? 'first' : 'second';
      const end = (reason: Error): void => {
        log.push(`${which} let go`);
        reject(reason);
      };
      signal.addEventListener('abort', () => end(abortError(signal)));
      onSilent?.(() => end(OVERTAKEN));
      if (which === winner) resolve(OK);
    });
  const { exchange } = createPipeline(wire, { limits: LIMITS });
  for (let n = 0; n < 5; n += 1) expect(await exchange(GET, contextOf())).toEqual(OK);
  expect(log).toEqual(Array(5).fill(`${winner === 'first' ? 'second' : 'first'} let go`));
});

test.each([
  ['first', 1],
  ['second', 2],
])('where the %s wins, no listener is left', async (_, winner) => {
  // The first answers once the second has come.
  const answer: Fault = (socket) =>
    void upstream.untilCalled(2).then(() => faults.json({})(socket));
  const upstream = await startFaultServer((__, nth) => (nth === winner ? answer : faults.hang));
  const client = createClient({ baseUrl: upstream.url, requestDeadlineMs: 200 });
  closing.push(client.close, upstream.close);
  const { exchange } = createPipeline(client.exchange, { limits: LIMITS });
  const { signal } = new AbortController();
  // A call that is made again is not shared: its signal is the request's own.
  const call = { ...GET, again: true };
  const answered = await exchange(call, contextOf({ request: requestOf({ signal }) }));
  expect(answered).toMatchObject({ status: 200 });
  expect(upstream.calls).toHaveLength(2);
  await upstream.untilOpen(1);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
