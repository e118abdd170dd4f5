import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { useFiles } from '../support/files.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { readSections } from '../support/markdown.ts';
import { follow, idlePrograms } from '../support/page-session.ts';

/* That a page cannot say what does not come true: what `pages.test.ts` rests on. */

const files = useFiles();
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

const FENCE = '```';
const block = (language: string, text: string): string =>
  `${FENCE}${language}\n${text}\n${FENCE}\n`;

async function followed(...parts: string[]): Promise<void> {
  const page = files.write('page.md', ['# A page', ...parts].join('\n\n'));
  const last = {};
  // To start a program takes a busy machine a second and more.
  const patienceMs = parts.some((part) => part.includes('sleep')) ? 1000 : 60_000;
  for (const section of readSections(page))
    await follow(section, {
      last,
      folder: page.replace('/page.md', ''),
      ...{ gatewayUrl: gateway.url, cotalkerUrl: sandbox.url, patienceMs },
      skip: (command) => command.startsWith('docker '),
    });
}

const COUNT = block('graphql', '{ groups { totalCount } }');
const ask = (query: string): string =>
  `curl -s http://127.0.0.1:4000/graphql -H 'Authorization: Bearer sandbox-user' -H 'Content-Type: application/json' -d '{"query": "${query}"}'`;
const COUNTED = '{ "data": { "groups": { "totalCount": 38 } } }';

test.each<[string, string[]]>([
  ['a query with its answer', [COUNT, block('json', COUNTED)]],
  [
    'a command with its answer',
    [block('sh', ask('{ groups { totalCount } }')), block('json', COUNTED)],
  ],
  ['a command with what it prints', [block('sh', 'echo one && echo two'), block('text', '…\ntwo')]],
  ['one that does not end', [block('sh', 'echo one && sleep 9'), block('text', 'one')]],
  [
    'one that prints what another did',
    [block('sh', 'echo one'), block('text', 'one'), block('sh', 'echo one # prints the same')],
  ],
  ['one that fails, and is said to', [block('sh', 'false # fails')]],
  ['one that is not run', [block('sh', 'docker run x')]],
  [
    'a program',
    [
      '`a.ts`:',
      block('ts a.ts', 'console.log(1 as number)'),
      block('sh', 'node a.ts'),
      block('text', '1'),
    ],
  ],
  [
    'a patch',
    [
      block('diff', '--- /dev/null\n+++ b/new.txt\n@@ -0,0 +1,1 @@\n+here'),
      block('sh', 'cat new.txt'),
      block('text', 'here'),
    ],
  ],
])('%s is followed', async (_, parts) => {
  await followed(...parts);
});

test.each<[string, string[]]>([
  ['another answer', [COUNT, block('json', COUNTED.replace('38', '39'))]],
  ['a query without its answer', [COUNT]],
  ['a query that is refused', [block('graphql', '{ nope }'), block('json', '{ "data": null }')]],
  ['other calls', [COUNT, block('json', COUNTED), block('text', 'GET /v2/users')]],
  ['a curl without its answer', [block('sh', ask('{ __typename }'))]],
  ['another output', [block('sh', 'echo one'), block('text', 'two')]],
  ['more output', [block('sh', 'echo one && echo two'), block('text', 'one')]],
  [
    'an output that is not the same',
    [block('sh', 'echo one'), block('text', 'one'), block('sh', 'echo two # prints the same')],
  ],
  ['no output', [block('sh', 'true'), block('text', 'one')]],
  ['one that hangs', [block('sh', 'sleep 9'), block('text', 'one')]],
  ['a command that fails', [block('sh', 'false')]],
  ['one that is said to fail and does not', [block('sh', 'true # fails')]],
  ['a program without a name', [block('ts', 'throw new Error()')]],
  ['a name that the reader is not told', [block('ts a.ts', '1'), block('sh', 'node a.ts')]],
  ['a language that nothing runs', [block('python', 'print(1)')]],
  ['no language', [block('', 'print(1)')]],
  ['an answer to nothing', [block('json', '{}')]],
  [
    'a patch that does not apply',
    [block('diff', '--- a/no.txt\n+++ b/no.txt\n@@ -1,1 +1,1 @@\n-a\n+b')],
  ],
  ['a block without an end', [`${FENCE}sh\nfalse`]],
  ['a block in a list', [`- x\n\n  ${FENCE}sh\n  true\n  ${FENCE}`]],
  ['another kind of fence', ['~~~sh\nfalse\n~~~']],
])('%s fails', async (_, parts) => {
  await expect(followed(...parts)).rejects.toThrow();
});

test('a program that nothing runs is told', () => {
  const shown =
    '`a.ts` and `b.ts`:\n\n' + block('ts a.ts', '1') + '\n`b.ts`:\n\n' + block('ts b.ts', '2');
  const page = files.write('idle.md', `${shown}\n${block('sh', 'node b.ts')}`);
  expect(idlePrograms(readSections(page))).toEqual([`${page}:3`]);
});
