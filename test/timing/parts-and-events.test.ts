import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { subscribe } from '../support/events.ts';
import { type Fault, type FaultServer, startFaultServer } from '../support/fault-server.ts';
import { figure, inMs, useFaultStage } from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';
import { reportOf, startReportingGateway } from '../support/memory-report.ts';
import { openRaw, rawPost } from '../support/raw.ts';
import { range, rawGroup, rawTaskGroup } from '../support/stage.ts';

/*
 * When answers in parts end, and what subscriptions that are refused leave in memory.
 */

const { stage } = useFaultStage();
const DEADLINE_MS = 500;
/** Promised are 100; half the deadline leaves room for a machine that others use, and is far from never. */
const GRACE_MS = DEADLINE_MS / 2;

const groups = range(20).map((n) => rawGroup(n));
const listOf = (key: string, records: readonly object[]): Fault =>
  faults.json({ data: { [key]: records, count: records.length } });

describe('an answer in parts', () => {
  const DEFERRED = `{ groups(first: 20) { totalCount ... @defer { nodes {
    ... on TaskGroup { name tasks { totalCount } } } } } }`;
  const PARTS = { accept: 'multipart/mixed, application/json' };
  /** Groups of which the first is a task group; its tasks never come. */
  const tasksHang: FaultServer['answer'] = ({ path }) => {
    if (path === '/v2/groups') return listOf('groups', groups);
    return path === '/v2/task-groups' ? listOf('taskgroups', [rawTaskGroup(1)]) : faults.hang;
  };

  test('is whole by the deadline, with UPSTREAM_TIMEOUT for what is missing', async () => {
    const { gateway } = await stage(tasksHang, { requestDeadlineMs: DEADLINE_MS });
    // Against a plain timer of the same length, so that a machine that is busy does not decide the outcome.
    const timer = sleep(DEADLINE_MS).then(() => performance.now());
    const connection = await openRaw(gateway.url);
    connection.write(rawPost(DEFERRED, PARTS));
    const text = await connection.until(/"hasNext":false.*\r\n0\r\n\r\n$/s);
    const answeredAt = performance.now();
    const late = answeredAt - (await timer);
    expect(text).toContain('UPSTREAM_TIMEOUT');
    expect(late).toBeLessThan(GRACE_MS);
    figure('parts: whole after the deadline by', inMs(late));
    connection.socket.destroy();
  });

  test('is cut where its caller does not read it', async () => {
    const large = groups.map((group) => ({ ...group, nameDisplay: 'x'.repeat(100_000) }));
    const { gateway } = await stage(
      ({ path }) => (path === '/v2/groups' ? listOf('groups', large) : listOf('taskgroups', [])),
      { connections: { sendTimeoutMs: 500, checkIntervalMs: 50 } },
    );
    const names = range(20).map((n) => `n${n}: name`);
    const connection = await openRaw(gateway.url);
    connection.socket.pause();
    connection.write(
      rawPost(
        `{ groups(first: 20) { nodes @stream { ... on MenuEntry { ${names.join(' ')} } } } }`,
        PARTS,
      ),
    );
    // 40 MB, of which the connection takes a few.
    // Eight times as long as it may take none.
    await sleep(4000);
    connection.socket.resume();
    await connection.closed;
    expect(connection.received).toContain('"hasNext":true');
    expect(connection.received).not.toContain('"hasNext":false');
  });
});

const FOLLOW = 'subscription { groupChanged { cursor node { __typename } } }';

test('a subscription that is refused keeps no memory', async () => {
  const upstream = await startFaultServer(() => faults.status(403));
  const gateway = await startReportingGateway(upstream.url, { LOG_LEVEL: 'silent' });
  const beRefused = async (token: string): Promise<void> => {
    const events = await subscribe(gateway.url, FOLLOW, { token });
    await events.next();
    events.leave();
  };
  const heapAfter = async (rounds: number): Promise<number> => {
    for (let round = 0; round < rounds; round += 1)
      await Promise.all(range(20).map((n) => beRefused(`refused-${n}`)));
    return (await reportOf(gateway)).heapUsed;
  };
  const before = await heapAfter(30);
  const each = ((await heapAfter(40)) - before) / 800;
  await gateway.close();
  await upstream.close();
  figure('subscriptions refused: bytes kept of each', each.toFixed(0));
  // A feed with all that hangs on it takes 5 kB.
  expect(each).toBeLessThan(3000);
});
