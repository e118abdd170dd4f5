import { afterEach, expect, test } from '@jest/globals';
import { createCaller } from '../../../src/cotalker/call.ts';
import { createCotalker } from '../../../src/cotalker/session.ts';
import { createClient } from '../../../src/cotalker/wire/client.ts';
import { type Fault, startFaultServer } from '../../support/fault-server.ts';
import * as faults from '../../support/faults.ts';
import { idOf } from '../../support/stage.ts';

/* What tells that COTALKER_API_URL leads to another server: no list comes where Cotalker always has one. */

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** @returns The lists that were told to be missing, once a list and a record were asked for. */
async function missingWhere(fault: Fault): Promise<string[]> {
  const missing: string[] = [];
  const upstream = await startFaultServer(() => fault);
  const client = createClient({
    baseUrl: upstream.url,
    onMissingList: (endpoint) => void missing.push(endpoint),
  });
  closing.push(client.close, upstream.close);
  const cotalker = createCotalker(client.exchange, {
    limits: { callsPerRequest: 10, perOwner: 10, total: 10 },
    resilience: { retry: { attempts: 1 } },
  });
  const caller = createCaller({ authorization: 'Bearer a', admin: false, tracing: {} });
  const session = cotalker.openSession(caller, new AbortController().signal, 10_000);
  const asked = [
    session.get({ template: '/v2/groups', query: { page: 1 } }),
    session.get({ template: '/v2/groups/{id}', id: idOf(1) }),
  ];
  await Promise.allSettled(asked);
  return missing;
}

test.each<[string, Fault]>([
  ['a 404', faults.status(404)],
  ['a redirect', faults.status(302, { location: 'https://x.test/' })],
  ['a page of HTML', faults.text('<!doctype html><title>Welcome</title>')],
])('%s to a list is told, and to a record is not', async (_, fault) => {
  expect(await missingWhere(fault)).toEqual(['/v2/groups']);
});

test.each<[string, Fault]>([
  ['a 500', faults.status(500)],
  ['a 403', faults.status(403)],
  ['another envelope', faults.json({})],
])('%s is not', async (_, fault) => {
  expect(await missingWhere(fault)).toEqual([]);
});
