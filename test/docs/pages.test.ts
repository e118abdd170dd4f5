import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readSections } from '../support/markdown.ts';
import {
  ELSEWHERE,
  NOT_RUN,
  PAGES,
  SLOW,
  sectionsToFollow,
  useGrounds,
} from '../support/page-ground.ts';
import { commandsOf, follow, idlePrograms } from '../support/page-session.ts';

/*
 * Each page is followed from top to bottom, as by a reader. Commands are run, programs are saved and run by a
 * command, and queries are sent. All output is compared with the page.
 */

const grounds = useGrounds(60_000);

describe('what the page says comes true', () => {
  test.each(sectionsToFollow('test'))(
    '$place',
    ({ place, section }) => follow(section, grounds.of(place)),
    120_000,
  );
});

test.each(PAGES)('%s runs every program that it shows', (page) => {
  expect(idlePrograms(readSections(page))).toEqual([]);
});

test('what is followed or looked at elsewhere is on a page', () => {
  expect(sectionsToFollow('tools').map(({ place }) => place)).toEqual(SLOW);
  const texts = PAGES.flatMap(readSections).flatMap(({ blocks }) => blocks.map(({ text }) => text));
  for (const [beginning, file] of ELSEWHERE) {
    expect(texts.filter((text) => text.startsWith(beginning))).toHaveLength(1);
    expect(existsSync(file)).toBe(true);
  }
});

test.each(NOT_RUN)('%s is on a page, and not run: %s', (pattern) => {
  const commands = PAGES.flatMap(readSections)
    .flatMap(({ blocks }) => blocks)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => commandsOf(text));
  expect(commands.filter((command) => pattern.test(command))).not.toEqual([]);
});
