import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { createSandbox } from '../../sandbox/index.ts';
import { startGatewayProcess } from './gateway-process.ts';
import { type Block, readSections, type Section } from './markdown.ts';
import { follow, type Ground } from './page-session.ts';

/** Every page whose blocks are run. */
export const PAGES = [
  'README.md',
  ...['docs', 'docs/front-end'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
];

/** Its sections that begin with "Set up" are followed ahead of the pages of its folder. */
const FRONT_END = 'docs/front-end/README.md';

/** The pages and sections that need tools of `test/tools`, or take long: they are followed there. */
export const SLOW = [
  'docs/contributing.md: Add a field in five steps',
  'docs/front-end/board.md',
  'docs/front-end/chat.md',
  'docs/front-end/codegen.md',
  'docs/front-end/errors.md',
  'docs/front-end/live.md',
  'docs/front-end/menu.md',
  'docs/front-end/moving.md',
  'docs/front-end/my-tasks.md',
  'docs/front-end/pages.md',
  'docs/front-end/search.md',
  'docs/front-end/writing.md',
  'docs/operating.md: Alerts',
];

interface Followed {
  /** The page and the section, such as `README.md: Start`. */
  readonly place: string;
  readonly section: Section;
}

/** The sections that have something to run: those of `test/tools`, or all others. */
export const sectionsToFollow = (where: 'test' | 'tools'): readonly Followed[] =>
  PAGES.flatMap((page) =>
    readSections(page)
      .map(({ title, blocks }) => ({ title, blocks: blocks.filter(isRunHere) }))
      .filter(({ blocks }) => blocks.length > 0)
      .map((section) => ({ place: `${page}: ${section.title}`, section })),
  ).filter(({ place }) => SLOW.some((slow) => isOf(place, slow)) === (where === 'tools'));

/** Whether a section is one of SLOW, or of a page that is. */
export const isOf = (place: string, slow: string): boolean =>
  place === slow || place.startsWith(`${slow}: `);

/** Blocks that are looked at by a test of their own: how they begin, and by which. */
export const ELSEWHERE: readonly (readonly [string, string])[] = [
  ['{\n  "level": 30,', 'test/docs/operating.test.ts'],
  ['upstream gateway {', 'test/tools/nginx-restart.test.ts'],
  ['gzip on;\n', 'test/tools/nginx.test.ts'],
  ['(\n  sum(increase(', 'test/docs/operating.test.ts'],
];

const isRunHere = ({ text }: Block): boolean =>
  !ELSEWHERE.some(([beginning]) => text.startsWith(beginning));

/** Commands that no test runs, and why. */
export const NOT_RUN: readonly (readonly [RegExp, string])[] = [
  [
    /^npm (ci|init|install)\b/,
    'needs the registry; .ci/run installs, and the packages are at hand',
  ],
  [/^docker /, 'no Docker is at hand; test/tools/image.test.ts does what the Dockerfile says'],
];

export interface Grounds {
  /** Where the page is followed; made, and set up, when it is first asked for. */
  of(place: string): Promise<Ground>;
}

/**
 * The ground that each page needs, for the tests of a file: a gateway and a folder. The folder is the project
 * itself (README, operators) or a copy of it (contributors, who change it). The pages for front ends share a folder of
 * their own, with the packages installed and set up as their contents page says.
 */
export function useGrounds(patienceMs: number): Grounds {
  const made = new Map<string, string>();
  const shown = new Map<string, Ground['last']>();
  let rest: Omit<Ground, 'folder' | 'last'>;
  const closing: (() => unknown)[] = [];

  beforeAll(async () => {
    const sandbox = await createSandbox();
    const gateway = await startGatewayProcess(sandbox.url, {
      LIVE_POLL_MS: '100',
      // As in front of the sandbox that it starts itself.
      MUTATIONS: 'on',
    });
    closing.push(gateway.close, sandbox.close);
    rest = {
      gatewayUrl: gateway.url,
      cotalkerUrl: sandbox.url,
      patienceMs,
      skip: (command) => NOT_RUN.some(([pattern]) => pattern.test(command)),
    };
  });
  afterAll(async () => {
    for (const close of closing) await close();
    for (const folder of made.values()) rmSync(folder, { recursive: true });
  });

  const make = (reader: string): string => {
    const folder = mkdtempSync(join(tmpdir(), 'page-'));
    made.set(reader, folder);
    if (reader === 'docs/contributing.md') copyProject(folder);
    linkPackages(folder);
    return folder;
  };
  return {
    of: async (place) => {
      const page = place.replace(/:.*$/, '');
      const isFrontEnd = page.startsWith('docs/front-end/');
      const isOwn = isFrontEnd || page === 'docs/contributing.md';
      // A reader follows all pages for front ends in one folder.
      const reader = isFrontEnd ? dirname(FRONT_END) : page;
      const isNew = isOwn && !made.has(reader);
      const folder = isOwn ? (made.get(reader) ?? make(reader)) : resolve('.');
      const last = shown.get(page) ?? {};
      shown.set(page, last);
      const ground = { ...rest, folder, last };
      if (isNew && isFrontEnd)
        for (const section of readSections(FRONT_END).filter(({ title }) => /^Set up/.test(title)))
          await follow(section, ground);
      return ground;
    },
  };
}

/** The packages of the project and of `test/tools`, as if they were installed in a folder. */
export function linkPackages(folder: string): void {
  for (const packages of ['node_modules', 'test/tools/node_modules'].filter(existsSync)) {
    const scopes = readdirSync(packages).filter((name) => name.startsWith('@'));
    for (const under of ['', '.bin', ...scopes]) {
      mkdirSync(join(folder, 'node_modules', under), { recursive: true });
      for (const name of readdirSync(join(packages, under)).filter(isPackage)) {
        const link = join(folder, 'node_modules', under, name);
        if (!existsSync(link)) symlinkSync(resolve(packages, under, name), link);
      }
    }
  }
}

/** Not a scope, nor the programs, which have folders of their own. */
const isPackage = (name: string): boolean => !/^(@|\.bin$)/.test(name);

const LEFT_OUT = new Set(['node_modules', '.git', '.work', 'docs', 'examples']);

function copyProject(folder: string): void {
  const filter = (source: string): boolean => !LEFT_OUT.has(basename(source));
  for (const name of readdirSync('.').filter(filter))
    cpSync(name, join(folder, name), { recursive: true, filter });
}
