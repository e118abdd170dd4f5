import type { Starts } from '../start/index.ts';
import { judge, judgeOlder } from './bars.ts';
import { describeMachine } from './machine.ts';
import type { Run } from './measure.ts';
import type { Options } from './options.ts';
import { createLookup } from './stats.ts';
import type { Tokens } from './tokens.ts';
import {
  barsTable,
  costTable,
  detailTable,
  farTable,
  mechanismsTable,
  ratesTable,
  soakLine,
  startTable,
} from './tables.ts';

export interface Measured {
  readonly runs: readonly Run[];
  /** Runs that another process disturbed. */
  readonly thrownAway: number;
  /** Those that were disturbed every time, in all repetitions: scenario, subject and tokens. */
  readonly missing: readonly string[];
  /** Only where all was measured. */
  readonly start?: Starts | undefined;
}

/** The results as Markdown. */
export function report({ runs, thrownAway, missing, start }: Measured, options: Options): string {
  const find = createLookup(runs);
  const { subjects, repetitions, windowMs, warmUpMs } = options;
  const scenarios = options.scenarios.filter(({ isGrowth }) => !isGrowth);
  const details = (tokens: Tokens, note: string): string[] =>
    scenarios.flatMap(({ name, title }) =>
      section(
        tokens === 'own' ? name : `${name}, ${tokens}`,
        detailTable(find, name, options, tokens),
        `${title[0]?.toUpperCase() ?? ''}${title.slice(1)}; ${note}.`,
      ),
    );
  const sections = [
    section('The bars', barsTable(judge(find, start, options.isComplete))),
    section(
      'Without a mechanism for speed',
      mechanismsTable(find, options),
      'CPU time of a request, times that of the whole gateway: what is near 1.00 shows nothing.',
    ),
    section(
      'No body twice',
      ratesTable(find, options, 'fresh'),
      'Requests per second, every one with a token never seen before, and bodies too: nothing that is kept helps.',
    ),
    section(
      'No body twice, but tokens',
      ratesTable(find, options, 'new'),
      'Requests per second. Each connection has a token of its own, which comes again and again.',
    ),
    section('Requests per second', ratesTable(find, options, 'own')),
    section('Older bars', barsTable(judgeOlder(find))),
    ...details('fresh', 'no token and no body twice'),
    ...details('new', 'each connection with a token of its own, no body twice'),
    ...details('own', 'each connection with a token of its own'),
    section(
      'One token for all',
      ratesTable(find, options, 'one'),
      'Requests per second. The gateway lets callers with the same token share calls that are in flight.',
    ),
    section(
      'Lists of their own',
      ratesTable(find, options, 'apart'),
      'Requests per second. Each token gets bodies of its own, which no other gets byte for byte.',
    ),
    section('Growth of the cost', costTable(find, options), 'CPU µs per group.'),
    section('An upstream that is far away', farTable(find, options), 'Requests per second.'),
    section('Start and memory', startTable(runs, options), soakLine(runs)),
  ];
  return [
    '# Results',
    'Made by `npm run bench`; what is measured, and how, is in the [README](README.md).',
    describeMachine(subjects).join('\n'),
    `${repetitions === 1 ? 'One run' : `Medians of ${repetitions} runs`} of ${windowMs / 1000} s after ${warmUpMs / 1000} s of warm-up, 50 connections. MB are of 2^20 bytes. ` +
      `Thrown away since another process disturbed them: ${thrownAway} runs. ` +
      (missing.length > 0 ? `Disturbed every time, and so missing: ${missing.join(', ')}.` : ''),
    '![requests per second](results.svg)',
    ...sections.flat(),
  ]
    .map((part) => part.trimEnd())
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

/** Nothing where there is nothing to tell. */
const section = (title: string, content: string, ...notes: string[]): string[] =>
  content === '' ? [] : [`## ${title}`, ...notes, content];
