import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Kind, parse } from 'graphql';
import { readExamples } from '../../../src/http/pages/graphiql/files.ts';
import {
  createSandbox,
  planted,
  type Sandbox,
  SANDBOX_USER_TOKEN,
} from '../../../sandbox/index.ts';
import { subscribe } from '../../support/events.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';

const EXAMPLES = readExamples();

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';

let sandbox: Sandbox;
let gateway: TestGateway;
let gatewayWithoutToken: TestGateway;

beforeAll(async () => {
  sandbox = await createSandbox();
  gateway = await startGateway(sandbox.url, {
    graphiql: { token: SANDBOX_USER_TOKEN },
    live: { pollMs: 100, maxSubscriptions: 3 },
  });
  gatewayWithoutToken = await startGateway(sandbox.url, { graphiql: { token: undefined } });
});

afterAll(async () => {
  await gateway.close();
  await gatewayWithoutToken.close();
  await sandbox.close();
});

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(gateway.url + path, { method, headers: { accept: BROWSER, ...headers } });

const isPage = async (response: Response): Promise<boolean> =>
  (await response.text()).startsWith('<!doctype html>');

describe('the page', () => {
  test.each(['/graphql', '/graphql?query={mainMenu{__typename}}', '/graphql?'])(
    'is what a browser gets at %s',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(await isPage(response)).toBe(true);
    },
  );

  test('has nothing of the request in it', async () => {
    const injected = '/graphql?query=</script><script>alert(1)</script>&x=sandbox-user';
    const plain = await (await get('/graphql')).text();
    expect(await (await get(injected, { 'x-forwarded-host': 'evil.test' })).text()).toBe(plain);
  });

  test.each([
    ['/x/graphql', 'GET', BROWSER],
    ['/GraphQL', 'GET', BROWSER],
    ['/health', 'GET', BROWSER],
    ['/graphiql/constructor', 'GET', BROWSER],
    ['/graphiql/../package.json', 'GET', BROWSER],
    ['/graphql', 'POST', BROWSER],
    ['/graphql', 'PUT', BROWSER],
    ['/graphql', 'GET', '*/*'],
    ['/graphql', 'GET', 'application/json'],
    ['/graphql', 'GET', 'text/html;q=0, */*'],
    ['/graphql', 'GET', 'application/json, text/html'],
    ['/graphql', 'GET', 'application/json, text/html;q=0.9'],
    ['/graphql', 'GET', 'application/graphql-response+json, text/html;q=0.9'],
  ])('is not at %s by %s for %s', async (path, method, accept) => {
    expect(await isPage(await get(path, { accept }, method))).toBe(false);
  });

  test.each(['/', '/graphiql', '/graphiql/', '/graphql/'])(
    'is where a browser is led to from %s, and no other client',
    async (path) => {
      // A link to a query stays one.
      for (const search of ['', '?query={__typename}']) {
        const led = await get(path + search);
        expect([led.url, await isPage(led)]).toEqual([`${gateway.url}/graphql${search}`, true]);
      }
      expect((await get(path, {}, 'HEAD')).url).toBe(`${gateway.url}/graphql`);
      expect((await get(path, { accept: '*/*' })).redirected).toBe(false);
    },
  );

  test('leaves a query by GET a query', async () => {
    const response = await get('/graphql?query={__typename}', { accept: 'application/json' });
    expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
  });

  test('is not there when it is switched off', async () => {
    const withoutPage = await startGateway(sandbox.url, { graphiql: false });
    const headers = { accept: BROWSER };
    expect(await isPage(await fetch(`${withoutPage.url}/graphql`, { headers }))).toBe(false);
    const asset = await fetch(`${withoutPage.url}/graphiql/start.js`, { headers });
    expect(asset.status).toBe(404);
    await withoutPage.close();
  });
});

describe('what the page loads', () => {
  test('comes from this server alone', async () => {
    const page = await (await get('/graphql')).text();
    const addresses = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses.filter((address) => !address?.startsWith('data:'))).toEqual([
      'graphiql/graphiql.css',
      'graphiql/graphiql.js',
      'graphiql/start.js',
    ]);
  });

  test.each([
    ['graphiql.css', 'text/css'],
    ['graphiql.js', 'text/javascript'],
    ['start.js', 'text/javascript'],
    ['editorWorkerService.js', 'text/javascript'],
    ['json.js', 'text/javascript'],
    ['graphql.js', 'text/javascript'],
  ])('%s is served as %s, whatever is accepted', async (name, type) => {
    const response = await get(`/graphiql/${name}`, { accept: '*/*' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect((await response.text()).length).toBeGreaterThan(0);
  });
});

describe.each(['/graphql', '/graphiql/start.js'])('%s', (path) => {
  test('is under a policy that lets only scripts of this server run', async () => {
    const { headers } = await get(path);
    expect(headers.get('content-security-policy')?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "worker-src 'self'",
      "connect-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      'font-src data:',
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('is taken from the cache only after asking, which costs no body', async () => {
    const first = await get(path);
    expect(first.headers.get('cache-control')).toBe('no-cache');
    const etag = first.headers.get('etag') ?? '';
    const again = await get(path, { 'if-none-match': `"other", ${etag}` });
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, '']);
    expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  test('is plain for those who do not take gzip', async () => {
    const zipped = await get(path, { 'accept-encoding': 'br, gzip;q=0.5' });
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    for (const encodings of ['identity', 'br', 'gzip;q=0']) {
      const plain = await get(path, { 'accept-encoding': encodings });
      expect(plain.headers.get('content-encoding')).toBeNull();
      expect(await plain.text()).toBe(await (await get(path)).text());
    }
    expect(zipped.headers.get('vary')).toContain('Accept-Encoding');
  });

  test('answers HEAD with the headers of GET', async () => {
    const [head, whole] = await Promise.all([get(path, {}, 'HEAD'), get(path)]);
    for (const name of ['content-type', 'content-length', 'etag', 'content-security-policy']) {
      expect(head.headers.get(name)).toBe(whole.headers.get(name));
    }
    expect(await head.text()).toBe('');
  });
});

interface Options {
  readonly headers: string;
  readonly shouldPersistHeaders: boolean;
  readonly defaultTabs: readonly { query: string; variables?: string; headers?: string }[];
  readonly storage: unknown;
}

/** What GraphiQL is started with: runs the script that starts it, with a GraphiQL that only listens. */
async function optionsOf({ url }: TestGateway): Promise<Options> {
  const script = await (await fetch(`${url}/graphiql/start.js`)).text();
  const started: Options[] = [];
  runInNewContext(script, {
    self: {},
    document: { getElementById: () => null, addEventListener: () => undefined },
    sessionStorage: {},
    YogaGraphiQL: { renderYogaGraphiQL: (_: unknown, options: Options) => started.push(options) },
  });
  expect(started).toHaveLength(1);
  return started[0] as Options;
}

describe('the token', () => {
  test("is the sandbox's, in front of the sandbox", async () => {
    const { headers } = await optionsOf(gateway);
    expect(JSON.parse(headers)).toEqual({
      Authorization: 'Bearer sandbox-user',
      'X-Explain': 'true',
    });
  });

  test('is none in front of Cotalker', async () => {
    const { headers } = await optionsOf(gatewayWithoutToken);
    expect(JSON.parse(headers)).toEqual({ Authorization: 'Bearer <your token>' });
    for (const path of ['/graphql', '/graphiql/start.js']) {
      const response = await fetch(gatewayWithoutToken.url + path, {
        headers: { accept: BROWSER },
      });
      expect(await response.text()).not.toContain('sandbox');
    }
  });

  test('that people type is not stored', async () => {
    const { shouldPersistHeaders } = await optionsOf(gatewayWithoutToken);
    expect(shouldPersistHeaders).toBe(false);
  });
});

describe('the examples', () => {
  test('are the tabs; those with ids of the sandbox only in front of it', async () => {
    const tabs = async (of: TestGateway) =>
      (await optionsOf(of)).defaultTabs.map(({ query }) => query);
    expect(await tabs(gateway)).toEqual(EXAMPLES.map(({ query }) => query));
    expect(await tabs(gatewayWithoutToken)).toEqual(
      EXAMPLES.filter(({ query }) => !/[0-9a-f]{24}/.test(query)).map(({ query }) => query),
    );
  });

  test.each(EXAMPLES)('$name is named after its operation', ({ name, query }) => {
    const names = parse(query).definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? [definition.name?.value] : [],
    );
    expect(names).toEqual([name]);
  });

  test.each(EXAMPLES)('$name fits beside the buttons of the editor', ({ query }) => {
    expect(Math.max(...query.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(query.startsWith('# ')).toBe(true);
  });

  const QUERIES = EXAMPLES.filter(({ query }) => !/^subscription/m.test(query));
  test.each(QUERIES)('$name runs in the sandbox', async ({ name, query, variables = {} }) => {
    const { status, body } = await gateway.ask(query, { variables });
    expect(status).toBe(200);
    const codes = body.errors?.map((error) => error.extensions.code) ?? [];
    expect(codes).toEqual(name === 'Links' ? ['UNSAFE_URL'] : []);
  });

  test('Create creates a task', async () => {
    const { query = '' } = EXAMPLES.find(({ name }) => name === 'Create') ?? {};
    const { createTask } = (await gateway.ask(query)).body.data;
    expect(createTask).toMatchObject({ task: { name: 'New lines: Chillán' }, errors: [] });
  });

  test('Search finds groups, and Live tells a group that changes', async () => {
    const [search, live] = ['Search', 'Live'].map((wanted) =>
      EXAMPLES.find(({ name }) => name === wanted),
    );
    const { variables = {} } = search ?? {};
    const found = await gateway.ask(search?.query ?? '', { variables });
    expect(found.body.data.groups.totalCount).toBeGreaterThan(1);

    const events = await subscribe(gateway.url, live?.query ?? '');
    const group = sandbox.data.groups.find(({ _id }) => _id === planted.groups.category);
    Object.assign(group ?? {}, { modifiedAt: new Date().toISOString() });
    const { data } = await events.next();
    expect(data.groupChanged.node.name).toBe('Sales');
    events.leave();
  });

  test('ById shows a parent, children and buttons', async () => {
    const query = EXAMPLES.find(({ name }) => name === 'ById')?.query ?? '';
    expect(query).toContain(planted.groups.lineage[1]);
    expect(query).toContain(planted.groups.withActions);
    const { training, works } = (await gateway.ask(query)).body.data;
    expect(training.parent.name).toBeTruthy();
    expect(training.children.length).toBeGreaterThan(0);
    expect(works.actions.length).toBeGreaterThan(0);
  });

  test('Pages goes on with the cursor that it answers', async () => {
    const query = EXAMPLES.find(({ name }) => name === 'Pages')?.query ?? '';
    const { groups: first } = (await gateway.ask(query)).body.data;
    const variables = { after: first.pageInfo.endCursor };
    const { groups: second } = (await gateway.ask(query, { variables })).body.data;
    expect(second.nodes).toHaveLength(5);
    expect(second.nodes).not.toEqual(first.nodes);
  });
});
