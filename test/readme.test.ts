import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { VARIABLES } from '../src/config.ts';
import { AREAS } from '../src/doctor/areas.ts';
import { MAX_CALLS } from '../src/doctor/ask.ts';
import { createSandbox, type Sandbox } from '../src/sandbox/index.ts';
import { startGateway, type TestGateway } from './support/gateway.ts';

const README = readFileSync('README.md', 'utf8');
const block = (language: string): string =>
  new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(README)?.[1] ?? '';

let sandbox: Sandbox;
let gateway: TestGateway;
beforeAll(async () => {
  sandbox = await createSandbox();
  gateway = await startGateway(sandbox.url);
});
afterAll(async () => {
  await gateway.close();
  await sandbox.close();
});

test('the query answers what the README says, with the calls that it says', async () => {
  const { body } = await gateway.ask(block('graphql'));
  expect(body).toEqual(JSON.parse(block('json')));
  const calls = sandbox.calls.map(({ method, template }) => `${method} ${template ?? ''}`);
  const told = block('text').match(/^GET \S+/gm) ?? [];
  expect(calls.toSorted()).toEqual(told.toSorted());
});

test.each(['README.md', '.env.example'])('%s names every variable, and no other', (file) => {
  const text = readFileSync(file, 'utf8');
  const pattern = file === 'README.md' ? /^\| `([A-Z_]+)` +\|/gm : /^#? ?([A-Z_]+)=/gm;
  const named = [...text.matchAll(pattern)].map(([, name]) => name);
  expect(named.toSorted()).toEqual(Object.keys(VARIABLES).toSorted());
});

test('each promise of docs/reliability.md names a test that there is', () => {
  const rows = readFileSync('docs/reliability.md', 'utf8').match(/^\| [^*-].*$/gm) ?? [];
  const named = rows
    .slice(1)
    .map((row) => /`([\w/-]+?)(\.test\.ts)?`/.exec(row.split(' | ')[1] ?? '')?.[1]);
  expect(named.length).toBeGreaterThan(50);
  const folders = ['test/reliability/', 'test/', ''];
  const isThere = (name = 'none') => folders.some((at) => existsSync(`${at}${name}.test.ts`));
  expect(named.filter((name) => !isThere(name))).toEqual([]);
});

test('the doctor looks at as much as the README says, in as many calls', () => {
  const checks = AREAS.flatMap(([, checks]) => checks);
  expect(README).toContain(`${checks.length} assumptions`);
  expect(README).toContain(`${MAX_CALLS} calls at the most`);
});
