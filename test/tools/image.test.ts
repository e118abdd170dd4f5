import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort } from '../support/free-port.ts';
import { buildImage, type Image } from '../support/image.ts';

let image: Image;
let environment: Record<string, string>;
let gateway: ChildProcess;
let output = '';

const healthcheck = (): number | null =>
  spawnSync(process.execPath, image.healthcheck.slice(1), { env: environment }).status;

beforeAll(async () => {
  image = buildImage();
  environment = {
    ...{ ...image.environment, SANDBOX: 'on', HOST: '127.0.0.1', PORT: String(await freePort()) },
    ...{ ADMIN_HOST: '127.0.0.1', ADMIN_PORT: '0' },
  };
  // As under a read-only root, and more: it may write nowhere, and read nothing but its own files.
  const restricted = ['--permission', `--allow-fs-read=${image.workingFolder}/`];
  gateway = spawn(process.execPath, [...restricted, ...image.command.slice(1)], {
    cwd: image.workingFolder,
    env: environment,
  });
  for (const stream of [gateway.stdout, gateway.stderr])
    stream?.on('data', (part: Buffer) => (output += part.toString()));
  while (!output.includes('\n') && gateway.exitCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  // Nothing but the log is written, also where the sandbox is served.
  expect(JSON.parse(output.split('\n')[0] ?? '')).toMatchObject({ msg: 'listening' });
});
afterAll(() => {
  gateway.kill('SIGKILL');
  image.remove();
});

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${environment['PORT'] ?? ''}${path}`, init);

describe('what the Dockerfile makes', () => {
  test('has what was built, the schema and the examples of GraphiQL, in at most 25 MB, and no package', () => {
    expect(readdirSync(image.workingFolder).toSorted()).toEqual([
      ...['LICENSE', 'dist', 'graphiql', 'package.json', 'schema'],
    ]);
    const files = readdirSync(image.workingFolder, { recursive: true, withFileTypes: true });
    const bytes = files
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
    expect(bytes).toBeLessThan(25e6);
    const [, told = ''] = /(\d+) MB of files/.exec(readFileSync('docs/operating.md', 'utf8')) ?? [];
    expect([bytes / 1e6, Math.abs(bytes / 1e6 / Number(told) - 1) < 0.1]).toEqual([
      expect.any(Number),
      true,
    ]);
  });

  test('has the doctor, and what pushes documents; traces of the stack name the files of src', () => {
    const run = (file: string) =>
      spawnSync(process.execPath, [file, '--help'], { cwd: image.workingFolder, encoding: 'utf8' });
    expect(run('dist/doctor.js').stdout).toContain('npm run doctor');
    expect(run('dist/documents-push.js').stderr).toContain('REDIS_URL');
    const map = readFileSync(join(image.workingFolder, 'dist/main.js.map'), 'utf8');
    expect(JSON.parse(map).sources).toContain('../src/main.ts');
  });

  test('serves queries, the schema and GraphiQL', async () => {
    const answer = await ask('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer sandbox-user' },
      body: JSON.stringify({ query: '{ groups { totalCount } }' }),
    });
    expect(await answer.json()).toEqual({ data: { groups: { totalCount: 38 } } });
    const schema = await ask('/schema.graphql');
    expect(await schema.text()).toBe(readFileSync('schema.graphql', 'utf8'));
    expect((await ask('/graphiql/graphiql.js')).status).toBe(200);
  });

  test('is healthy while it runs, ends with 0 on SIGTERM, and is not healthy then', async () => {
    expect(healthcheck()).toBe(0);
    gateway.kill('SIGTERM');
    await once(gateway, 'close');
    expect([gateway.exitCode, output]).toEqual([0, expect.not.stringMatching(/"level":50|Error/)]);
    expect(healthcheck()).toBe(1);
  });
});
