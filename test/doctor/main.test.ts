import { execFile } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { AREAS } from '../../doctor/areas.ts';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { bundled } from '../support/bundled.ts';
import { COMPILE_CACHE } from '../support/compile-cache.ts';
import { type DriftProxy, startDriftProxy } from '../support/drift-proxy.ts';

const TOKEN = 'sandbox-admin';

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The program, as the image has it, with nothing of this process's environment, nor of a file .env. */
const doctor = (args: readonly string[], env: Record<string, string> = {}): Promise<Run> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [bundled('doctor'), ...args],
      { env: { ...COMPILE_CACHE, ...env }, cwd: import.meta.dirname },
      (_, out, err) => resolve({ code: child.exitCode ?? NaN, out, err }),
    );
  });

let sandbox: Sandbox;
let proxy: DriftProxy;
beforeAll(async () => {
  sandbox = await createSandbox();
  proxy = await startDriftProxy(sandbox.url);
});
afterAll(async () => {
  await proxy.close();
  await sandbox.close();
});

const CHECKS = AREAS.flatMap(([, checks]) => checks);

describe('a service that is as it should be', () => {
  test('0, and a row for each assumption, without colours, ids, data or the token', async () => {
    const { code, out, err } = await doctor(['--admin', '--url', `${sandbox.url}/`], {
      COTALKER_TOKEN: TOKEN,
    });
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(sandbox.url);
    expect(out.match(/^held {2,}\S/gm)).toHaveLength(CHECKS.length);
    expect(out.match(/^ {16}→ \S/gm)).toHaveLength(CHECKS.length);
    expect(out).toMatch(
      new RegExp(`\n${CHECKS.length} held, 0 broken, 0 could not tell; \\d+ calls in .* s\\.\n$`),
    );
    expect(out).not.toMatch(/\x1b|[0-9a-f]{24}/);
    expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
    const { groups, channels, users } = sandbox.data;
    const names = [...groups, ...channels].map((it) => String(it['nameDisplay'] ?? it['name']));
    for (const text of [...names, ...users.map(({ email }) => String(email)), TOKEN]) {
      expect(out).not.toContain(text);
    }
  });

  test('--json: the same for machines, and nothing else', async () => {
    const { code, out } = await doctor(['--json', '--admin', '--url', sandbox.url], {
      COTALKER_TOKEN: TOKEN,
    });
    expect(code).toBe(0);
    const report = JSON.parse(out);
    expect(report).toMatchObject({ url: sandbox.url, admin: true, broken: 0, unclear: 0 });
    expect(report.held).toBe(CHECKS.length);
    expect(report.findings.map(({ id }: { id: string }) => id)).toEqual(CHECKS.map(({ id }) => id));
    expect(report.findings[0]).toEqual({
      ...{ area: 'Groups', id: 'groups-envelope', verdict: 'held' },
      title: expect.stringContaining('GET /v2/groups'),
      seen: expect.stringMatching(/^[A-Z0-9].*\.$/),
      consequence: expect.stringMatching(/\.$/),
    });
    expect(out).not.toContain(TOKEN);
  });
});

test('a service that is not: 1, and what is broken is said again at the end', async () => {
  proxy.drift = { ask: (query, path) => path === '/v2/groups' && query.delete('groupType') };
  const { code, out } = await doctor(['--url', proxy.url], { COTALKER_TOKEN: 'sandbox-user' });
  expect(code).toBe(1);
  expect(out).toMatch(/^broken {10}groupType parts the groups/m);
  expect(out).toMatch(
    / 1 broken, \d could not tell; .*\nbroken {2}groupType parts the groups.*\n$/,
  );
});

describe('nothing broken, and yet not all is well: 2, and why', () => {
  const env = { COTALKER_TOKEN: TOKEN };
  afterEach(() => sandbox.reset());

  test('each call fails', async () => {
    sandbox.fail({ status: 500 });
    const { code, out, err } = await doctor(['--url', sandbox.url], env);
    expect([code, err]).toEqual([2, 'Nothing could be examined; what was seen says why.\n']);
    expect(out).toContain(`\n0 held, 0 broken, ${CHECKS.length} could not tell; `);
  });

  test('Cotalker takes no more calls', async () => {
    let calls = 0;
    sandbox.fail({ status: 429, matches: () => (calls += 1) > 6 });
    const { code, out, err } = await doctor(['--json', '--url', sandbox.url], env);
    expect([code, err]).toEqual([2, expect.stringContaining('took no more calls (429)')]);
    expect(JSON.parse(out)).toMatchObject({ broken: 0, calls: 8 });
  });
});

describe('nothing examined: 2, a message, and neither a stack nor what was given', () => {
  const CANARY = 'canary-5d02';
  const url = 'http://127.0.0.1:9/api';
  const token = { COTALKER_TOKEN: CANARY };
  test.each<[string, readonly string[], Record<string, string>, string]>([
    ['no url', [], token, '--url is missing'],
    ['a url without its value', ['--url'], token, '--url'],
    ['a url that is none', ['--url', CANARY], token, '--url must be an http(s) URL'],
    ['a url with a token in it', ['--url', `https://x:${CANARY}@x.test/`], token, '--url must'],
    ['no token', ['--url', url], {}, 'COTALKER_TOKEN is not set'],
    ['an empty token', ['--url', url], { COTALKER_TOKEN: '' }, 'COTALKER_TOKEN is not set'],
    [
      'Bearer before it',
      ['--url', url],
      { COTALKER_TOKEN: `Bearer ${CANARY}` },
      'without "Bearer"',
    ],
    ['the token as an option', ['--url', url, `--token=${CANARY}`], token, 'does not know'],
    ['the token as an argument', ['--url', url, CANARY], token, 'belongs to no option'],
    ['a flag with a value', ['--url', url, `--json=${CANARY}`], token, 'take nothing'],
    ['nobody there', ['--url', url], token, 'Nothing answers'],
  ])('%s', async (_, args, env, said) => {
    const { code, out, err } = await doctor(args, env);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(said);
    expect(err).not.toMatch(/^\s+at |Error:|node:|\.ts|canary/m);
  });

  test('a token that Cotalker does not accept', async () => {
    const { code, out, err } = await doctor(['--url', sandbox.url, '--json'], token);
    expect([code, out, err]).toEqual([2, '', 'Cotalker does not accept the token.\n']);
  });
});

test('--help tells how, also without anything else: 0', async () => {
  const { code, out } = await doctor(['--help']);
  expect(code).toBe(0);
  expect(out).toContain('COTALKER_TOKEN=… npm run doctor -- --url');
});
