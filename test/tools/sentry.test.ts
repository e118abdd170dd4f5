import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { startGatewayProcess } from '../support/gateway-process.ts';
import { endAll, start } from '../support/program.ts';
import { useStage } from '../support/stage.ts';

/*
 * A page of another origin in a real browser, with Sentry and Apollo Client as they are installed. Sentry adds
 * `baggage`, `sentry-trace` and `traceparent` to each `fetch`, so the browser asks the gateway for all of them first.
 */

const PAGE = `
import * as Sentry from '@sentry/browser';
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client';
Sentry.init({
  dsn: location.origin.replace('//', '//key@') + '/1',
  integrations: [Sentry.browserTracingIntegration()],
  tracesSampleRate: 1,
  tracePropagationTargets: [/graphql$/],
  propagateTraceparent: true,
});
window.ask = async (url) => {
  const headers = { authorization: 'Bearer sandbox-user' };
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: new HttpLink({ uri: url + '/graphql', headers }),
    clientAwareness: { name: 'page', version: '1.0' },
  });
  const { data } = await client.query({ query: gql('{ groups(first: 1) { totalCount } }') });
  return data.groups.totalCount;
};
`;

const stage = useStage();
let site: Server;
let origin: string;
let browser: Browser;
let page: Page;
const sent: Record<string, string>[] = [];

beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: { contents: PAGE, resolveDir: import.meta.dirname },
    ...{ bundle: true, write: false, format: 'iife', define: { 'process.env.NODE_ENV': '""' } },
  });
  const script = outputFiles[0]?.text ?? '';
  site = createServer(({ url }, response) => {
    const isScript = url === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : '<!doctype html><script src="page.js"></script>');
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  page = await browser.newPage();
  page.on('request', (request) => {
    if (request.url().endsWith('/graphql') && request.method() === 'POST')
      sent.push(request.headers());
  });
  await page.goto(origin);
});
afterAll(async () => {
  await browser.close();
  site.closeAllConnections();
  site.close();
});
afterEach(endAll);

const ask = (url: string): Promise<number> => page.evaluate(`ask('${url}')`);

async function withGateway(
  corsHeaders: readonly string[] | undefined,
  use: (gateway: TestGateway) => Promise<void>,
): Promise<void> {
  const gateway = await startGateway(stage.sandbox.url, { corsOrigins: [origin], corsHeaders });
  await use(gateway);
  await gateway.close();
}

test('each query of the page comes, traced, and none of what Sentry sends goes on to Cotalker', () =>
  withGateway(undefined, async (gateway) => {
    sent.length = 0;
    expect(await ask(gateway.url)).toBe(38);
    const [headers = {}] = sent;
    const { baggage = '', 'sentry-trace': trace = '', traceparent = '' } = headers;
    expect([baggage, trace]).toEqual([expect.stringContaining('sentry-'), expect.any(String)]);
    const [id = 'none'] = trace.split('-');
    expect(traceparent).toContain(id);

    const { headers: upstream = {} } = stage.sandbox.calls.at(-1) ?? {};
    expect(upstream['traceparent']).toContain(id);
    expect(Object.keys(upstream).filter((name) => /sentry|baggage|apollo/.test(name))).toEqual([]);
    while (gateway.logs.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const client = { name: 'page', version: '1.0' };
    expect(gateway.logs.at(-1)).toMatchObject({ msg: 'operation', traceId: id, client });
  }));

test('CORS_HEADERS that leaves out what Sentry sends loses them, and with it they come', async () => {
  await withGateway(['x-other'], (gateway) =>
    expect(ask(gateway.url)).rejects.toThrow('Failed to fetch'),
  );
  await withGateway(['baggage', 'sentry-trace'], async (gateway) =>
    expect(await ask(gateway.url)).toBe(38),
  );
});

test('in front of the sandbox, `npm start` lets a page of this machine in', async () => {
  expect(await ask(await start().address())).toBe(38);
});

test('elsewhere it is refused, and the log names its origin and the cure, once', async () => {
  const gateway = await startGatewayProcess(stage.sandbox.url);
  for (let n = 0; n < 2; n += 1) await expect(ask(gateway.url)).rejects.toThrow('Failed to fetch');
  while (!gateway.output().includes('CORS_ORIGINS'))
    await new Promise((resolve) => setTimeout(resolve, 20));
  const lines = gateway.output().split('\n');
  const told = lines.filter((line) => line.includes('CORS_ORIGINS'));
  await gateway.close();
  expect(told.map((line) => JSON.parse(line) as object)).toMatchObject([{ level: 40, origin }]);

  const cured = await startGatewayProcess(stage.sandbox.url, { CORS_ORIGINS: origin });
  expect(await ask(cured.url)).toBe(38);
  await cured.close();
});
