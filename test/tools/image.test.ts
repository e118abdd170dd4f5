import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildImage, type Image } from '../support/image.ts';

let image: Image;
let environment: Record<string, string>;
let gateway: ChildProcess;
let output = '';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

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
}, 300_000);
afterAll(() => {
  gateway.kill('SIGKILL');
  image.remove();
});

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${environment['PORT'] ?? ''}${path}`, init);

describe('what the Dockerfile makes', () => {
  test('has the gateway and its production dependencies, and nothing else', () => {
    expect(readdirSync(image.workingFolder).toSorted()).toEqual([
      ...['LICENSE', 'doctor', 'node_modules', 'package.json', 'sandbox', 'schema', 'src'],
    ]);
    const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const installed = readdirSync(join(image.workingFolder, 'node_modules'));
    const plain = (names: object) => Object.keys(names).filter((name) => !name.startsWith('@'));
    expect(installed).toEqual(expect.arrayContaining(plain(dependencies)));
    expect(plain(devDependencies).filter((name) => installed.includes(name))).toEqual([]);
  });

  test('has about as many packages, and of the size, that docs/operating.md says', () => {
    const folder = join(image.workingFolder, 'node_modules');
    const lock = JSON.parse(readFileSync(join(folder, '.package-lock.json'), 'utf8'));
    const bytes = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
    const page = readFileSync('docs/operating.md', 'utf8');
    const [, packages, megabytes] = /some (\d+) packages, (\d+) MB of files/.exec(page) ?? [];
    const isAbout = (figure: number, told = '') => Math.abs(figure / Number(told) - 1) < 0.1;
    const counted = Object.keys(lock.packages).length;
    expect([counted, isAbout(counted, packages)]).toEqual([expect.any(Number), true]);
    expect([bytes / 1e6, isAbout(bytes / 1e6, megabytes)]).toEqual([expect.any(Number), true]);
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
