import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { nodeOf, useLiveStage } from '../support/live-stage.ts';

/** Shorter than the three changes take together, and some ten times what it takes to resolve one. */
const DEADLINE_MS = 700;
const { stage, follow, setUp, change } = useLiveStage({ requestDeadlineMs: DEADLINE_MS });

test('an event is resolved anew, within a deadline of its own, long after that of the request', async () => {
  setUp();
  const query = 'subscription { groupChanged { node { ... on TaskGroup { workflow { code } } } } }';
  const events = await follow({}, query);
  const codes = [];
  for (const code of ['first', 'second', 'third']) {
    await sleep(DEADLINE_MS / 2);
    Object.assign(stage.sandbox.data.taskGroups[0] ?? {}, { collectionName: code });
    change(2);
    codes.push(nodeOf(await events.next()).workflow.code);
  }
  expect(codes).toEqual(['first', 'second', 'third']);
});
