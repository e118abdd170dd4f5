import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { expect } from '@jest/globals';
import type { Block, Section } from './markdown.ts';
import { expectShown, isShown } from './page-output.ts';
import { type Shell, startByCommand, startShell } from './shell.ts';

/** Where a page is followed, as its reader would. */
export interface Ground {
  /** Where files are saved and commands run. */
  readonly folder: string;
  /** The gateway that is at http://127.0.0.1:4000 to the reader, until a section starts another. */
  readonly gatewayUrl: string;
  /** What is at Cotalker's own address to the reader. */
  readonly cotalkerUrl: string;
  /** Whether a command is not run. */
  readonly skip: (command: string) => boolean;
  /** How long a command may take, in milliseconds. */
  readonly patienceMs: number;
  /** What the page has shown last: a command with the note "prints the same" is compared with it. */
  readonly last: { shown?: Block };
}

/** A block, and what the page shows that comes of it. */
interface Step {
  readonly block: Block;
  readonly shown: readonly Block[];
}

/** The gateway's own folder, which is beside the reader's. */
const PROJECT = resolve(import.meta.dirname, '../..');
const ADDRESS = 'http://127.0.0.1:4000';
/** How long a command that has shown all is given to show more, or to end. */
const GRACE_MS = 150;

function stepsOf({ blocks }: Section): readonly Step[] {
  const steps: { block: Block; shown: Block[] }[] = [];
  for (const block of blocks) {
    const isShownOnly = block.name === undefined && ['json', 'text'].includes(block.language);
    const last = steps.at(-1);
    if (!isShownOnly) steps.push({ block, shown: [] });
    else if (last === undefined || last.block.name !== undefined)
      throw new Error(`${block.place}: comes of nothing`);
    else last.shown.push(block);
  }
  return steps;
}

/**
 * Follows a section of a page, block by block. It saves named files, runs commands, sends queries and applies
 * patches. It compares the output with the page.
 *
 * @throws Error at a block that it has no way to run, or whose outcome the page does not show.
 */
export async function follow(section: Section, ground: Ground): Promise<void> {
  let url = ground.gatewayUrl;
  const started: Shell[] = [];
  const real = (text: string): string =>
    text
      .replaceAll(ADDRESS, url)
      .replaceAll('https://www.cotalker.com/api', ground.cotalkerUrl)
      .replaceAll('../my-front-end', ground.folder)
      .replaceAll('../cotalker-gateway', PROJECT)
      .replaceAll('COTALKER_TOKEN=…', 'COTALKER_TOKEN=sandbox-admin');
  const told = (output: string): string =>
    output.replaceAll(url, ADDRESS).replaceAll(ground.folder, '../my-front-end');

  const runStep = async ({ block, shown }: Step): Promise<void> => {
    const { language, name, text, place } = block;
    if (name !== undefined) save(join(ground.folder, name), real(text));
    else if (language === 'graphql') await showAnswer(url, text, shown, place);
    else if (language === 'diff') await apply(text, ground);
    // A drawing: nothing of it can be run.
    else if (language === 'mermaid') return;
    else if (language !== 'sh') throw new Error(`${place}: no test can run "${language}"`);
    else {
      let output = '';
      for (const line of commandsOf(text)) {
        const [, command = '', note = ''] = /^(.*?)(?: +# (.*))?$/.exec(line) ?? [];
        if (ground.skip(command)) continue;
        if (/\bnpm start$/.test(command)) {
          const gateway = await startByCommand(real(command));
          started.push(gateway);
          moveGateway(ground.folder, url, gateway.url);
          ({ url } = gateway);
        } else {
          const fails = note.startsWith('fails');
          const { shown: same } = ground.last;
          if (note !== 'prints the same')
            output += told(await run(real(command), { ...ground, fails }, shown[0]));
          else if (!same) throw new Error(`${place}: nothing has been shown`);
          else expectShown(same, told(await run(real(command), ground, same)));
        }
      }
      if (shown.length > 1) throw new Error(`${place}: more is shown than comes`);
      if (shown[0]) {
        expectShown(shown[0], output);
        ground.last.shown = shown[0];
      } else if (/^(curl|node) /m.test(text) && output !== '')
        throw new Error(`${place}: the page does not show what comes of it`);
    }
  };

  try {
    for (const step of stepsOf(section)) await runStep(step);
  } finally {
    moveGateway(ground.folder, url, ground.gatewayUrl);
    for (const shell of started) await shell.end();
  }
}

/** To the reader each gateway has the same address, which is in one file. */
function moveGateway(folder: string, from: string, to: string): void {
  const file = join(folder, 'src/gateway.ts');
  if (existsSync(file)) writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
}

/** The programs of a page that no other block of it, or of the pages beside it, names: nothing runs them. */
export const idlePrograms = (
  sections: readonly Section[],
  beside: readonly Section[] = [],
): readonly string[] => {
  const blocks = [...sections, ...beside].flatMap((section) => section.blocks);
  return sections
    .flatMap((section) => section.blocks)
    .filter(({ language, name }) => name !== undefined && /^[jt]sx?$/.test(language))
    .filter((program) => {
      const name = basename(program.name ?? '');
      return !blocks.some((other) => other.name !== program.name && other.text.includes(name));
    })
    .map(({ place }) => place);
};

/** A line is a command, with those that it is continued on by `\`; a comment `# fails` says that it does. */
export const commandsOf = (text: string): readonly string[] =>
  text
    .replaceAll('\\\n', '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function save(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

async function apply(patch: string, ground: Ground): Promise<void> {
  save(join(ground.folder, 'page.diff'), patch);
  await run('git apply page.diff && rm page.diff', ground);
}

/** @returns What it wrote to stdout; one that does not end by itself is ended once it has shown all. */
async function run(
  command: string,
  { folder, patienceMs, fails = false }: Ground & { readonly fails?: boolean },
  shown?: Block,
): Promise<string> {
  const shell = startShell(command, folder);
  const late = setTimeout(() => void shell.end(), patienceMs);
  try {
    while (await shell.more()) {
      if (shown === undefined || !isShown(shown, shell.out())) continue;
      await Promise.race([shell.more(), new Promise((resolve) => setTimeout(resolve, GRACE_MS))]);
      if (shell.code() === null && isShown(shown, shell.out())) return shell.out();
    }
    // Ended for being late: what has come by then is compared.
    if (shown !== undefined && shell.code() === null) return shell.out();
    const hasFailed = shell.code() !== 0;
    if (hasFailed !== fails)
      throw new Error(`${command}: ${shell.code() ?? 'ended'}\n${shell.out()}${shell.err()}`);
    return shell.out();
  } finally {
    clearTimeout(late);
    await shell.end();
  }
}

/**
 * Sends a query, and compares its answer with the page. If the page shows calls, these are compared for a second
 * run, because the first run also learns about the upstream.
 */
async function showAnswer(
  url: string,
  query: string,
  [answer, calls]: readonly Block[],
  place: string,
): Promise<void> {
  if (answer?.language !== 'json') throw new Error(`${place}: its answer is not shown`);
  const ask = async (): Promise<Answer> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: 'Bearer sandbox-user',
        'x-explain': 'true',
      },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as Answer;
  };
  const first = await ask();
  expectShown(answer, JSON.stringify({ ...first, extensions: undefined }));
  if (calls === undefined) return;
  const { extensions } = await ask();
  const made = extensions.upstream.requests.map(({ path }) =>
    `GET ${path}`.replaceAll(/[0-9a-f]{24}/g, '{id}'),
  );
  const told = calls.text.match(/^GET \S+/gm) ?? [];
  expect({ [calls.place]: made.toSorted() }).toEqual({ [calls.place]: told.toSorted() });
}

interface Answer {
  readonly extensions: { readonly upstream: { readonly requests: readonly { path: string }[] } };
}
