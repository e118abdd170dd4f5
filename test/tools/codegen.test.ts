import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { readSections } from '../support/markdown.ts';
import { answerWith, startUpstream, type StubUpstream } from '../support/upstream.ts';

let upstream: StubUpstream;
let gateway: TestGateway;
/** A front end, in this project so that it finds the packages. */
let folder: string;
beforeAll(async () => {
  upstream = await startUpstream(answerWith({}));
  gateway = await startGateway(upstream.url);
  folder = mkdtempSync(join(import.meta.dirname, '.front-end-'));
  mkdirSync(join(folder, 'src'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await gateway.close();
  await upstream.close();
});

function write(file: string, text: string): void {
  mkdirSync(join(folder, dirname(file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

/** Runs a program of node_modules; resolves to its exit code and all that it wrote. */
async function run(program: string, ...args: string[]): Promise<[number | null, string]> {
  const script = join(process.cwd(), 'node_modules', program);
  const child = spawn(process.execPath, [script, ...args], { cwd: folder });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (output += part.toString()));
  await once(child, 'close');
  return [child.exitCode, output];
}

const QUERY = `
  query Targets { mainMenu { __typename ... on MenuEntry { modifiedAt } ... on LinkGroup { url opensIn } } }
`;
/** Compiles only where the kinds of groups are told apart, dates are text and what may be null is so. */
const CLIENT = `
  import { graphql } from './gql/index.ts';
  import type { TargetsQuery } from './gql/graphql.ts';
  export const targetsQuery = graphql(\`${QUERY}\`);
  export function targets({ mainMenu }: TargetsQuery): (string | null)[] {
    return (mainMenu ?? []).map((entry) => {
      switch (entry?.__typename) {
        case 'LinkGroup': return entry.opensIn === 'NEW_TAB' ? entry.url : null;
        // @ts-expect-error A task group has no url.
        case 'TaskGroup': return entry.url;
        default: return entry?.modifiedAt?.slice(0, 10) ?? null;
      }
    });
  }
`;

test('the programs of docs/front-end compile, with types from the introspection of a running gateway', async () => {
  cpSync('examples/preset', join(folder, 'src/preset'), { recursive: true });
  const programs = globSync('docs/front-end/*.md')
    .flatMap(readSections)
    .flatMap(({ blocks }) => blocks)
    // Those for Relay import what its compiler writes.
    .filter(({ language, text }) => language === 'ts' && !text.includes('relay-runtime'));
  expect(programs.length).toBeGreaterThan(20);
  const named = new Map<string, string>();
  // Each page has a folder of its own, and its names.
  for (const { name = '', text, place } of programs) {
    const page = basename(place).replace(/[.]md.*/, '');
    const isOfCodegen = ['codegen', 'README'].includes(page);
    const file = isOfCodegen ? name : name.replace('src/', `src/${page}/`);
    const moved = isOfCodegen ? text : text.replace(/'[.]\/(gateway|preset)/g, "'../$1");
    named.set(file, moved.replace('http://127.0.0.1:4000', gateway.url));
  }
  for (const [file, text] of named) write(file, text);
  write('src/typed/targets.ts', CLIENT);
  expect(await run('@graphql-codegen/cli/esm/bin.js', '--config', 'codegen.ts')).toEqual([
    0,
    expect.any(String),
  ]);
  expect(gateway.logs).toContainEqual(expect.objectContaining({ msg: 'operation' }));

  const compilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: true, types: ['node'], target: 'esnext' },
    ...{ module: 'nodenext', allowImportingTsExtensions: true, resolveJsonModule: true },
  };
  write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['src', 'codegen.ts'] }));
  write('package.json', JSON.stringify({ type: 'module' }));
  expect(await run('typescript/bin/tsc', '--project', '.')).toEqual([0, '']);
});
