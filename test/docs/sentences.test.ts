import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';

/*
 * No sentence has more than 30 words. A sentence ends at `.`, `!` or `?` before a space, and at the end of its
 * paragraph, heading, list item or table cell. A code span is one word. Code blocks do not count.
 */

const MOST_WORDS = 30;
const ROOMS = ['src', 'test', 'sandbox', 'doctor', 'bench', 'scripts'];

/** Ends a sentence without a full stop: an empty line, a list item, a heading, a cell of a table, ` · ` in a row. */
const PARTS = /\n\s*\n|\n(?=\s*(?:[-*#|>]|\d+\.) )|\|| · /;
const ENDS = /(?<=[.!?][)"'*_]*)\s/;

const wordsOf = (sentence: string): number =>
  sentence.split(' ').filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

const tooLong = (text: string): string[] =>
  text
    .replace(/`[^`]+`/g, 'code')
    .replace(/\]\([^)]*\)/g, ']')
    .split(PARTS)
    .flatMap((part) => part.split(ENDS))
    .map((sentence) => sentence.trim().replace(/\s+/g, ' '))
    .filter((sentence) => wordsOf(sentence) > MOST_WORDS);

const withoutBlocks = (page: string): string => page.replace(/^ *```.*?^ *```$/gms, '');

/** The descriptions of a schema, in one line or between three quotes. */
const descriptions = (schema: string): string =>
  [...schema.matchAll(/"""(.*?)"""|"([^"\n]+)"/gs)]
    .map(([, long, short]) => long ?? short)
    .join('\n\n');

/** Comments at the start of a line: a block, or consecutive lines. A comment behind code has no room for 30 words. */
const comments = (program: string): string =>
  [...program.matchAll(/^[ \t]*\/\*.*?\*\/|(?:^[ \t]*\/\/[^\n]*\n)+/gms)]
    .map(([comment]) => comment.replace(/^[ \t]*(?:\/\*+|\*+\/|\*|\/\/)[ \t]?|\*\/$/gm, ''))
    .join('\n\n');

/** Whose sentence goes on in the next comment, across code. */
const GOES_ON = /[,;]\s*\*\/|^[ \t]*\/\/[^\n]*[,;]\n(?![ \t]*\/\/)/gm;

test('no sentence goes on from one comment to the next', () => {
  const files = globSync('{src,sandbox,doctor,bench,scripts}/**/*.ts', {
    exclude: ['**/node_modules/**', '**/generated/**'],
  });
  const found = files.filter((file) => readFileSync(file, 'utf8').search(GOES_ON) >= 0);
  expect(found).toEqual([]);
});

describe('no sentence has more than 30 words', () => {
  test.each([
    ['the pages', ['README.md', 'CHANGELOG.md', 'docs/**/*.md'], withoutBlocks],
    ['the descriptions of the schema', ['schema/*.graphql'], descriptions],
    ...ROOMS.map(
      (room) => [`the comments of ${room}`, [`${room}/**/*.{ts,tsx,js,mjs}`], comments] as const,
    ),
  ] as const)('in %s', (_, patterns, textOf) => {
    const files = globSync(patterns, { exclude: ['**/node_modules/**', '**/generated/**'] });
    expect(files).not.toEqual([]);
    const found = files.flatMap((file) =>
      tooLong(textOf(readFileSync(file, 'utf8'))).map((sentence) => `${file}: ${sentence}`),
    );
    expect(found).toEqual([]);
  });
});
