import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';
import {
  createCompany,
  createSandbox,
  planted,
  type Sandbox,
  SANDBOX_USER_TOKEN,
} from '../../src/sandbox/index.ts';
import { startGateway } from '../support/gateway.ts';
import { type Pages, startPages } from '../support/pages.ts';
import { startWebApp, type WebApp } from '../support/web-app.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let sandbox: Sandbox;
let pages: Pages;
let app: WebApp;
let browser: Browser;
/** All that a page may ask. */
const origins: string[] = [];
const started: { close(): Promise<void> }[] = [];

/** Notes what is to be closed, so that a start that fails is not told by what is missing after it. */
async function start<T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> {
  const running = await starting;
  started.unshift(running);
  return running;
}

beforeAll(async () => {
  pages = await start(startPages());
  sandbox = await start(createSandbox({ data: companyWithLinksTo(pages.url) }));
  const gateway = await start(startGateway(sandbox.url));
  app = await start(startWebApp(gateway.url, pages.url));
  origins.push(app.url, pages.url);
  browser = await start(
    chromium.launch({
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: [
        ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
        ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      ],
    }),
  );
});

afterAll(async () => {
  for (const running of started) await running.close();
});

/** The sandbox's company, whose web links lead to a site that is really there. */
function companyWithLinksTo(site: string) {
  const company = createCompany();
  for (const { link } of company.groups as { link?: { url?: string } }[])
    if (link?.url?.startsWith('https:')) link.url = site + new URL(link.url).pathname;
  return company;
}

let context: BrowserContext;
let page: Page;
let requested: string[];
/** What a person would find in the console. */
let complaints: string[];

beforeEach(async () => {
  sandbox.reset();
  sandbox.latencyMs = 0;
  requested = [];
  complaints = [];
  context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    locale: 'en-GB',
  });
  context.on('request', (request) => requested.push(request.url()));
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()))
      complaints.push(message.text().slice(0, 300));
  });
  context.setDefaultTimeout(10_000);
  page = await context.newPage();
});

// Holds for whatever a test has done on the page.
afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
  const addresses = requested.filter((address) => !/^(data|blob):/.test(address));
  for (const address of addresses) expect(origins).toContain(new URL(address).origin);
  expect(addresses.filter((address) => address.includes(SANDBOX_USER_TOKEN))).toEqual([]);
});

/** For the README; what is on the screen has to be there already. */
async function screenshot(name: string, colorScheme: 'light' | 'dark' = 'light'): Promise<void> {
  if (process.env['SCREENSHOT'] !== '1') return;
  await page.emulateMedia({ colorScheme });
  await page.screenshot({ path: `examples/web/docs/${name}.png` });
}

async function signIn(
  token = SANDBOX_USER_TOKEN,
  { keep = false, at = app.url } = {},
): Promise<void> {
  await page.goto(at);
  await page.getByLabel('Cotalker token').fill(token);
  if (keep) await page.getByLabel('Keep it').check();
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** An entry of the menu by how its name begins: what follows tells its kind. */
const entry = (name: string) => page.getByRole('treeitem', { name: new RegExp(`^${name}`) });

/** Opens a group of the menu; the groups above it are expanded by keyboard. */
async function open(...path: string[]): Promise<void> {
  for (const name of path.slice(0, -1)) {
    await entry(name).focus();
    await page.keyboard.press('ArrowRight');
  }
  await entry(path.at(-1) ?? '').click();
}

const title = (name: string) => page.getByRole('heading', { name, level: 1 });

/** Waits until there are so many, and no more. */
async function expectCount(found: Locator, count: number): Promise<void> {
  await found.nth(count - 1).waitFor();
  expect(await found.count()).toBe(count);
}

const problem = (code: string) => page.getByRole('alert').filter({ hasText: code });

/** Waits until the focus is there. */
const expectFocus = (found: Locator) => found.and(page.locator(':focus')).waitFor();

const stored = () => page.evaluate('JSON.stringify([{ ...sessionStorage }, { ...localStorage }])');

test('asks to sign in again when the token is not accepted, and keeps nothing of it', async () => {
  await signIn('not-a-token', { keep: true });
  await problem('UNAUTHENTICATED').getByText('Sign in again').waitFor();
  await screenshot('sign-in');
  // The answer is HTTP 401, which Chromium notes in the console; nothing else may be there.
  expect(complaints.splice(0)).toEqual([expect.stringContaining('401 (Unauthorized)')]);
  expect(await stored()).toBe('[{},{}]');

  await page.getByLabel('Cotalker token').fill(SANDBOX_USER_TOKEN);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await entry('Company Announcements').waitFor();
});

test('ends the session when the token stops being accepted', async () => {
  await signIn();
  await entry('Company Announcements').waitFor();
  sandbox.fail({ status: 401 });
  await open('Company Announcements');
  await problem('UNAUTHENTICATED').waitFor();
  complaints = complaints.filter((complaint) => !complaint.includes('401 (Unauthorized)'));
});

test('keeps the token over a reload only where asked, and only in this tab', async () => {
  await signIn();
  await entry('Company Announcements').waitFor();
  expect(await stored()).toBe('[{},{}]');
  await signIn(SANDBOX_USER_TOKEN, { keep: true });
  await entry('Company Announcements').waitFor();
  expect(await stored()).toBe(`[{"cotalker-token":"${SANDBOX_USER_TOKEN}"},{}]`);

  await page.reload();
  await entry('Company Announcements').waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Cotalker token').waitFor();
  expect(await stored()).toBe('[{},{}]');
});

test('sends hashes in the place of queries, to a gateway that takes no others', async () => {
  const file = 'examples/web/src/gql/persisted-documents.json';
  const trustedDocuments = { file, mode: 'strict' } as const;
  const gateway = await start(startGateway(sandbox.url, { trustedDocuments }));
  const strict = await start(startWebApp(gateway.url, pages.url, { VITE_TRUSTED_DOCUMENTS: 'on' }));
  origins.push(strict.url);
  const bodies: string[] = [];
  page.on('request', (request) => bodies.push(request.postData() ?? ''));
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
});

test('shows the main menu as a tree that the keyboard walks', async () => {
  await signIn();
  await expectCount(page.getByRole('treeitem'), 26);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expectFocus(entry('Company Announcements'));

  await page.keyboard.press('p');
  await expectFocus(entry('Prevención de Riesgos'));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  const deepest = entry('Training Materials');
  await expectFocus(deepest);
  expect(await deepest.getAttribute('aria-level')).toBe('3');

  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expectFocus(entry('Capacitaciones'));
  expect(await deepest.count()).toBe(0);

  await page.keyboard.press('Enter');
  await title('Capacitaciones').waitFor();
  expect(await entry('Capacitaciones').getAttribute('aria-current')).toBe('page');
  await deepest.waitFor();
  await page.getByRole('listitem').getByRole('link', { name: 'Training Materials' }).waitFor();
  await entry('Capacitaciones').locator('.menu-toggle').click();
  await deepest.waitFor({ state: 'detached' });
});

test('opens a standard group, and pages its channels', async () => {
  await signIn();
  await open('Operaciones', 'Sala de Control');
  await title('Sala de Control').waitFor();
  const channels = page.locator('.channel');
  await expectCount(channels, 20);
  await screenshot('channels', 'dark');
  await page.getByRole('button', { name: 'Load more' }).click();
  await expectCount(channels, 25);
  expect(new Set(await channels.allTextContents()).size).toBe(25);
  await expectFocus(channels.nth(20));
  expect(await page.getByRole('button', { name: 'Load more' }).count()).toBe(0);
});

test('opens a task group, and pages its tasks', async () => {
  await signIn();
  await open('Operaciones', 'Obras en Terreno');
  await title('Obras en Terreno').waitFor();
  const tasks = page.locator('tbody th');
  await expectCount(tasks, 20);
  await screenshot('tasks');
  for (const count of [40, 60]) {
    await page.getByRole('button', { name: 'Load more' }).click();
    await expectCount(tasks, count);
  }
  expect(new Set(await tasks.allTextContents()).size).toBe(60);
  expect(await page.getByRole('button', { name: 'Load more' }).count()).toBe(0);
});

test('follows links as they say', async () => {
  await signIn();
  const newTab = context.waitForEvent('page');
  await open('Intranet');
  const intranet = await newTab;
  await intranet.getByRole('heading', { name: '/' }).waitFor();
  expect(await intranet.evaluate('window.opener')).toBe(null);
  await intranet.close();

  await open('Clima y Pronóstico');
  await page.frameLocator('main iframe').getByRole('heading', { name: '/map' }).waitFor();
  expect(await page.locator('main iframe').getAttribute('sandbox')).toContain('allow-same-origin');

  // Without a host: inside the platform.
  await open('Monthly Reports');
  await page
    .frameLocator('main iframe')
    .getByRole('heading', { name: '/reports/monthly' })
    .waitFor();

  await open('Help Desk');
  const popUp = page.getByRole('dialog', { name: 'Help Desk' });
  await popUp.frameLocator('iframe').getByRole('heading', { name: '/new' }).waitFor();
  await page.keyboard.press('Escape');
  await popUp.waitFor({ state: 'detached' });
  await page.getByText('This app keeps your token to itself').waitFor();

  await open('Escáner QR');
  const command = page.getByRole('link', { name: 'Open in the Cotalker app' });
  expect(await command.getAttribute('href')).toBe('cotalker://scanner?mode=qr');

  await open('Prize Draw');
  await problem('UNSAFE_URL').waitFor();
  expect(await page.locator('[href*="script"]').count()).toBe(0);
});

test('gives a frame of its own origin none, and follows no scheme that it does not know', async () => {
  const weather = sandbox.data.groups.find(({ _id }) => _id === planted.links.embedded);
  const link = weather?.['link'] as { url: string };
  const before = link.url;
  link.url = `${app.url}/icon.svg`;
  await signIn();
  await open('Clima y Pronóstico');
  const frame = page.locator('main iframe');
  expect(await frame.getAttribute('src')).toBe(link.url);
  expect(await frame.getAttribute('sandbox')).not.toContain('allow-same-origin');

  link.url = 'ftp://files.andina.example/';
  await signIn();
  await open('Clima y Pronóstico');
  await page.getByText('not followed by this app').waitFor();
  expect(await page.locator('[href^="ftp"], [src^="ftp"]').count()).toBe(0);
  link.url = before;
});

test('shows what could be read, with each error in its place', async () => {
  sandbox.fail({ template: '/v1/tasks/{id}/sm/smstate/all', status: 503 });
  sandbox.fail({ template: '/v2/channels', status: 403 });
  await signIn();
  await open('Sales', 'Customer Quotes');
  await expectCount(page.locator('tbody th'), 20);
  await expectCount(page.locator('tbody').getByText('not available'), 20);
  await page.getByRole('region', { name: 'Channels' }).getByText('No permission').waitFor();
  await screenshot('errors');
  const tasks = page.getByRole('region', { name: 'Tasks' });
  await tasks.getByText('UPSTREAM_UNAVAILABLE').waitFor();

  // On a second visit they show from the cache, errors too, until the new answer is there.
  await open('Company Announcements');
  await problem('FORBIDDEN').waitFor();
  sandbox.reset();
  sandbox.latencyMs = 500;
  await open('Customer Quotes');
  await expectCount(page.locator('tbody').getByText('not available'), 20);
  await expectCount(page.locator('tbody .state'), 20);
  expect(await page.getByRole('alert').count()).toBe(0);
});

test('keeps the pages it has when the next one fails, and tries that one again', async () => {
  await signIn();
  await open('Operaciones', 'Sala de Control');
  await expectCount(page.locator('.channel'), 20);
  sandbox.fail({ template: '/v2/channels', status: 503 });
  await page.getByRole('button', { name: 'Load more' }).click();
  await problem('UPSTREAM_UNAVAILABLE').waitFor();
  await expectCount(page.locator('.channel'), 20);
  sandbox.reset();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expectCount(page.locator('.channel'), 25);
});

test('says so when the gateway cannot be reached', async () => {
  await signIn();
  await entry('Company Announcements').waitFor();
  await context.setOffline(true);
  await open('Company Announcements');
  await problem('GATEWAY_UNREACHABLE').waitFor();
  complaints = complaints.filter((complaint) => !complaint.includes('ERR_INTERNET_DISCONNECTED'));
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Channels 3' }).waitFor();
});

test('shows a group of a kind that only a newer gateway knows by what all groups have', async () => {
  // The real answer, but for the name of the type.
  await page.route('**/graphql', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replaceAll('"StandardGroup"', '"FormGroup"');
    await route.fulfill({ response, body });
  });
  await signIn();
  await open('Company Announcements');
  await title('Company Announcements').waitFor();
  await page.getByText('does not know this kind of group yet').waitFor();
});

test('shows one thing at a time on a narrow screen', async () => {
  await page.setViewportSize({ width: 390, height: 800 });
  await signIn();
  await entry('Company Announcements').waitFor();
  await open('Company Announcements');
  await title('Company Announcements').waitFor();
  expect(await page.getByRole('tree').isVisible()).toBe(false);
  await page.getByRole('link', { name: 'Menu' }).click();
  await entry('Company Announcements').waitFor();
  expect(await page.getByRole('main').isVisible()).toBe(false);
});

test.each(['light', 'dark'] as const)(
  'is accessible, as axe checks it, %s',
  async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    const check = async (view: string) => {
      await page.evaluate(AXE);
      const found = (await page.evaluate(
        'axe.run({ runOnly: ["wcag2a", "wcag2aa", "best-practice"], iframes: false })',
      )) as any;
      const violations = found.violations.map(({ id, nodes }: any) => [
        id,
        nodes.map((n: any) => n.html),
      ]);
      expect([view, violations]).toEqual([view, []]);
    };
    await page.goto(app.url);
    await check('sign-in');
    await signIn();
    await open('Operaciones', 'Sala de Control');
    await expectCount(page.locator('.channel'), 20);
    await check('channels');
    sandbox.fail({ template: '/v2/users', status: 503 });
    await open('Obras en Terreno');
    await expectCount(page.locator('tbody th'), 20);
    await check('tasks with errors');
    await open('Prize Draw');
    await problem('UNSAFE_URL').waitFor();
    await check('a link held back');
    await open('Help Desk');
    await page.getByRole('dialog').waitFor();
    await check('a pop-up');
  },
);
