import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSandbox, planted, type RawRecord, type Sandbox } from '../../sandbox/index.ts';
import { admin, ask, idsOf, records, user } from './ask.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await createSandbox();
});
afterEach(() => sandbox.close());

const tasksOf = (id: string, query = ''): string => `/v2/task-groups/${id}/tasks?limit=100${query}`;

describe('task groups', () => {
  const all = '/v2/task-groups?limit=100&isActive=all';

  test('by the ids of their groups, or by their own', async () => {
    const groups = [planted.groups.withActions, planted.groups.adminOnly.task];
    const byGroup = `${all}&groupIds=${groups[0]}&groupIds=${groups[1]}`;
    expect(idsOf(await records(sandbox, byGroup))).toEqual([planted.taskGroups.large]);
    expect(await records(sandbox, byGroup, admin)).toHaveLength(2);
    const ids = [planted.taskGroups.inactive, planted.taskGroups.free];
    expect(await records(sandbox, `${all}&ids=${ids[0]}&ids=${ids[1]}`)).toHaveLength(2);
    expect(await records(sandbox, `/v2/task-groups?ids=${ids[0]}`)).toEqual([]);
  });

  test('by collectionName', async () => {
    const names = (await records(sandbox, `${all}&sortBy=collectionName`)).map(
      ({ collectionName }) => collectionName,
    );
    expect(names).toHaveLength(17);
    expect(names).toEqual(names.toSorted());
  });

  test('state machines and states come bare, inactive ones too', async () => {
    const id = sandbox.data.stateMachines.find(
      ({ _id }) => _id === planted.stateMachines.inactive,
    )?.['taskGroup'];
    const bare = async (what: string): Promise<RawRecord[]> =>
      JSON.parse((await ask(sandbox, `/v1/tasks/${String(id)}/sm/${what}`)).text) as RawRecord[];
    expect(idsOf(await bare('smstatemachine'))).toContain(planted.stateMachines.inactive);
    expect(idsOf(await bare('smstate/all'))).toContain(planted.states.inactive);
    expect(new Set((await bare('smstate/all')).map(({ taskGroup }) => taskGroup))).toEqual(
      new Set([id]),
    );
  });
});

describe('tasks', () => {
  test('both active and inactive, unless one is asked for', async () => {
    const path = tasksOf(planted.taskGroups.large);
    const both = await records(sandbox, path);
    const active = await records(sandbox, `${path}&isActive=true`);
    const inactive = await records(sandbox, `${path}&isActive=false`);
    expect(both).toHaveLength(64);
    expect(inactive.length).toBeGreaterThan(0);
    expect(active.length + inactive.length).toBe(64);
    expect(await records(sandbox, tasksOf(planted.taskGroups.empty))).toEqual([]);
  });

  test('by name; dates in all variants', async () => {
    const path = tasksOf(planted.taskGroups.large);
    const names = (await records(sandbox, `${path}&sortBy=name`)).map(({ name }) => name);
    expect(names).toEqual(names.toSorted());

    const [task] = (await records(sandbox, path)).slice(20);
    const count = async (query: string): Promise<number> =>
      (await records(sandbox, `${path}&${query}`)).length;
    for (const field of ['createdAt', 'modifiedAt']) {
      const at = String(task?.[field]);
      expect(await count(`${field}=${at}`)).toBe(1);
      expect((await count(`${field}_lt=${at}`)) + (await count(`${field}_gte=${at}`))).toBe(64);
      expect((await count(`${field}_lte=${at}`)) + (await count(`${field}_gt=${at}`))).toBe(64);
    }
  });

  test('with a visibility list show to those on it, and in admin mode', async () => {
    const path = tasksOf(planted.taskGroups.restricted);
    const seen = idsOf(await records(sandbox, path));
    expect(seen).toHaveLength(16);
    expect(seen).toContain(planted.tasks.shared);
    expect(idsOf(await records(sandbox, path, { authorization: admin.authorization }))).toEqual(
      expect.arrayContaining(planted.tasks.hidden),
    );
    expect(await records(sandbox, path, admin)).toHaveLength(18);
  });

  test('of a hidden group show in admin mode alone', async () => {
    const hidden = sandbox.data.taskGroups.find(
      ({ group }) => group === planted.groups.adminOnly.task,
    );
    const path = tasksOf(String(hidden?.['_id']));
    expect((await ask(sandbox, path, user)).status).toBe(404);
    expect(await records(sandbox, path, admin)).toHaveLength(5);
  });
});
