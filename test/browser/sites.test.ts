import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';

let sandbox: Sandbox;
let browser: Browser;
let page: Page;
/** A front end of another origin. */
let frontEnd: Server;

beforeAll(async () => {
  sandbox = await createSandbox({ hasSites: true });
  frontEnd = createServer((_, response) => response.end('<!doctype html><title>Front end</title>'));
  frontEnd.listen(0, '127.0.0.1');
  await once(frontEnd, 'listening');
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(frontEnd.address() as AddressInfo).port}/`);
});
afterAll(async () => {
  await browser.close();
  frontEnd.closeAllConnections();
  frontEnd.close();
  await sandbox.close();
});

const address = (path: string): string => new URL(`/sites/${path}`, sandbox.url).href;

/** The title of what a frame shows. */
async function framed(path: string): Promise<string | undefined> {
  await page.setContent(`<iframe src="${address(path)}"></iframe>`, { waitUntil: 'load' });
  return page.frames()[1]?.title();
}

test('an embedded link shows in a frame of a front end, and one that refuses frames does not', async () => {
  expect(await framed('weather/map?zoom=6')).toBe('Clima y Pronóstico');
  expect(await framed('reports/monthly')).not.toBe('Monthly Reports');
});

test.each(['weather/map', 'reports/monthly', 'intranet/', 'help/new'])(
  '%s fits on a phone, and complains of nothing',
  async (path) => {
    const complaints: string[] = [];
    const phone = await browser.newPage({ viewport: { width: 390, height: 844 } });
    phone.on('console', (message) => {
      // A browser asks for an icon, which no site here has.
      if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico'))
        complaints.push(message.text());
    });
    await phone.goto(address(path));
    expect(await phone.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(complaints).toEqual([]);
    await phone.close();
  },
);
