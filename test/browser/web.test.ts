import { expect, test } from '@jest/globals';
import { SANDBOX_USER_TOKEN } from '../../sandbox/index.ts';
import { startGateway } from '../support/gateway.ts';
import { startWebApp } from '../support/web-app.ts';
import { expectCount, useWebStage } from '../support/web-stage.ts';

const stage = useWebStage();
const { signIn, entry, open, title, problem, expectFocus, screenshot, forgive, holdBack } = stage;

const stored = () =>
  stage.page.evaluate('JSON.stringify([{ ...sessionStorage }, { ...localStorage }])');

test('asks for another token when one was never accepted, and keeps nothing of it', async () => {
  await signIn('not-a-token', { keep: true });
  await problem('UNAUTHENTICATED').getByText('Sign in with another token').waitFor();
  await screenshot('sign-in', { height: 560 });
  expect(stage.takeComplaints()).toEqual([]);
  expect(await stored()).toBe('[{},{}]');

  await stage.page.getByLabel('Cotalker token').fill(SANDBOX_USER_TOKEN);
  await stage.page.getByRole('button', { name: 'Sign in' }).click();
  await entry('Company Announcements').waitFor();
});

test('ends the session when the token stops being accepted', async () => {
  await signIn();
  await entry('Company Announcements').waitFor();
  stage.sandbox.fail({ status: 401 });
  await open('Company Announcements');
  await problem('UNAUTHENTICATED').getByText('Sign in again').waitFor();
  expect(stage.takeComplaints()).toEqual([]);
});

test('keeps the token over a reload only where asked, and only in this tab', async () => {
  await signIn();
  await entry('Company Announcements').waitFor();
  expect(await stored()).toBe('[{},{}]');
  await signIn(SANDBOX_USER_TOKEN, { keep: true });
  await entry('Company Announcements').waitFor();
  expect(await stored()).toBe(`[{"cotalker-token":"${SANDBOX_USER_TOKEN}"},{}]`);

  await stage.page.reload();
  await entry('Company Announcements').waitFor();
  await stage.page.getByRole('button', { name: 'Sign out' }).click();
  await stage.page.getByLabel('Cotalker token').waitFor();
  expect(await stored()).toBe('[{},{}]');
});

test('sends hashes in the place of queries, to a gateway that takes no others', async () => {
  const file = 'examples/web/src/gql/persisted-documents.json';
  const trustedDocuments = { file, mode: 'strict' } as const;
  const gateway = await stage.start(startGateway(stage.sandbox.url, { trustedDocuments }));
  const strict = await stage.start(
    startWebApp(gateway.url, stage.pages.url, { VITE_TRUSTED_DOCUMENTS: 'on' }),
  );
  stage.origins.push(strict.url);
  const bodies: string[] = [];
  stage.page.on('request', (request) => bodies.push(request.postData() ?? ''));
  await signIn(SANDBOX_USER_TOKEN, { at: strict.url });
  await open('Company Announcements');
  await title('Company Announcements').waitFor();
  await open('Operaciones', 'Obras en Terreno');
  await title('Obras en Terreno').waitFor();
  const asked = bodies.filter((body) => body !== '').map((body) => JSON.parse(body) as object);
  expect(asked.length).toBeGreaterThan(2);
  for (const body of asked) {
    expect(body).toHaveProperty('extensions.persistedQuery.sha256Hash');
    expect(body).not.toHaveProperty('query');
  }
  expect(asked).toContainEqual(expect.objectContaining({ operationName: 'GroupChanged' }));

  // What a page of another version asks for.
  await stage.page.route('**/graphql', (route) => {
    const postData =
      route
        .request()
        .postData()
        ?.replace(/[0-9a-f]{64}/, '0'.repeat(64)) ?? '';
    return route.continue({ postData });
  });
  await open('Company Announcements');
  await problem('PERSISTED_QUERY_NOT_FOUND').waitFor();
  const reloaded = stage.page.waitForEvent('load');
  await stage.page.getByRole('main').getByRole('button', { name: 'Reload' }).click();
  await reloaded;
  await stage.page.getByLabel('Cotalker token').waitFor();
  forgive('400 (Bad Request)');
});

test('names people, and says so where Cotalker has no name', async () => {
  await signIn();
  await open('Operaciones', 'Sala de Control');
  const channel = stage.page.getByRole('listitem').filter({ hasText: 'S/E San Bernardo' });
  await channel.getByText('Unnamed person').waitFor();
  expect(await stage.page.getByRole('main').textContent()).not.toMatch(/[0-9a-f]{24}/);
});

/** One of the states that the button of a notice has been in, and what the notice said then. */
interface Shown {
  readonly text: string;
  readonly isDisabled: boolean;
  readonly said: string | null;
  /** In milliseconds. */
  readonly at: number;
}
/** Notes each of them on the page itself, since one may be over before the test has looked. */
const NOTE_BUTTON = `
  window.shown = [];
  new MutationObserver(() => {
    const button = document.querySelector('main button');
    const last = window.shown.at(-1);
    if (!button || (last?.text === button.textContent && last.isDisabled === button.disabled)) return;
    const said = document.querySelector('main [role="alert"]')?.textContent ?? null;
    const { textContent: text, disabled: isDisabled } = button;
    window.shown.push({ text, isDisabled, said, at: performance.now() });
  }).observe(document.body, { attributes: true, characterData: true, childList: true, subtree: true });
`;

test('waits as long as it is told before it asks again', async () => {
  await signIn();
  await entry('Company Announcements').waitFor();
  const headers = { 'retry-after': '2' };
  stage.sandbox.fail({ template: '/v2/channels', status: 429, headers });
  await stage.page.evaluate(NOTE_BUTTON);
  await open('Company Announcements');
  const alert = problem('RATE_LIMITED');
  await stage.page
    .getByRole('button', { name: 'Try again', exact: true, disabled: false })
    .waitFor();
  const shown = await stage.page.evaluate<Shown[]>('window.shown');
  expect(shown.map(({ text, isDisabled }) => [text, isDisabled])).toEqual([
    ['Try again in 2 s', true],
    ['Try again in 1 s', true],
    ['Try again', false],
  ]);
  // What counts is not read out.
  expect(new Set(shown.map(({ said }) => said))).toEqual(new Set([await alert.textContent()]));
  expect(shown[0]?.said).toContain('Wait 2 seconds.');
  expect((shown[2]?.at ?? NaN) - (shown[0]?.at ?? NaN)).toBeGreaterThan(1900);
  stage.sandbox.reset();
  await stage.page.getByRole('main').getByRole('button').click();
  await stage.page.getByRole('heading', { name: 'Channels 3' }).waitFor();
});

test('has room for a notice in the menu, of what alone could not be read', async () => {
  const group = stage.sandbox.data.groups.find(({ nameDisplay }) => nameDisplay === 'Proveedores');
  Object.assign(group ?? {}, { _id: 'no id' });
  await signIn();
  await problem('UPSTREAM_INVALID_RESPONSE').getByText('Something is missing here').waitFor();
  await expectCount(stage.page.getByRole('treeitem'), 25);
  const menu = stage.page.getByRole('navigation');
  const inner = await menu.getByRole('button', { name: 'Try again' }).boundingBox();
  const outer = await menu.locator('.problem').boundingBox();
  if (!inner || !outer) throw new Error('there is no notice with a button');
  expect(inner.x + inner.width).toBeLessThan(outer.x + outer.width);
  expect(await menu.evaluate((it) => it.scrollWidth - it.clientWidth)).toBe(0);
});

test('shows the main menu as a tree that the keyboard walks', async () => {
  await signIn();
  await expectCount(stage.page.getByRole('treeitem'), 26);
  // Where a person who has just signed in is, and goes on from.
  await expectFocus(stage.page.getByRole('navigation', { name: 'Main menu' }));
  await stage.page.keyboard.press('Tab');
  await expectFocus(stage.page.getByLabel('Search the menu'));
  await stage.page.keyboard.press('Tab');
  await expectFocus(entry('Company Announcements'));

  await stage.page.keyboard.press('p');
  await expectFocus(entry('Prevención de Riesgos'));
  await stage.page.keyboard.press('ArrowRight');
  await stage.page.keyboard.press('ArrowRight');
  await stage.page.keyboard.press('ArrowRight');
  await stage.page.keyboard.press('ArrowDown');
  const deepest = entry('Training Materials');
  await expectFocus(deepest);
  await screenshot('menu');
  expect(await deepest.getAttribute('aria-level')).toBe('3');

  await stage.page.keyboard.press('ArrowLeft');
  await stage.page.keyboard.press('ArrowLeft');
  await expectFocus(entry('Capacitaciones'));
  expect(await deepest.count()).toBe(0);

  await stage.page.keyboard.press('Enter');
  await title('Capacitaciones').waitFor();
  expect(await entry('Capacitaciones').getAttribute('aria-current')).toBe('page');
  await deepest.waitFor();
  await stage.page
    .getByRole('listitem')
    .getByRole('link', { name: 'Training Materials' })
    .waitFor();
  await entry('Capacitaciones').locator('.menu-toggle').click();
  await deepest.waitFor({ state: 'detached' });
});

test('shows in the menu where a group is that its address opens', async () => {
  await signIn();
  await entry('Company Announcements').waitFor();
  const { _id } =
    stage.sandbox.data.groups.find((it) => it['nameDisplay'] === 'Training Materials') ?? {};
  await stage.page.evaluate(`location.hash = '#/group/${String(_id)}'`);
  await title('Training Materials').waitFor();
  await entry('Training Materials').waitFor();
  expect(await entry('Training Materials').getAttribute('aria-current')).toBe('page');
});

test('opens a standard group, and pages its channels', async () => {
  await signIn();
  await open('Operaciones', 'Sala de Control');
  await title('Sala de Control').waitFor();
  const channels = stage.page.locator('.channel');
  await expectCount(channels, 20);
  await screenshot('channels', { colorScheme: 'dark' });
  const more = stage.page.getByRole('button', { name: 'Load more' });
  await screenshot('more', { height: 300, at: more });
  await more.click();
  await expectCount(channels, 25);
  expect(new Set(await channels.allTextContents()).size).toBe(25);
  await expectFocus(channels.nth(20));
  // What Cotalker keeps of a file or a picture is nothing to show.
  const messages = (await channels.allTextContents()).join('\n');
  expect(messages).toContain('Plano 114.pdf');
  expect(messages).not.toMatch(/[{*]/);
  expect(await more.count()).toBe(0);
});

test('opens a task group, and pages its tasks', async () => {
  await signIn();
  await open('Operaciones', 'Network Incidents');
  await title('Network Incidents').waitFor();
  const tasks = stage.page.locator('tbody th');
  await expectCount(tasks, 20);
  await screenshot('tasks');
  await stage.page.getByRole('button', { name: 'Load more' }).click();
  await expectCount(tasks, 38);
  expect(new Set(await tasks.allTextContents()).size).toBe(38);
  expect(await stage.page.getByRole('button', { name: 'Load more' }).count()).toBe(0);
});

test('opens a board: all tasks, in the columns of all state machines', async () => {
  await signIn();
  await open('Operaciones', 'Obras en Terreno');
  await expectCount(stage.page.locator('.task-card'), 60);
  const columns = stage.page.locator('.column');
  expect(await columns.locator('h3').allTextContents()).toEqual([
    ...['Planned 10', 'In progress 10', 'On hold 10', 'Done 9', 'Cancelled 6'],
    ...['Abierto 6', 'Asignado 5', 'Resuelto 4'],
  ]);
  // Done is closed, and so is cancelled: neither is painted as a success.
  const colours = await columns.evaluateAll((all: any[]) =>
    all.map((it) => [it.dataset.type, getComputedStyle(it).borderTopColor]),
  );
  expect(new Map(colours as [string, string][]).size).toBe(3);
  await screenshot('board', { height: 380 });
});

test('finds an entry by a part of its name, and says where it is', async () => {
  await signIn();
  await entry('Company Announcements').waitFor();
  const field = stage.page.getByLabel('Search the menu');
  await field.fill('BITACORA');
  await stage.page.getByRole('link', { name: 'Bitácora de Obra' }).waitFor();
  await field.fill('training');
  const found = stage.page.getByRole('navigation').getByRole('listitem');
  await expectCount(found, 1);
  expect(await found.textContent()).toContain('Prevención de Riesgos › Capacitaciones');
  await screenshot('search', { height: 300 });
  await found.getByRole('link').click();
  await title('Training Materials').waitFor();
  await field.fill('no such name');
  await stage.page.getByText('Nothing has this name').waitFor();
  await field.fill('');
  await entry('Company Announcements').waitFor();
});

test.each(['#/group/000000000000000000000000', '#/nowhere'])(
  'says that there is nothing at %s, with a way back',
  async (address) => {
    await signIn(SANDBOX_USER_TOKEN, { keep: true });
    await entry('Company Announcements').waitFor();
    await stage.page.goto(`${stage.app.url}/${address}`);
    await title('Not found').waitFor();
    expect(await stage.page.title()).toBe('Not found – Cotalker menu');
    await screenshot('not-found', { height: 300 });
    await stage.page.getByRole('link', { name: 'Back to the menu' }).click();
    await title('Pick an entry of the menu').waitFor();
  },
);

test('shows what could be read, with each error in its place', async () => {
  stage.sandbox.fail({ template: '/v1/tasks/{id}/sm/smstate/all', status: 503 });
  stage.sandbox.fail({ template: '/v2/channels', status: 403 });
  await signIn();
  await open('Operaciones', 'Mantención de Subestaciones');
  await expectCount(stage.page.locator('tbody th'), 20);
  await expectCount(stage.page.locator('tbody').getByText('not available'), 20);
  await stage.page.getByRole('region', { name: 'Channels' }).getByText('No permission').waitFor();
  await screenshot('errors', { height: 420 });
  const tasks = stage.page.getByRole('region', { name: 'Tasks' });
  await tasks.getByText('UPSTREAM_UNAVAILABLE').waitFor();

  // On a second visit they show from the cache, errors too, until the new answer is there.
  await open('Company Announcements');
  await problem('FORBIDDEN').waitFor();
  stage.sandbox.reset();
  const { goOn } = await holdBack('query Group');
  await open('Mantención de Subestaciones');
  await expectCount(stage.page.locator('tbody').getByText('not available'), 20);
  goOn();
  await expectCount(stage.page.locator('tbody .state'), 20);
  expect(await stage.page.getByRole('alert').count()).toBe(0);
});

test('keeps the pages it has when the next one fails, and tries that one again', async () => {
  await signIn();
  await open('Operaciones', 'Sala de Control');
  await expectCount(stage.page.locator('.channel'), 20);
  stage.sandbox.fail({ template: '/v2/channels', status: 503 });
  await stage.page.getByRole('button', { name: 'Load more' }).click();
  await problem('UPSTREAM_UNAVAILABLE').waitFor();
  await expectCount(stage.page.locator('.channel'), 20);
  stage.sandbox.reset();
  await stage.page.getByRole('button', { name: 'Try again' }).click();
  await expectCount(stage.page.locator('.channel'), 25);
});

test('says so when the gateway cannot be reached', async () => {
  await signIn();
  await entry('Company Announcements').waitFor();
  await stage.context.setOffline(true);
  await open('Company Announcements');
  await problem('GATEWAY_UNREACHABLE').waitFor();
  forgive('ERR_INTERNET_DISCONNECTED');
  await stage.context.setOffline(false);
  await stage.page.getByRole('button', { name: 'Try again' }).click();
  await stage.page.getByRole('heading', { name: 'Channels 3' }).waitFor();
});

test('shows a group of a kind that only a newer gateway knows by what all groups have', async () => {
  // The real answer, but for the name of the type.
  await stage.page.route('**/graphql', async (route) => {
    // The stream of changes has no end to wait for.
    if (route.request().headers()['accept']?.startsWith('text/event-stream'))
      return route.continue();
    const response = await route.fetch();
    const body = (await response.text()).replaceAll('"StandardGroup"', '"FormGroup"');
    await route.fulfill({ response, body });
  });
  await signIn();
  await open('Company Announcements');
  await title('Company Announcements').waitFor();
  await stage.page.getByText('does not know this kind of group yet').waitFor();
});

test('shows one thing at a time on a narrow screen', async () => {
  await stage.page.setViewportSize({ width: 390, height: 800 });
  await signIn();
  await entry('Company Announcements').waitFor();
  await open('Company Announcements');
  await title('Company Announcements').waitFor();
  expect(await stage.page.getByRole('tree').isVisible()).toBe(false);
  await stage.page.getByRole('link', { name: 'Menu' }).click();
  await entry('Company Announcements').waitFor();
  await title('Pick an entry of the menu').waitFor();
  expect(await stage.page.getByText('With the keyboard').isVisible()).toBe(false);
});

test.each([390, 768])(
  'lets a table scroll within itself at %i pixels, by keyboard too',
  async (width) => {
    await stage.page.setViewportSize({ width, height: 800 });
    await signIn();
    await open('Operaciones', 'Network Incidents');
    await expectCount(stage.page.locator('tbody th'), 20);
    if (width === 390) await screenshot('narrow', { width, height: 700 });
    const [scrolled, shown] = await stage.page
      .getByRole('main')
      .evaluate((it) => [it.scrollWidth, it.clientWidth]);
    expect(scrolled).toBe(shown);
    const lastColumn = stage.page.getByRole('columnheader', { name: 'Changed' });
    const end = async () => {
      const box = await lastColumn.boundingBox();
      return (box?.x ?? NaN) + (box?.width ?? NaN);
    };
    expect(await end()).toBeGreaterThan(width);
    await stage.page.getByRole('group', { name: /^Tasks/ }).focus();
    while ((await end()) > width) await stage.page.keyboard.press('ArrowRight');
  },
);
