import { expect } from '@jest/globals';
import type { Block } from './markdown.ts';

/** Stands for what is another each time, or too long to show; alone on a line for any lines, as a value for any. */
const ANY = '…';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const patternOf = (text: string): string => text.split(ANY).map(escaped).join('[^\\n]*');

/** The whole of a text as a page shows it. */
const wholeOf = (text: string): RegExp =>
  new RegExp(
    `^${text
      .trimEnd()
      .split('\n')
      .map((line) => (line.trim() === ANY ? '(?:[^\\n]*\\n)*' : `${patternOf(line)}\\n`))
      .join('')}$`,
  );

/** What a page shows of a JSON value, for Jest to compare: a text with `…` in it stands for many. */
const likeOf = (value: unknown): unknown => {
  if (value === ANY) return expect.anything();
  if (typeof value === 'string' && value.includes(ANY))
    return expect.stringMatching(new RegExp(`^${patternOf(value)}$`));
  if (Array.isArray(value)) return value.map(likeOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, likeOf(inner)]));
};

const plain = (output: string): string => output.replaceAll('\r', '').trimEnd() + '\n';

/** Whether an output is already all that the page shows of it. */
export const isShown = ({ language, text }: Block, output: string): boolean =>
  language === 'text' && output !== '' && wholeOf(text).test(plain(output));

/** Compares what came out with what the page shows, a block of `json` or `text`. */
export function expectShown(block: Block, output: string): void {
  if (block.language === 'json') {
    expect({ [block.place]: JSON.parse(output) }).toEqual({
      [block.place]: likeOf(JSON.parse(block.text)),
    });
  } else if (!isShown(block, output)) {
    // Differs, and Jest shows how.
    expect(`${block.place}\n${plain(output)}`).toBe(`${block.place}\n${block.text}`);
  }
}
