import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Locator,
  type Page,
  type Request,
} from 'playwright-core';
import {
  createCompany,
  createSandbox,
  type Sandbox,
  SANDBOX_USER_TOKEN,
} from '../../sandbox/index.ts';
import { startGateway, type StartOptions } from './gateway.ts';
import { type Pages, startPages } from './pages.ts';
import { startWebApp, type WebApp } from './web-app.ts';

/** An operation that the page has begun, and that does not come to the gateway yet. */
export interface Held {
  /** How often the page has asked for it so far. */
  readonly count: number;
  goOn(): void;
}

interface Closable {
  close(): Promise<void>;
}

interface Looks {
  readonly colorScheme?: 'light' | 'dark';
  /** In pixels. */
  readonly width?: number;
  readonly height?: number;
  /** What has to be in sight. */
  readonly at?: Locator;
}

/** examples/web in a real browser, in front of a gateway and the sandbox, for the tests of a file. */
export interface WebStage {
  readonly sandbox: Sandbox;
  /** A site for the sandbox's links to lead to. */
  readonly pages: Pages;
  readonly app: WebApp;
  /** New for each test. */
  readonly context: BrowserContext;
  readonly page: Page;
  /** All that pages may ask, by origin. */
  readonly origins: string[];
  /** Notes what is to be closed at the end, so that a start that fails is not told by what is missing after it. */
  start<T extends Closable>(starting: Promise<T>): Promise<T>;
  /** Takes what a person would find in the console, which has to be empty at the end of each test. */
  takeComplaints(): string[];
  /** What the console is to hold, and nothing else. */
  forgive(text: string): void;
  /** With the sandbox's user, on the app of the stage, where nothing else is given. */
  signIn(token?: string, options?: { keep?: boolean; at?: string }): Promise<void>;
  /** An entry of the menu by how its name begins: what follows tells its kind. */
  entry(name: string): Locator;
  /** Opens a group of the menu; the groups above it are expanded by keyboard. */
  open(...path: string[]): Promise<void>;
  title(name: string): Locator;
  /** Keeps an operation, such as `query Group`, waiting from now on, until it may go on. */
  holdBack(operation: string): Promise<Held>;
  /** The notice of a code. */
  problem(code: string): Locator;
  /** Waits until the focus is there. */
  expectFocus(found: Locator): Promise<void>;
  /** For the pages; what is on the screen has to be there already. Small enough to load at once. */
  screenshot(name: string, looks?: Looks): Promise<void>;
}

export function useWebStage(options: StartOptions = {}): WebStage {
  const started: Closable[] = [];
  let browser: Browser;
  let requested: string[];
  let complaints: string[];

  const stage: { -readonly [K in keyof WebStage]: WebStage[K] } = {
    // These are there before the first test.
    ...({} as Pick<WebStage, 'sandbox' | 'pages' | 'app' | 'context' | 'page'>),
    origins: [],
    start: async (starting) => {
      const running = await starting;
      started.unshift(running);
      return running;
    },
    takeComplaints: () => complaints.splice(0),
    forgive: (text) =>
      expect(complaints.splice(0).filter((complaint) => !complaint.includes(text))).toEqual([]),
    signIn: async (token = SANDBOX_USER_TOKEN, { keep = false, at = stage.app.url } = {}) => {
      await stage.page.goto(at);
      await stage.page.getByLabel('Cotalker token').fill(token);
      if (keep) await stage.page.getByLabel('Keep it').check();
      await stage.page.getByRole('button', { name: 'Sign in' }).click();
    },
    entry: (name) => stage.page.getByRole('treeitem', { name: new RegExp(`^${name}`) }),
    open: async (...path) => {
      for (const name of path.slice(0, -1)) {
        const above = stage.entry(name);
        const expanded = above.and(stage.page.locator('[aria-expanded="true"]'));
        await above.waitFor();
        if ((await expanded.count()) === 0) await above.press('ArrowRight');
        await expanded.waitFor();
      }
      await stage.entry(path.at(-1) ?? '').click();
    },
    title: (name) => stage.page.getByRole('heading', { name, level: 1 }),
    holdBack: async (operation) => {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      let count = 0;
      await stage.page.route('**/graphql', async (route) => {
        if (asks(`${operation}(`)(route.request())) {
          count += 1;
          await promise;
        }
        await route.continue();
      });
      return {
        get count() {
          return count;
        },
        goOn: () => resolve(undefined),
      };
    },
    problem: (code) => stage.page.getByRole('alert').filter({ hasText: code }),
    expectFocus: (found) => found.and(stage.page.locator(':focus')).waitFor(),
    screenshot: async (name, { colorScheme = 'light', width = 860, height = 400, at } = {}) => {
      if (process.env['SCREENSHOT'] !== '1') return;
      await stage.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await stage.page.setViewportSize({ width, height });
      await at?.scrollIntoViewIfNeeded();
      await stage.page.mouse.move(0, 0);
      await stage.page.screenshot({ path: `examples/web/docs/${name}.png` });
    },
  };

  beforeAll(async () => {
    stage.pages = await stage.start(startPages());
    stage.sandbox = await stage.start(createSandbox());
    const gateway = await stage.start(startGateway(stage.sandbox.url, options));
    stage.app = await stage.start(startWebApp(gateway.url, stage.pages.url));
    stage.origins.push(stage.app.url, stage.pages.url);
    browser = await stage.start(
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

  beforeEach(async () => {
    stage.sandbox.reset();
    Object.assign(stage.sandbox, { data: companyWithLinksTo(stage.pages.url), latencyMs: 0 });
    requested = [];
    complaints = [];
    stage.context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      colorScheme: 'light',
      locale: 'en-GB',
    });
    stage.context.on('request', (request) => requested.push(request.url()));
    stage.context.on('weberror', (error) => complaints.push(String(error.error())));
    stage.context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()))
        complaints.push(message.text().slice(0, 300));
    });
    // No measure: a busy machine may take ten for a page.
    stage.context.setDefaultTimeout(30_000);
    stage.page = await stage.context.newPage();
  });

  // Holds for whatever a test has done on the page.
  afterEach(async () => {
    await stage.context.close();
    expect(complaints).toEqual([]);
    const addresses = requested.filter((address) => !/^(data|blob):/.test(address));
    for (const address of addresses) expect(stage.origins).toContain(new URL(address).origin);
    expect(addresses.filter((address) => address.includes(SANDBOX_USER_TOKEN))).toEqual([]);
  });

  return stage;
}

/** The sandbox's company, whose web links lead to a site that is really there. */
function companyWithLinksTo(site: string) {
  const company = createCompany();
  for (const { link } of company.groups as { link?: { url?: string } }[])
    if (link?.url?.startsWith('https:')) link.url = site + new URL(link.url).pathname;
  return company;
}

/** Whether a request's body holds a text, such as `query Group(`. */
export const asks =
  (text: string) =>
  (request: Request): boolean =>
    request.postData()?.includes(text) === true;

/** Waits until there are so many, and no more. */
export async function expectCount(found: Locator, count: number): Promise<void> {
  await found.nth(count - 1).waitFor();
  expect(await found.count()).toBe(count);
}
