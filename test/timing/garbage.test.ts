import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { figure } from '../support/fault-stage.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';
import { closedLoop, createClient } from '../support/load.ts';
import { startUpstream, type StubUpstream } from '../support/upstream.ts';

/*
 * What a request needs is garbage as it ends, and V8 collects it while it is young. If anything old holds requests that are
 * over, such as a former table of a `Map`, V8 copies each answer twice, and marks the whole heap every two seconds.
 */

const GROUPS = 100;
const PADDING = 'x'.repeat(700);
/** Lists of the same size, of which no two have the same bytes. */
let lists = 0;
function listOfGroups(): string {
  lists += 1;
  const groups = Array.from({ length: GROUPS }, (_, n) => ({
    _id: `5f8d04b3ab35de3a3427${String(n).padStart(4, '0')}`,
    nameDisplay: `Group ${n} of list ${lists}`,
    nameCode: `group-${n}`,
    createdAt: '2020-10-19T03:10:59.123Z',
    modifiedAt: new Date(Date.UTC(2020, 9, 19) + n * 1000).toISOString(),
    isActive: true,
    weight: n,
    description: PADDING,
  }));
  return JSON.stringify({ data: { groups, count: GROUPS } });
}

const QUERY =
  '{ groups(first: 100, filter: { type: LINK }) { nodes { ... on MenuEntry { id name } } } }';
const WIDTH = 8;
const WARM_UP = 300;
const REQUESTS = 1200;
/** It is some 15. With former tables of three `Map`s, V8 collected the old generation in each attempt. */
const MOST_KB = 30;

/** Loads until one in which V8 has not collected the old generation. */
const ATTEMPTS = 4;

let upstream: StubUpstream;
let gateway: GatewayProcess;
beforeAll(async () => {
  upstream = await startUpstream((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(listOfGroups());
  });
  const preload = join(import.meta.dirname, '../support/report-old.ts');
  // So that the old generation is not collected meanwhile, whatever grows old.
  const heap = ['--max-semi-space-size=16', '--heap-growing-percent=400'];
  const flags = ['--v8-pool-size=0', ...heap, '--import', preload];
  gateway = await startGatewayProcess(upstream.url, {}, flags);
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
});

interface OldGeneration {
  /** Bytes. */
  readonly old: number;
  readonly collections: number;
}

async function oldGeneration(): Promise<OldGeneration> {
  const before = gateway.errors().length;
  gateway.signal('SIGUSR2');
  for (;;) {
    const line = /^(\{"old".*\})$/m.exec(gateway.errors().slice(before))?.[1];
    if (line !== undefined) return JSON.parse(line) as OldGeneration;
    await sleep(20);
  }
}

/** @returns How many bytes have grown old; undefined where they were collected meanwhile. */
async function grownBy(load: () => Promise<void>): Promise<number | undefined> {
  const before = await oldGeneration();
  await load();
  const after = await oldGeneration();
  return after.collections === before.collections ? after.old - before.old : undefined;
}

test('of each request, next to nothing grows old', async () => {
  // The same callers again and again: what is remembered of a new one is no garbage.
  const token = (n: number): string => `caller-${n % WIDTH}`;
  const client = createClient({ url: gateway.url, query: QUERY, token });
  const send = async (count: number): Promise<void> => {
    const before = upstream.calls.length;
    const samples = await closedLoop(client, { width: WIDTH, count });
    expect(new Set(samples.map(({ status }) => status))).toEqual(new Set([200]));
    expect(upstream.calls.length - before).toBeGreaterThanOrEqual(count);
  };
  await send(WARM_UP);
  let grown: number | undefined;
  for (let n = 0; n < ATTEMPTS && grown === undefined; n += 1)
    grown = await grownBy(() => send(REQUESTS));
  client.close();

  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { authorization: 'Bearer token', 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY }),
  });
  const { data, errors } = (await response.json()) as Answer;
  expect(errors).toBeUndefined();
  expect(data.groups.nodes).toHaveLength(GROUPS);

  const kb = (grown ?? Infinity) / REQUESTS / 1000;
  figure('what grows old of a request with 100 kB from Cotalker', `${kb.toFixed(1)} kB`);
  expect(kb).toBeLessThan(MOST_KB);
});

interface Answer {
  readonly data: { readonly groups: { readonly nodes: readonly unknown[] } };
  readonly errors?: unknown;
}
