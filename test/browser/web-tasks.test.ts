import { expect, test } from '@jest/globals';
import { planted, SANDBOX_USER_ID } from '../../sandbox/index.ts';
import { expectCount, useWebStage } from '../support/web-stage.ts';

const stage = useWebStage();
const { signIn, entry, title, problem, expectFocus, screenshot } = stage;

const rows = () => stage.page.locator('.my-tasks li');
const more = () => stage.page.getByRole('button', { name: 'Load more' });

async function openMine(): Promise<void> {
  await signIn();
  await entry('Company Announcements').waitFor();
  await stage.page.getByRole('link', { name: 'My tasks' }).click();
  await expectFocus(title('My tasks'));
}

/** The active tasks that the person of the token is to do, in groups that are in use. */
function mine() {
  const { tasks, taskGroups, groups } = stage.sandbox.data;
  const isSeen = (taskGroup: unknown) => {
    const groupId = taskGroups.find(({ _id }) => _id === taskGroup)?.['group'];
    const group = groups.find(({ _id }) => _id === groupId);
    const { adminOnly } = planted.groups;
    return group?.['isActive'] !== false && !Object.values(adminOnly).includes(String(groupId));
  };
  return tasks.filter(
    ({ _id, assignee, isActive, taskGroup }) =>
      assignee === SANDBOX_USER_ID &&
      isActive !== false &&
      isSeen(taskGroup) &&
      !planted.tasks.hidden.includes(String(_id)),
  );
}

test('shows the tasks of the person who is signed in, by group', async () => {
  await openMine();
  await rows().first().waitFor();
  await screenshot('my-tasks', { height: 560 });
  while ((await more().count()) > 0) {
    await more().click();
    await stage.page.getByText('Loading your tasks').waitFor({ state: 'detached' });
  }
  const expected = mine();
  expect(expected.length).toBeGreaterThan(5);
  await expectCount(rows(), expected.length);
  const shown = (await rows().allTextContents()).join('\n');
  for (const { serial } of expected) expect(shown).toContain(`#${String(serial)}`);
  expect(await rows().locator('.state').count()).toBe(expected.length);
  const dates = rows().locator('.when');
  expect(await dates.filter({ hasText: 'changed' }).count()).toBe(expected.length);
  const closed = rows().filter({ has: stage.page.locator('[data-type="CLOSED"]') });
  expect(await closed.count()).toBeGreaterThan(0);
  expect(await dates.filter({ hasText: 'closed' }).count()).toBe(await closed.count());

  const name = await rows().first().getByRole('link').textContent();
  await rows().first().getByRole('link').click();
  await title(String(name)).waitFor();
  await expectFocus(title(String(name)));
  await stage.page.getByText('To be done by').waitFor();
});

test('says which groups could not be read, and shows the others', async () => {
  stage.sandbox.fail({ template: '/v1/tasks/{id}/task', status: 503, times: 1 });
  stage.sandbox.fail({ template: '/v2/task-groups/{id}/tasks', status: 503, times: 1 });
  await openMine();
  await problem('UPSTREAM_UNAVAILABLE').first().waitFor();
  await rows().first().waitFor();
  stage.sandbox.reset();
  const main = stage.page.getByRole('main');
  await main.getByRole('button', { name: 'Try again' }).first().click();
  await main.getByRole('alert').first().waitFor({ state: 'detached' });
});

test('shows a task, with what it is tagged with and where it belongs', async () => {
  await signIn();
  await entry('Company Announcements').waitFor();
  await stage.page.evaluate(`location.hash = '#/group/${planted.groups.withActions}'`);
  const card = stage.page.locator('.task-card:has(.task-info)').first();
  await card.getByRole('link').click();
  const head = stage.page.getByRole('main').getByRole('heading', { level: 1 });
  await stage.page.getByText('Task in Obras en Terreno').waitFor();
  await stage.page.locator('.task .state').waitFor();
  const terms = await stage.page.locator('.task dt').allTextContents();
  expect(terms).toEqual(expect.arrayContaining(['State', 'To be done by', 'Weight', 'Changed']));
  expect(await stage.page.locator('.task dd').allTextContents()).toHaveLength(terms.length);
  await expectFocus(head);
  await screenshot('task', { height: 480 });
  await stage.page.getByRole('link', { name: 'Obras en Terreno' }).click();
  await expectCount(stage.page.locator('.task-card'), 60);

  // One that is named in a message comes without its group.
  const chat = `#/group/${planted.groups.withActions}/channel/${planted.messages.channel}`;
  await stage.page.evaluate(`location.hash = '${chat}'`);
  await stage.page.getByRole('link', { name: 'Poda: Quilicura' }).first().click();
  await stage.page.locator('.task .state').waitFor();
});

test('says what of a task cannot be read, and where there is none', async () => {
  stage.sandbox.fail({ template: '/v2/users', status: 503 });
  await signIn();
  await entry('Company Announcements').waitFor();
  const task = mine().find(({ taskGroup }) => taskGroup === planted.taskGroups.large) ?? mine()[0];
  const group = stage.sandbox.data.taskGroups.find(({ _id }) => _id === task?.['taskGroup']);
  const show = (id: string) =>
    stage.page.evaluate(`location.hash = '#/group/${String(group?.['group'])}/task/${id}'`);
  await show(String(task?.['_id']));
  await stage.page.getByText('not available').first().waitFor();
  await problem('UPSTREAM_UNAVAILABLE').waitFor();
  stage.sandbox.reset();
  await stage.page.getByRole('main').getByRole('button', { name: 'Try again' }).click();
  await problem('UPSTREAM_UNAVAILABLE').waitFor({ state: 'detached' });
  expect(await stage.page.getByText('not available').count()).toBe(0);
  await show('0'.repeat(24));
  await title('Not found').waitFor();
  await stage.page.getByText('There is no such task').waitFor();
});
