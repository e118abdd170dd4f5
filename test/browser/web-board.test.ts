import { expect, test } from '@jest/globals';
import { planted, type RawRecord } from '../../sandbox/index.ts';
import { startGateway } from '../support/gateway.ts';
import { asks, expectCount, useWebStage } from '../support/web-stage.ts';

const stage = useWebStage();
const { signIn, problem, expectFocus, screenshot, forgive, holdBack } = stage;

const WRITE = '/v1/tasks/{id}/task/{taskId}';
const isMove = asks('mutation MoveTask');
const card = (name: string) => stage.page.locator('.task-card').filter({ hasText: name });
const column = (name: string) => stage.page.getByRole('region', { name, exact: true });
const writes = () => stage.sandbox.calls.filter(({ method }) => method === 'PATCH').length;
const said = () => stage.page.getByRole('region', { name: /^Tasks/ }).getByRole('status');

/** A task of the board's by the code of its state, and how its card is known. */
function taskIn(stateCode: string): { task: RawRecord; name: string } {
  const { tasks, properties } = stage.sandbox.data;
  const property = properties.find(
    ({ name }) => (name as { code?: string } | undefined)?.code === `works_${stateCode}`,
  );
  const task = tasks.find(
    ({ taskGroup, status, isActive }) =>
      taskGroup === planted.taskGroups.large && status === property?.['_id'] && isActive !== false,
  );
  if (task === undefined) throw new Error(`no task is in ${stateCode}`);
  return { task, name: `${String(task['name'])}#${String(task['serial'])}` };
}

async function openBoard(): Promise<void> {
  await signIn();
  await stage.page.getByRole('treeitem').first().waitFor();
  await stage.page.evaluate(`location.hash = '#/group/${planted.groups.withActions}'`);
  await expectCount(stage.page.locator('.task-card'), 60);
  await stage.page.locator('article.group[aria-busy="false"]').waitFor();
}

/** By its menu, with the keyboard alone. */
async function moveByKey(name: string, to: string): Promise<void> {
  const button = card(name).getByRole('button');
  await button.focus();
  await stage.page.keyboard.press('Enter');
  const menu = stage.page.getByRole('dialog');
  const target = menu.getByRole('button', { name: to });
  await target.waitFor();
  for (let presses = 0; presses < 8; presses += 1) {
    if ((await target.and(stage.page.locator(':focus')).count()) > 0) break;
    await stage.page.keyboard.press('Tab');
  }
  await expectFocus(target);
  await stage.page.keyboard.press('Enter');
  await menu.waitFor({ state: 'detached' });
}

test('a card is moved by mouse', async () => {
  await openBoard();
  const { name, task } = taskIn('planned');
  await card(name).dragTo(column('In progress'));
  await column('In progress').locator('.task-card').filter({ hasText: name }).waitFor();
  await column('Planned').getByRole('heading', { name: 'Planned 9' }).waitFor();
  expect(writes()).toBe(1);
  expect(stage.sandbox.data.states.find(({ _id }) => _id === task['smState'])?.['type']).toBe(
    'in-progress',
  );
  // A state of another machine takes no card, and neither does the one that it is in.
  await card(name).dragTo(column('Abierto'));
  const alert = stage.page.getByRole('alert');
  await alert.getByText('is not moved to Abierto').waitFor();
  await alert.getByText('belongs to another state machine').waitFor();
  await card(name).dragTo(column('In progress').getByRole('heading'));
  expect(writes()).toBe(1);
});

test('a card is moved by keyboard, said aloud, and stays where the person is', async () => {
  await openBoard();
  const { name, task } = taskIn('planned');
  await card(name).getByRole('button').click();
  await screenshot('move', { height: 560 });
  await stage.page.keyboard.press('Escape');
  await stage.page.getByRole('dialog').waitFor({ state: 'detached' });
  await expectFocus(card(name).getByRole('button'));
  expect(writes()).toBe(0);
  await moveByKey(name, 'In progress');
  const there = column('In progress').locator('.task-card').filter({ hasText: name });
  await there.waitFor();
  await said()
    .getByText(`${String(task['name'])} is in In progress now.`)
    .waitFor({ state: 'attached' });
  await expectFocus(there.getByRole('button'));
  await expectCount(stage.page.locator('.task-card'), 60);
  await moveByKey(name, 'On hold');
  await column('On hold').locator('.task-card').filter({ hasText: name }).waitFor();
  expect(writes()).toBe(2);
});

test('two clicks move once, and nothing else moves meanwhile', async () => {
  await openBoard();
  const { name } = taskIn('planned');
  const other = taskIn('on_hold');
  const moves = await holdBack('mutation MoveTask');
  await card(name).getByRole('button').click();
  await stage.page.getByRole('dialog').getByRole('button', { name: 'In progress' }).dblclick();
  await card(name).getByText('Moving to In progress…').waitFor();
  await card(other.name).dragTo(column('In progress'));
  moves.goOn();
  await column('In progress').locator('.task-card').filter({ hasText: name }).waitFor();
  expect(
    await column('On hold').locator('.task-card').filter({ hasText: other.name }).count(),
  ).toBe(1);
  expect([moves.count, writes()]).toEqual([1, 1]);
});

test('says which states a card can be moved to, and where a form is asked for', async () => {
  await openBoard();
  const { name } = taskIn('planned');
  const alert = stage.page.getByRole('alert');
  await moveByKey(name, 'Done');
  await alert.getByText('From Planned it can be moved by hand to: In progress.').waitFor();
  await expectFocus(card(name).getByRole('button'));
  // In sight where the card is, however long the board.
  await stage.page.setViewportSize({ width: 860, height: 500 });
  await card(name).scrollIntoViewIfNeeded();
  const place = await alert.boundingBox();
  expect(place?.y).toBeGreaterThan(0);
  expect((place?.y ?? NaN) + (place?.height ?? NaN)).toBeLessThan(500);
  await screenshot('not-moved', { height: 400 });
  await stage.page.getByRole('button', { name: 'Close' }).click();
  await alert.waitFor({ state: 'detached' });
  await expectFocus(stage.page.getByRole('group', { name: /^Tasks/ }));
  await moveByKey(name, 'Cancelled');
  await alert.getByText('A form must be answered for that.').waitFor();
  await expectCount(alert, 1);
  const closed = taskIn('done');
  await moveByKey(closed.name, 'Planned');
  await alert.getByText('From Done nobody can move it by hand.').waitFor();
  expect(writes()).toBe(0);
  await column('Planned').locator('.task-card').filter({ hasText: name }).waitFor();
});

test('says so where it is not allowed', async () => {
  await openBoard();
  const { name } = taskIn('planned');
  const isWrite = ({ method }: { method: string }) => method === 'PATCH';
  stage.sandbox.fail({ template: WRITE, status: 403, matches: isWrite });
  await moveByKey(name, 'In progress');
  const alert = stage.page.getByRole('alert');
  await alert.getByText('Your account may not move this task.').waitFor();
  await column('Planned').locator('.task-card').filter({ hasText: name }).waitFor();
  expect(writes()).toBe(1);
});

test('shows a task where others have moved it', async () => {
  await openBoard();
  const { name, task } = taskIn('planned');
  const { smState, status } = taskIn('on_hold').task;
  Object.assign(task, { smState, status, modifiedAt: new Date().toISOString() });
  await moveByKey(name, 'In progress');
  const alert = stage.page.getByRole('alert');
  await alert.getByText('Somebody else has moved it meanwhile.').waitFor();
  await column('On hold').locator('.task-card').filter({ hasText: name }).waitFor();
  expect(writes()).toBe(0);
});

test('a task that others have deleted is told of, and goes', async () => {
  await openBoard();
  const { name, task } = taskIn('planned');
  const { tasks } = stage.sandbox.data;
  tasks.splice(tasks.indexOf(task), 1);
  await moveByKey(name, 'In progress');
  await stage.page.getByRole('alert').getByText('It is not there any more').waitFor();
  await card(name).waitFor({ state: 'detached' });
  expect(writes()).toBe(0);
});

test('reads again where nobody knows whether a card was moved', async () => {
  await openBoard();
  const [first, second] = [taskIn('planned'), taskIn('on_hold')];
  const isWrite = ({ method }: { method: string }) => method === 'PATCH';
  // Cotalker does it, but neither its answer nor a look at the task afterwards comes through.
  stage.sandbox.fail({ template: WRITE, destroy: true, isDone: true, matches: isWrite });
  const looks = stage.sandbox.fail({
    template: WRITE,
    status: 503,
    matches: (call) => !isWrite(call) && writes() > 0,
  });
  await moveByKey(first.name, 'In progress');
  await problem('OUTCOME_UNKNOWN').waitFor();
  await column('In progress').locator('.task-card').filter({ hasText: first.name }).waitFor();
  expect(writes()).toBe(1);
  looks();
  stage.sandbox.reset();

  // The connection breaks on the way to the gateway: the same to a person.
  await stage.page.route('**/graphql', (route) =>
    isMove(route.request()) ? route.abort() : route.continue(),
  );
  await moveByKey(second.name, 'In progress');
  await problem('OUTCOME_UNKNOWN').waitFor();
  await column('On hold').locator('.task-card').filter({ hasText: second.name }).waitFor();
  expect(writes()).toBe(0);
  forgive('net::ERR_FAILED');
});

test('says so where nothing can be changed', async () => {
  const reading = await stage.start(startGateway(stage.sandbox.url, { mutations: false }));
  await stage.page.route('**/graphql', async (route) => {
    if (!isMove(route.request())) return route.continue();
    return route.fulfill({ response: await route.fetch({ url: `${reading.url}/graphql` }) });
  });
  await openBoard();
  const { name } = taskIn('planned');
  await moveByKey(name, 'In progress');
  await problem('MUTATIONS_OFF').waitFor();
  await column('Planned').locator('.task-card').filter({ hasText: name }).waitFor();
});
