import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createSandbox, type Sandbox } from '../sandbox/index.ts';
import { bundled } from './support/bundled.ts';
import { COMPILE_CACHE } from './support/compile-cache.ts';
import { ownHost } from './support/own-host.ts';
import { endAll, type Program, start } from './support/program.ts';

const QUERY = '{ groups(first: 1) { totalCount } }';
const run = promisify(execFile);

let sandbox: Sandbox | undefined;
afterEach(async () => {
  await endAll();
  await sandbox?.close();
  sandbox = undefined;
});

const ask = async (address: string, token = 'sandbox-user', query = QUERY): Promise<unknown> => {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  return response.json();
};
const ANSWER = { data: { groups: { totalCount: 38 } } };

describe('without COTALKER_API_URL', () => {
  test('says where it is, that it serves the sandbox, and a curl that works when pasted', async () => {
    const program = start();
    const address = await program.address();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(program.out).toMatch(/sandbox.* http:\/\/127\.0\.0\.1:\d+\/api/);
    expect(program.out).toContain('Bearer sandbox-user');
    expect(program.out).toContain(`PORT=${Number(new URL(address).port) + 1} npm start`);
    expect(program.err).toBe('');

    const [curl = ''] = /^curl [^]*?[^\\]$/m.exec(program.out) ?? [];
    const { stdout } = await run('sh', ['-c', curl.replace('curl ', 'curl -s ')]);
    const { data, errors } = JSON.parse(stdout);
    expect(errors).toBeUndefined();
    expect(data.mainMenu.length).toBeGreaterThan(10);
    expect(data.mainMenu[0]).toEqual({
      ...{ __typename: 'StandardGroup', id: expect.any(String), name: 'Company Announcements' },
    });
    // Written once the answer is out, so a moment behind it.
    await program.until((out) => out.includes('"msg":"operation"'));
    expect(program.out).toMatch(/^\{.*"msg":"operation".*\}$/m);
  });

  test('paces all users of its company by one quota, so that it refuses none of their calls', async () => {
    const program = start({ UPSTREAM_QUOTA: '50/5s' });
    const address = await program.address();
    const users = ['sandbox-user', 'sandbox-admin'];
    for (const user of users) await ask(address, user);
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        ask(address, users[n % 2], `{ groups(filter: { search: "s${n}" }) { totalCount } }`),
      ),
    );
    expect(answers).toEqual(
      Array(60).fill({ data: { groups: { totalCount: expect.any(Number) } } }),
    );
    const line = /^\{.*"waited":\d+,"refused":(\{.*?\}),"msg":"companies are at their limit.*$/m;
    await program.until((out) => line.test(out));
    expect(line.exec(program.out)?.[1]).toBe('{}');
  });

  test('in production, with SANDBOX=on, writes nothing but lines of JSON', async () => {
    const program = start({ SANDBOX: 'on', NODE_ENV: 'production' });
    const address = await program.address();
    expect(await ask(address)).toEqual(ANSWER);
    await program.until((out) => out.includes('"operation"'));
    const [first] = program.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(first).toMatchObject({ msg: 'listening', endpoint: `${address}/graphql` });
  });

  test('the company changes by itself, unless SANDBOX_STILL is on', async () => {
    const [living, still] = [start({ SANDBOX_STILL: '' }), start()];
    const newest = async (program: Program): Promise<string> => {
      const response = await fetch(`${await program.address()}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer sandbox-user' },
        body: JSON.stringify({
          query: '{ groups(first: 50) { nodes { ...on MenuEntry { modifiedAt } } } }',
        }),
      });
      const { data }: any = await response.json();
      return data.groups.nodes
        .map(({ modifiedAt }: any) => modifiedAt ?? '')
        .toSorted()
        .at(-1);
    };
    // The first change comes at the start.
    const begun = Date.now();
    expect(Math.abs(begun - Date.parse(await newest(living)))).toBeLessThan(600_000);
    expect(Date.parse(await newest(still))).toBeLessThan(Date.UTC(2025, 0));
    expect(living.out).toContain('changes every 20 seconds');
    expect(still.out).not.toContain('20 seconds');
  });

  test('is ready, and serves GraphiQL at the same address', async () => {
    const address = await start().address();
    expect(await (await fetch(`${address}/ready`)).json()).toEqual({ status: 'ok' });
    const page = await fetch(`${address}/graphql`, { headers: { accept: 'text/html' } });
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('GraphiQL');
    const script = await fetch(`${address}/graphiql/start.js`);
    expect(await script.text()).toContain('sandbox-user');
  });
});

describe('with COTALKER_API_URL', () => {
  test('says where it is in a line of JSON, and passes the caller’s token on', async () => {
    sandbox = await createSandbox();
    const program = start({ COTALKER_API_URL: `${sandbox.url}/`, LOG_LEVEL: 'silent' });
    const address = await program.address();
    expect(await ask(address)).toEqual(ANSWER);
    // Once for the answer, once to find out what the list's count says.
    expect(sandbox.calls.map(({ template }) => template)).toEqual(['/v2/groups', '/v2/groups']);
    // Silent: nothing after that.
    expect(JSON.parse(program.out)).toMatchObject({
      ...{ level: 30, msg: 'listening', endpoint: `${address}/graphql` },
    });
    const script = await fetch(`${address}/graphiql/start.js`);
    expect(script.status).toBe(200);
    expect(await script.text()).not.toContain('sandbox-user');
  });

  test('remembers what seldom changes, and the list of groups for a moment, where nothing else is set', async () => {
    sandbox = await createSandbox();
    const address = await start({ COTALKER_API_URL: sandbox.url }).address();
    const types = async () => {
      const response = await fetch(`${address}/graphql`, {
        method: 'POST',
        headers: {
          ...{ 'content-type': 'application/json', authorization: 'Bearer sandbox-user' },
          'x-explain': 'true',
        },
        body: JSON.stringify({ query: '{ groups(first: 100) { nodes { __typename } } }' }),
      });
      const { extensions }: any = await response.json();
      return extensions.upstream.requests.map(({ path, source }: any) => `${path} ${source}`);
    };
    expect(await types()).toContain('/v2/task-groups made');
    // The menu may be too old by now where the machine is slow; what seldom changes is not.
    expect(await types()).toContain('/v2/task-groups remembered');
    const again = [await types(), await types(), await types()].flat();
    expect(again).toContain('/v2/groups remembered');
  });

  test('greets people on a terminal, has no token to offer, and writes its log for them', async () => {
    sandbox = await createSandbox();
    // `script` is what makes a terminal.
    const child = spawn('script', ['-qec', `${process.execPath} ${bundled('main')}`, '/dev/null'], {
      env: {
        PORT: '0',
        ADMIN_PORT: '0',
        COTALKER_API_URL: sandbox.url,
        SHELL: '/bin/sh',
        ...COMPILE_CACHE,
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let out = '';
    child.stdout.on('data', (part: Buffer) => (out += part.toString()));
    while (!out.includes('Upstream:')) await once(child.stdout, 'data');
    const address = /^Cotalker gateway: (http:\S+)\/graphql/m.exec(out)?.[1] ?? '';
    expect(out).toContain(`Upstream:         ${sandbox.url}`);
    expect(out).not.toContain('changes every');
    expect(out).not.toMatch(/sandbox-user|Try it|curl|embedded/);
    expect(await ask(address)).toEqual(ANSWER);
    while (!out.includes('operation')) await once(child.stdout, 'data');
    expect(out).not.toContain('{"level"');
    child.kill('SIGTERM');
    await once(child, 'close');
  });

  test('says where its metrics are; another one on the same machine starts without, and says so', async () => {
    const host = ownHost();
    const other = createServer().listen(9464, host);
    await once(other, 'listening');
    const env = { COTALKER_API_URL: 'http://127.0.0.1:9/api' };
    const [one, two] = [start(env), start({ ...env, ADMIN_HOST: host, ADMIN_PORT: '' })];
    const [address] = await Promise.all([one.address(), two.address()]);
    const { admin } = JSON.parse(one.out);
    expect(admin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${admin}/metrics`)).status).toBe(200);
    expect((await fetch(`${address}/metrics`)).status).toBe(404);
    const lines = two.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({
      ...{ level: 40, port: 9464, msg: expect.stringContaining('ADMIN_PORT') },
    });
    expect(lines.at(-1)).not.toHaveProperty('admin');
    other.close();
  });

  test('names the variables that look like its own', async () => {
    const program = start({
      ...{ COTALKER_API_URL: 'http://127.0.0.1:9/api', CORS_ORIGIN: 'canary-81c2' },
    });
    await program.address();
    await program.until((out) => out.includes('"unknown"'));
    expect(program.out).toContain(
      'CORS_ORIGIN is no variable of the gateway: is CORS_ORIGINS meant?',
    );
    expect(program.out).not.toContain('canary-81c2');
  });

  test('reads .env, with a byte-order mark in front as well; the environment has the last word', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'env-'));
    const text = '\uFEFFCOTALKER_API_URL=http://127.0.0.1:9/api\nHOST=127.0.0.9\nLOG_LEVEL=error\n';
    writeFileSync(join(folder, '.env'), text);
    const program = start({ HOST: '127.0.0.1', NODE_ENV: 'production' }, { cwd: folder });
    expect(await program.address()).toContain('127.0.0.1');
    expect(program.out).not.toContain('sandbox');
    rmSync(folder, { recursive: true });
  });

  test('an upstream that is not there is no reason not to start', async () => {
    const address = await start({ COTALKER_API_URL: 'http://127.0.0.1:9/api' }).address();
    expect((await fetch(`${address}/ready`)).status).toBe(200);
    expect(await ask(address)).toMatchObject({
      errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }],
    });
  });

  test('an address that leads elsewhere: UPSTREAM_INVALID_RESPONSE, and a line for the operator, once', async () => {
    sandbox = await createSandbox();
    const elsewhere = sandbox.url.replace(/api$/, '');
    const program = start({ COTALKER_API_URL: elsewhere });
    const address = await program.address();
    for (let n = 0; n < 3; n += 1) {
      expect(await ask(address, `caller-${n}`)).toMatchObject({
        errors: [{ extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } }],
      });
    }
    await program.until((out) => out.split('"msg":"operation"').length >= 4);
    const lines = program.out.split('\n').filter((line) => line.includes('COTALKER_API_URL'));
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        level: 50,
        endpoint: '/v2/groups',
        msg: expect.stringContaining('check COTALKER_API_URL'),
      }),
    ]);
    expect(lines[0]).not.toContain(elsewhere);
  });

  test('the other variables arrive', async () => {
    sandbox = await createSandbox({ latencyMs: 2000 });
    const address = await start({
      ...{ COTALKER_API_URL: sandbox.url, REQUEST_DEADLINE_MS: '50', GRAPHIQL: 'off' },
      ...{ CORS_ORIGINS: 'https://x.test', HOST: '::1' },
    }).address();
    expect(address).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect(await ask(address)).toMatchObject({
      errors: [{ extensions: { code: 'UPSTREAM_TIMEOUT' } }],
    });
    const page = await fetch(`${address}/graphql?query={__typename}`, {
      headers: { accept: 'text/html,application/json', origin: 'https://x.test' },
    });
    expect(page.headers.get('access-control-allow-origin')).toBe('https://x.test');
    expect(page.headers.get('content-type')).not.toContain('html');
  });
});

describe('a start that fails ends with 1 and a message, without a stack', () => {
  const failed = async (env: Record<string, string>, cwd?: string): Promise<string> => {
    const program = start(env, cwd === undefined ? {} : { cwd });
    expect(await program.end()).toBe(1);
    expect(program.out).toBe('');
    expect(program.err).not.toMatch(/^\s+at |Error:|node:|\.ts/m);
    return program.err;
  };

  test('a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    expect(await failed({ PORT: String(port) })).toMatch(
      new RegExp(`^Port ${port} is in use .*: PORT=${port + 1} npm start$`, 'm'),
    );
    other.close();
  });

  test('a port for metrics in use, where it was asked for or in production', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const env = { COTALKER_API_URL: 'http://127.0.0.1:9/api', ADMIN_PORT: String(port) };
    expect(await failed(env)).toContain('ADMIN_PORT is in use by another process');
    expect(await failed({ ...env, ADMIN_HOST: '203.0.113.1' })).toContain('ADMIN_HOST');
    other.close();
  });

  test('no upstream in production', async () => {
    const env = { NODE_ENV: 'production', COTALKER_API_URI: 'https://canary-81c2.test/api' };
    const message = await failed(env);
    expect(message).toContain('COTALKER_API_URL must be set where NODE_ENV is production');
    expect(message).toContain('COTALKER_API_URI is no variable of the gateway');
    expect(message).not.toContain('canary-81c2');
  });

  test('a .env that cannot be read, or is not UTF-8', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'env-'));
    const file = join(folder, '.env');
    mkdirSync(file);
    expect(await failed({}, folder)).toContain('.env cannot be read (EISDIR)');
    rmSync(file, { recursive: true });
    writeFileSync(file, '\uFEFFSANDBOX=on\n', 'utf16le');
    expect(await failed({}, folder)).toContain('.env must be UTF-8');
    rmSync(folder, { recursive: true });
  });

  test('a host that is none of this machine', async () => {
    expect(await failed({ HOST: '203.0.113.1' })).toContain('HOST');
    expect(await failed({ HOST: 'nowhere.invalid' })).toContain('HOST');
  });

  test('trusted documents that are not there', async () => {
    expect(await failed({ TRUSTED_DOCUMENTS: '/nowhere/o.json' })).toBe(
      'The configuration is wrong:\n' +
        '  - TRUSTED_DOCUMENTS names /nowhere/o.json, which cannot be read (ENOENT)\n',
    );
  });

  test('a configuration that is wrong, in all that is wrong and without the values', async () => {
    const canary = 'canary-81c2';
    const message = await failed({
      ...{ PORT: canary, LOG_LEVEL: canary, COTALKER_API_URL: `https://u:${canary}@x.test/` },
    });
    for (const name of ['PORT', 'LOG_LEVEL', 'COTALKER_API_URL']) expect(message).toContain(name);
    expect(message).not.toContain(canary);
  });
});

describe('the end', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s: 0', async (signal) => {
    const program = start();
    // A connection that the client keeps open is no request in flight.
    expect(await ask(await program.address())).toEqual(ANSWER);
    program.process.kill(signal);
    expect(await program.end()).toBe(0);
    expect(program.err).toBe('');
  });

  test('a request in flight is finished, while /ready is no longer so', async () => {
    sandbox = await createSandbox({ latencyMs: 800 });
    const program = start({ COTALKER_API_URL: sandbox.url, SHUTDOWN_TIMEOUT_MS: '600000' });
    const address = await program.address();
    const answer = ask(address);
    while (sandbox.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    program.process.kill('SIGTERM');
    await program.until((out) => out.includes('stopping'));
    // Whoever asks meanwhile is told to go elsewhere, or not let in.
    const ready = await fetch(`${address}/ready`).then(
      ({ status }) => status,
      () => 'refused',
    );
    expect([503, 'refused']).toContain(ready);
    expect(await answer).toEqual(ANSWER);
    // It does not wait for the client to close the connection that it kept.
    expect(await program.end()).toBe(0);
  });

  test('a second signal ends at once', async () => {
    sandbox = await createSandbox({ latencyMs: 8000 });
    const program = start({ COTALKER_API_URL: sandbox.url });
    const answer = ask(await program.address()).catch(() => 'cut');
    while (sandbox.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    program.process.kill('SIGTERM');
    await program.until((out) => out.includes('stopping'));
    program.process.kill('SIGTERM');
    expect(await program.end()).toBe(1);
    expect(program.out).toContain('ended at once by a further signal');
    expect(await answer).toBe('cut');
  });
});
