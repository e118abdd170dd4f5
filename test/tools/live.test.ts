import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { type RelayPoint, startRelayPoint } from '../support/relay-point.ts';
import { type Shell, startShell } from '../support/shell.ts';
import { idOf, plant, range, rawGroup, useStage } from '../support/stage.ts';

/*
 * `follow.ts` of examples/preset, over all that can happen to a connection: each change comes, once and in
 * order.
 */

const LIVE = { live: { pollMs: 100, maxSubscriptions: 10 } };
const WATCH = `
import { follow } from './preset/follow.ts';
const [url, after] = process.argv.slice(2);
const gateway = { url, token: () => 'sandbox-user' };
const query = 'subscription ($after: String) { groupChanged(after: $after) { cursor node { ... on MenuEntry { name } } } }';
for await (const { data } of follow(gateway, { query, variables: { after } }, { renewMs: 1500 }))
  console.log(data.groupChanged.node.name);
`;

const stage = useStage();
let point: RelayPoint;
let gateway: TestGateway;
let folder: string;
let watch: Shell;
let changes: string[];

beforeAll(async () => {
  point = await startRelayPoint();
  folder = mkdtempSync(join(tmpdir(), 'live-'));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  cpSync('examples/preset', join(folder, 'preset'), { recursive: true });
  writeFileSync(join(folder, 'watch.ts'), WATCH);
});
afterAll(async () => {
  await point.close();
  rmSync(folder, { recursive: true });
});

beforeEach(async () => {
  plant(
    stage,
    range(4).map((n) => rawGroup(n)),
  );
  changes = [];
  gateway = await startGateway(stage.sandbox.url, LIVE);
  point.to(gateway.url);
  const { body } = await gateway.ask('{ groups { pageInfo { endCursor } } }');
  const after = body.data.groups.pageInfo.endCursor as string;
  watch = startShell(`node watch.ts ${point.url}/graphql ${after}`, folder);
  await happens(1);
});
afterEach(async () => {
  await watch.end();
  await gateway.close();
});

/** Changes a group, now. */
function change(n: number): void {
  const at = 1000 + changes.length;
  const group = stage.sandbox.data.groups.find(({ _id }) => _id === idOf(n));
  Object.assign(group ?? {}, { ...rawGroup(at), _id: idOf(n) });
  changes.push(`Group ${at}`);
}
/** Changes so many of the first three groups, and waits until all changes have come. */
async function happens(count: number): Promise<void> {
  for (const n of range(count)) change(n);
  while (watch.out().split('\n').length <= changes.length)
    if (!(await watch.more())) throw new Error(`it ended: ${watch.err()}`);
  expect(watch.out().trim().split('\n')).toEqual(changes);
}

test('connections that are cut, again and again', async () => {
  for (let round = 0; round < 2; round += 1) {
    point.cut();
    await happens(3);
  }
});

test('a gateway that stops, and another in its place after a while', async () => {
  point.to(undefined);
  const ending = gateway.close();
  change(4);
  await ending;
  point.cut();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  gateway = await startGateway(stage.sandbox.url, LIVE);
  point.to(gateway.url);
  await happens(2);
});

test('a connection that dies without a word', async () => {
  point.silence();
  await happens(2);
});

test('Cotalker failing while it subscribes anew', async () => {
  const heal = stage.sandbox.fail({ template: '/v2/groups', status: 503 });
  const before = stage.sandbox.calls.length;
  point.cut();
  change(4);
  while (stage.sandbox.calls.length < before + 2)
    await new Promise((resolve) => setTimeout(resolve, 50));
  heal();
  await happens(2);
});

test('a token that is not accepted any more ends it, with the code', async () => {
  stage.sandbox.fail({ template: '/v2/groups', status: 401 });
  change(4);
  while (await watch.more());
  expect(watch.code()).toBe(1);
  expect(watch.err()).toContain('UNAUTHENTICATED');
});
