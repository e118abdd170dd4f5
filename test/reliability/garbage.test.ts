import { afterEach, expect, test } from '@jest/globals';
import { type FaultServer, startFaultServer } from '../support/fault-server.ts';
import * as faults from '../support/faults.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';
import { reported } from '../support/memory-report.ts';
import { range, rawGroup } from '../support/stage.ts';

const GROUPS = range(100).map((n) => rawGroup(n, { link: { redirect: 'https://example.org' } }));
const QUERY =
  '{ groups(first: 100, filter: { type: LINK }) { nodes { ... on MenuEntry { id } } } }';
const CALLERS = 8;
const FLAGS = [
  '--expose-gc',
  // V8 collects neither generation of its own accord.
  ...['--initial-old-space-size=2000', '--min-semi-space-size=64', '--max-semi-space-size=64'],
  ...['--import', `${import.meta.dirname}/../support/report-old.ts`],
];

/** Lists the groups, two calls for each query. */
const startUpstream = (): Promise<FaultServer> =>
  startFaultServer(({ query }) => {
    const since = query.get('modified_gte') ?? '';
    const groups = GROUPS.filter(({ modifiedAt }) => String(modifiedAt) >= since);
    return faults.json({ data: { groups: query.get('page') === '1' ? groups : [] } });
  });

/** Has the young generation collected, and resolves to the bytes that the old one takes. */
const collectYoung = async (gateway: GatewayProcess): Promise<number> =>
  (await reported<{ old: number }>(gateway)).old;

/** Some requests of each caller, and a collection when all are answered; so many times. */
async function askInTurns(gateway: GatewayProcess, times: number): Promise<number> {
  const ask = async (caller: number): Promise<void> => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${caller}` },
      body: JSON.stringify({ query: QUERY }),
    });
    expect((await response.json()) as object).toMatchObject({
      data: { groups: expect.any(Object) },
    });
  };
  let old = 0;
  for (let n = 0; n < times; n += 1) {
    await Promise.all(
      range(CALLERS).map(async (caller) => {
        for (let m = 0; m < 4; m += 1) await ask(caller);
      }),
    );
    old = await collectYoung(gateway);
  }
  return old;
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

test('what is over is garbage while it is young, and does not grow old', async () => {
  const upstream = await startUpstream();
  closing.push(upstream.close);
  const gateway = await startGatewayProcess(upstream.url, { LOG_LEVEL: 'error' }, FLAGS);
  closing.push(gateway.close);
  const olds = [await askInTurns(gateway, 20)];
  while (olds.length < 4) olds.push(await askInTurns(gateway, 10));
  const each = olds.slice(1).map((old, n) => (old - (olds[n] ?? 0)) / (10 * 4 * CALLERS));
  // Of a request with 100 records 2 kB grow old. With a `Map` of the requests in flight it is 8 kB; where a call that is
  // over still holds its request, 5 kB.
  expect(Math.min(...each)).toBeLessThan(3500);
});
