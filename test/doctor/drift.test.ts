import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { AREAS } from '../../doctor/areas.ts';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { type DriftProxy, startDriftProxy } from '../support/drift-proxy.ts';
import { DRIFTS } from '../support/drifts.ts';
import { examineAt, idsWith } from '../support/examination.ts';

/* A service that is not what the gateway takes it for, in one way at a time. */

let sandbox: Sandbox;
let proxy: DriftProxy;
beforeAll(async () => {
  sandbox = await createSandbox();
  proxy = await startDriftProxy(sandbox.url);
});
afterAll(async () => {
  await proxy.close();
  await sandbox.close();
});

test('nothing is broken while the proxy changes nothing', async () => {
  proxy.drift = {};
  const examined = await examineAt(proxy.url);
  expect([idsWith('broken', examined), idsWith('unclear', examined)]).toEqual([[], []]);
});

test.each(DRIFTS.map((drift) => [drift.check, drift.what, drift] as const))(
  '%s: %s',
  async (check, _, { drift, seen, also = [] }) => {
    proxy.drift = drift;
    const examined = await examineAt(proxy.url);
    expect(idsWith('broken', examined).toSorted()).toEqual([check, ...also].toSorted());
    expect(examined.findings.find(({ id }) => id === check)?.seen).toContain(seen);
  },
);

/** Each reading that these tell of is served: see `readings.test.ts`. */
const ONLY_TELL = ['empty-values', 'limits-of-use', 'states-scope'];

test('there is a drift for each check', () => {
  const ids = AREAS.flatMap(([, checks]) => checks.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
  const drifting = new Set([...DRIFTS.map(({ check }) => check), ...ONLY_TELL]);
  expect([...drifting].toSorted()).toEqual(ids.toSorted());
});
