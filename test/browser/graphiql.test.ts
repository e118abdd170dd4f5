import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Page,
  type Request,
} from 'playwright-core';
import { readExamples } from '../../src/http/pages/graphiql/files.ts';
import { createSandbox, planted, type Sandbox, SANDBOX_USER_TOKEN } from '../../sandbox/index.ts';
import { createGatewaySchema } from '../../src/graphql/schema.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

const EXAMPLES = readExamples();

let sandbox: Sandbox;
let gateway: TestGateway;
let browser: Browser;

beforeAll(async () => {
  sandbox = await createSandbox();
  gateway = await startGateway(sandbox.url, {
    graphiql: { token: SANDBOX_USER_TOKEN },
    live: { pollMs: 100, maxSubscriptions: 3 },
  });
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
});

afterAll(async () => {
  await browser.close();
  await gateway.close();
  await sandbox.close();
});

let context: BrowserContext;
let page: Page;
let requested: string[];
/** What a person would find in the console: errors of the page, and what its policy has blocked. */
let complaints: string[];

beforeEach(async () => {
  requested = [];
  complaints = [];
  context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
  });
  context.on('request', (request) => requested.push(request.url()));
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()))
      complaints.push(message.text().slice(0, 300));
  });
  context.setDefaultTimeout(15_000);
  page = await context.newPage();
});

// Holds for whatever a test has done on the page.
afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
  const origins = requested
    .filter((address) => !/^(data|blob):/.test(address))
    .map((address) => new URL(address).origin);
  expect([...new Set(origins)]).toEqual([gateway.url]);
});

/** One of the page's editors, by the file that it has open. */
const editor = (file: 'operation.graphql' | 'request-headers.json' | 'response.json') =>
  page.locator(`.monaco-editor[data-uri$="${file}"]`);

const line = (file: Parameters<typeof editor>[0], text: string | RegExp) =>
  editor(file).locator('.view-line', { hasText: text }).first();

async function open(address = '/graphql'): Promise<void> {
  await page.goto(gateway.url + address);
  await line('request-headers.json', 'Authorization').waitFor();
}

/** GraphiQL sends queries by POST, and subscriptions by GET. */
const isOf = (request: Request, operation: string): boolean =>
  (request.postData() ?? new URL(request.url()).searchParams.get('query') ?? '').includes(
    operation,
  );

const execute = () => page.getByRole('button', { name: /execute query/i }).click();

/** What GraphiQL sends where a person executes something: it reads the schema by itself. */
const isExecuted = (request: Request): boolean =>
  isOf(request, '{') && !isOf(request, '__schema') && request.url().startsWith(gateway.url);

/** Executes until it is this operation that is sent: for a moment GraphiQL has the other tab's in mind. */
async function executeOf(operation: string): Promise<Request> {
  for (;;) {
    const sent = page.waitForRequest(isExecuted);
    await execute();
    const request = await sent;
    if (isOf(request, operation)) return request;
  }
}

/** Waits until GraphiQL has written something to its storage: half a second after the last change, at the earliest. */
async function untilStored(isThere: (tabState: string) => boolean): Promise<void> {
  while (!isThere(await page.evaluate("sessionStorage['graphiql:tabState'] ?? '{}'")))
    await page.waitForTimeout(50);
}

/** For the pages: a part of what is on the screen, which has to be there already. Small enough to load at once. */
async function screenshot(
  name: string,
  { part = 'body', width = 1000, height = 500 } = {},
): Promise<void> {
  if (process.env['SCREENSHOT'] !== '1') return;
  await page.setViewportSize({ width, height });
  // The editors show scroll bars for a moment.
  await page.mouse.move(0, 0);
  await page.waitForTimeout(2000);
  await page.locator(part).screenshot({ path: `docs/${name}.png` });
}

const tabNames = () => page.locator('.graphiql-tab-button').allTextContents();

test('runs the first of the examples', async () => {
  await open();
  expect(await tabNames()).toEqual(EXAMPLES.map(({ name }) => name));
  await execute();
  await line('response.json', '"__typename": "StandardGroup"').waitFor();
  await line('response.json', '"__typename": "TaskGroup"').waitFor();
  await screenshot('graphiql', { width: 1280, height: 720 });
});

test('opens every example by a click on its tab, and runs it', async () => {
  await open();
  for (const { name, query, variables } of EXAMPLES) {
    const [operation = ''] = /^(query|mutation|subscription) \w+/m.exec(query) ?? [];
    const isLive = operation.startsWith('subscription');
    await page.getByRole('button', { name, exact: true }).click();
    await line('operation.graphql', operation).waitFor();
    // The pane that the tab talks about is open.
    expect(await page.locator('.graphiql-editor-tools .active').textContent()).toBe(
      variables ? 'Variables' : 'Headers',
    );
    // Nobody clicks faster.
    await page.waitForTimeout(250);
    const sent = await executeOf(operation);
    expect(sent.headers()).toMatchObject({ authorization: `Bearer ${SANDBOX_USER_TOKEN}` });
    if (isLive) {
      await sent.response();
      change();
    }
    await line('response.json', '"name"').waitFor();
  }
});

/** The moment has to be one that no group has yet. */
function change(): void {
  const group = sandbox.data.groups.find(({ _id }) => _id === planted.groups.category);
  Object.assign(group ?? {}, { modifiedAt: new Date().toISOString() });
}

test('all tabs and the title are in one line and in sight at 1280 pixels', async () => {
  await open();
  const title = page.locator('.graphiql-logo');
  const places = await Promise.all(
    [page.locator('.graphiql-tab').last(), title].map((one) => one.boundingBox()),
  );
  const [tab, logo] = places;
  if (!tab || !logo) throw new Error('There is no tab, or no title.');
  expect(tab.x + tab.width).toBeLessThan(logo.x);
  expect(logo.height).toBeLessThan(45);
  await expect(title.textContent()).resolves.toBe('Cotalker Gateway');
});

test.each([390, 768])('at %i pixels the result stands below the query', async (width) => {
  await page.setViewportSize({ width, height: 844 });
  await open();
  await execute();
  await line('response.json', '"__typename"').waitFor();
  const places = await Promise.all(
    ['.graphiql-query-editor', '.graphiql-response'].map((one) => page.locator(one).boundingBox()),
  );
  const [query, result] = places;
  if (!query || !result) throw new Error('There is no editor, or no result.');
  expect(result.y).toBeGreaterThanOrEqual(query.y + query.height);
  expect(Math.min(query.width, result.width)).toBeGreaterThan(270);
  expect(result.x + result.width).toBeLessThanOrEqual(width);
});

test('keeps the open tab in sight where the documentation takes its place', async () => {
  await open();
  await page.getByRole('button', { name: 'Live', exact: true }).click();
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  await page.getByRole('link', { name: 'TaskGroup', exact: true }).waitFor();
  // Each is cut where the list of tabs ends.
  const tabs = await page.locator('.graphiql-tabs').boundingBox();
  const live = page.locator('.graphiql-tab-active');
  const right = async () =>
    ((box) => (box?.x ?? NaN) + (box?.width ?? NaN))(await live.boundingBox());
  const end = (tabs?.x ?? NaN) + (tabs?.width ?? NaN);
  while ((await right()) > end + 1) await page.waitForTimeout(50);
});

test('lists the types by their names, and the defaults of arguments', async () => {
  await open();
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  await page.getByRole('link', { name: 'TaskGroup', exact: true }).waitFor();
  const section = page.locator('.graphiql-doc-explorer-section-content').last();
  const names = await section.getByRole('link').allTextContents();
  expect(names.length).toBeGreaterThan(20);
  expect(names).toEqual(names.toSorted());

  await page.getByRole('link', { name: 'Query', exact: true }).click();
  await page.getByRole('link', { name: 'groups', exact: true }).click();
  await page.locator('.graphiql-doc-explorer-argument', { hasText: 'first: Int = 50' }).waitFor();
  await screenshot('graphiql-schema', { part: '.graphiql-plugin', height: 760 });
});

test('shows the descriptions of the schema', async () => {
  await open();
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  await page.getByRole('link', { name: 'LinkGroup', exact: true }).click();
  const description = createGatewaySchema().getType('LinkGroup')?.description;
  if (!description) throw new Error('LinkGroup has no description.');
  await page.locator('.graphiql-plugin').getByText(description).waitFor();
});

test('completes fields as one types, and explains them', async () => {
  await open();
  await line('operation.graphql', /^\s*name\s*$/).click();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('modif');
  await page.locator('.suggest-widget', { hasText: 'modifiedAt' }).waitFor();
});

test('keeps the tabs when the page is loaded again, and forgets the token', async () => {
  await open();
  await page.getByRole('button', { name: 'Links', exact: true }).click();
  await line('request-headers.json', 'Authorization').click();
  await page.keyboard.press('Control+A');
  // The editor closes the string and the object by itself.
  await page.keyboard.type('{"Authorization": "Bearer typed-by-a-person');
  await execute();
  await line('response.json', 'UNAUTHENTICATED').waitFor();
  expect(complaints.splice(0)).toEqual([]);
  // What is typed later is stored later.
  await line('operation.graphql', 'query Links').click();
  await page.keyboard.press('End');
  await page.keyboard.type(' # later');
  await untilStored((tabState) => tabState.includes('# later'));
  const stored = await page.evaluate(
    'JSON.stringify([{ ...sessionStorage }, { ...localStorage }])',
  );
  expect(stored).toContain('query Links');
  expect(stored).not.toContain('typed-by-a-person');

  await page.reload();
  expect(await tabNames()).toEqual(EXAMPLES.map(({ name }) => name));
  await line('request-headers.json', SANDBOX_USER_TOKEN).waitFor();
});

test('opens the pane of a tab with variables after a reload as well', async () => {
  await open();
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await page.locator('.graphiql-editor-tools .active', { hasText: 'Variables' }).waitFor();
  await untilStored((tabState) => {
    const { tabs, activeTabIndex } = JSON.parse(tabState);
    return tabs?.[activeTabIndex]?.title === 'Search';
  });
  await page.reload();
  await line('operation.graphql', 'query Search').waitFor();
  expect(await page.locator('.graphiql-editor-tools .active').textContent()).toBe('Variables');
});

test('takes a query of the address as text', async () => {
  await open(`/graphql?query=${encodeURIComponent('{ mainMenu { __typename } } #<img src=x>')}`);
  await line('operation.graphql', '#<img src=x>').waitFor();
  await execute();
  await line('response.json', '"__typename": "StandardGroup"').waitFor();
});
