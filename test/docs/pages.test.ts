import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readSections } from '../support/markdown.ts';
import {
  ELSEWHERE,
  NOT_RUN,
  isOf,
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
    async ({ place, section }) => follow(section, await grounds.of(place)),
    120_000,
  );
});

const isFrontEnd = (page: string): boolean => page.startsWith('docs/front-end/');

test.each(PAGES)('%s runs every program that it shows', (page) => {
  // The other pages import what the reader saves while setting up.
  const others = isFrontEnd(page) ? PAGES.filter(isFrontEnd) : [];
  expect(idlePrograms(readSections(page), others.flatMap(readSections))).toEqual([]);
});

test('what is followed or looked at elsewhere is on a page', () => {
  const places = sectionsToFollow('tools').map(({ place }) => place);
  expect(SLOW.filter((slow) => !places.some((place) => isOf(place, slow)))).toEqual([]);
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
