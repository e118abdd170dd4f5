import { describe, expect, test } from '@jest/globals';
import type { RawRecord, SandboxCall } from '../../sandbox/index.ts';
import { subscribe } from '../support/events.ts';
import { justNow, TASKS, TYPES, useRememberingStage } from '../support/remembering-stage.ts';
import { plant, queryOf, rawGroup, rawTaskGroup } from '../support/stage.ts';

/* What ends it that something is remembered, before its time. */

const remembering = useRememberingStage();
const { stage, ask, moveTo } = remembering;

describe('what Cotalker says', () => {
  const say = (template: string, value: string) =>
    stage.sandbox.fail({ template, headers: { 'cache-control': value } });

  test.each(['/v2/groups', '/v2/task-groups', '/v2/users', '/v2/properties'])(
    '%s with no-store is not remembered, with private it is',
    async (template) => {
      const isRemembered = async () =>
        (await ask(TASKS)).remembered.some(({ path }: any) => path === template);
      const stop = say(template, 'private, no-store');
      await ask(TASKS);
      expect(await isRemembered()).toBe(false);
      stop();
      say(template, 'private');
      await ask(TASKS);
      expect(await isRemembered()).toBe(true);
    },
  );

  test('max-age ends it sooner', async () => {
    say('/v2/users', 'max-age=20');
    await ask(TASKS);
    moveTo(21_000);
    expect((await ask(TASKS)).cost['/v2/users']).toBe(1);
  });

  test('of a list on several pages, no-store of one page is that of the list', async () => {
    stage.sandbox.maxLimit = 10;
    const isSecond = (call: SandboxCall) => queryOf(call)['page'] === '2';
    const headers = { 'cache-control': 'no-store' };
    stage.sandbox.fail({ template: '/v2/task-groups', matches: isSecond, headers });
    await ask(TYPES);
    expect((await ask(TYPES)).remembered.map(({ path }: any) => path)).not.toContain(
      '/v2/task-groups',
    );
  });

  test('401: nothing of before is served to the token any more', async () => {
    await ask(TASKS);
    stage.sandbox.fail({ template: '/v2/task-groups/{id}/tasks', status: 401, times: 1 });
    // What is remembered does not hide that the token is not accepted.
    const headers = { accept: 'application/graphql-response+json' };
    expect((await remembering.gateway.ask(TASKS, { headers })).status).toBe(200);
    expect((await ask(TASKS)).calls).toBe(5);
    expect((await ask(TASKS)).calls).toBe(1);
  });

  test('403 of one call leaves what others have brought: it is what an endpoint demands', async () => {
    await ask(TASKS);
    stage.sandbox.fail({ template: '/v2/task-groups/{id}/tasks', status: 403, times: 1 });
    expect((await remembering.gateway.ask(TASKS)).body.errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
    expect((await ask(TASKS)).calls).toBe(1);
  });
});

describe('what is followed', () => {
  const NAMES = '{ mainMenu { ... on MenuEntry { name } } }';
  const FOLLOW = 'subscription { groupChanged { node { __typename ... on MenuEntry { name } } } }';

  test('is told as it is, and whoever asks for the menu then finds it there', async () => {
    const group = rawGroup(1);
    plant(stage, [group]);
    await ask(NAMES);
    await ask(TYPES);
    const events = await subscribe(remembering.gateway.url, FOLLOW);
    Object.assign(group, { nameDisplay: 'Changed', modifiedAt: justNow() });
    stage.sandbox.data.taskGroups = [rawTaskGroup(1)] as RawRecord[];
    expect(await events.next()).toMatchObject({
      data: { groupChanged: { node: { __typename: 'TaskGroup', name: 'Changed' } } },
    });
    events.leave();
    const listed = ({ remembered }: { remembered: any[] }) =>
      remembered.some(({ path }) => path === '/v2/groups');
    const after = await ask(NAMES);
    expect(after.data.mainMenu).toEqual([{ name: 'Changed' }]);
    expect(listed(after)).toBe(false);
    // A poll that was under way as the subscriber left may make the list stale once more.
    let isListed = false;
    for (let n = 0; n < 3 && !isListed; n += 1) isListed = listed(await ask(NAMES));
    expect(isListed).toBe(true);
  });

  test('makes no list stale for another token', async () => {
    const group = rawGroup(1);
    plant(stage, [group, rawGroup(2)]);
    await ask(NAMES, { token: 'sandbox-admin' });
    const events = await subscribe(remembering.gateway.url, FOLLOW);
    Object.assign(group, { modifiedAt: justNow() });
    await events.next();
    events.leave();
    const { remembered } = await ask(NAMES, { token: 'sandbox-admin' });
    expect(remembered.map(({ path }: any) => path)).toContain('/v2/groups');
  });
});
