import { describe, expect, test } from '@jest/globals';
import type { CountMeaning, PageFacts } from '../../../src/cotalker/traits/counts.ts';
import { createTraits } from '../../../src/cotalker/traits/index.ts';
import { FIRST_READING } from '../../support/first-reading.ts';

const MEANINGS: CountMeaning[] = ['unknown', 'total', 'wider', 'page', 'none'];
const all = (): PageFacts => ({ items: 7, count: 7, page: 1, limit: 50 });

describe('what an answer proves of a count', () => {
  test.each<[string, PageFacts[], CountMeaning]>([
    ['nothing, where it is as many as the items', [all()], 'unknown'],
    ['nothing, of an empty list', [{ items: 0, count: 0 }], 'unknown'],
    ['not of the page, where they differ', [{ items: 7, count: 23, limit: 7 }], 'unknown'],
    ['wider, where there is none of them', [{ items: 0, count: 66 }], 'wider'],
    [
      'wider, where there is none behind a page of fewer',
      [{ items: 0, count: 66, page: 2, limit: 7 }],
      'wider',
    ],
    ['not wider, of a page behind the end', [{ items: 0, count: 7, page: 2, limit: 7 }], 'unknown'],
    ['of the page, on a page behind another', [{ items: 7, count: 7, page: 2, limit: 7 }], 'page'],
    ['of the page, on an empty one behind', [all(), { items: 0, count: 0, page: 2 }], 'page'],
    ['nothing at all, where there is none', [{ items: 7, count: undefined }], 'none'],
    ['nothing, where an empty page has none', [{ items: 0, count: undefined }], 'unknown'],
    ['that it is not to be believed, where there is more', [{ items: 7, count: 3 }], 'none'],
    [
      'that it is not to be believed, where it is both',
      [
        { items: 7, count: 23 },
        { items: 7, count: 7, page: 2, limit: 7 },
      ],
      'none',
    ],
    [
      'that it is a count after all, where one without came first',
      [
        { items: 7, count: undefined },
        { items: 0, count: 66 },
      ],
      'wider',
    ],
  ])('%s', (_, pages, meaning) => {
    const traits = createTraits();
    for (const page of pages) traits.notePage('groups', page);
    expect(traits.countOf('groups')).toBe(meaning);
    expect(traits.countOf('tasks')).toBe('unknown');
  });

  test.each(MEANINGS.filter((meaning) => meaning !== 'none'))(
    'what is known to be %s stays so, whatever it is consistent with',
    (meaning) => {
      const traits = createTraits({ counts: { groups: meaning } });
      traits.notePage('groups', { items: 0, count: 0 });
      traits.notePage('groups', all());
      expect(traits.countOf('groups')).toBe(meaning);
    },
  );

  test('what is believed to follow the filter is corrected, and never back', () => {
    const traits = createTraits(FIRST_READING);
    traits.notePage('groups', { items: 0, count: 66 });
    traits.noteFilter('groups', true);
    expect(traits.countOf('groups')).toBe('wider');
  });

  test('a list that is emptied while it is read does not change what is known', () => {
    const traits = createTraits(FIRST_READING);
    traits.notePage('groups', { items: 0, count: 0, page: 2, limit: 7 });
    expect(traits.countOf('groups')).toBe('total');
  });
});

test.each<[CountMeaning, ReturnType<ReturnType<typeof createTraits>['extentOf']>[]]>([
  ['unknown', ['unknown', 'unknown', 'unknown', 'unknown']],
  ['total', ['unknown', 'more', 'end', 'end']],
  ['wider', ['unknown', 'unknown', 'end', 'end']],
  ['page', ['unknown', 'unknown', 'unknown', 'unknown']],
  ['none', ['unknown', 'unknown', 'unknown', 'unknown']],
])('whether a list ends, by a count that is %s', (meaning, extents) => {
  const traits = createTraits({ counts: { tasks: meaning } });
  const counts = [undefined, 8, 7, 6];
  expect(counts.map((count) => traits.extentOf('tasks', 7, count))).toEqual(extents);
});

test('each fact is told once, as it becomes known', () => {
  const told: unknown[] = [];
  const traits = createTraits({}, (...fact) => told.push(fact));
  for (const page of [2, 3]) {
    traits.notePage('tasks', { items: 7, count: 7, page, limit: 7 });
    traits.noteCap('tasks', 7);
  }
  expect(told).toEqual([
    ['count of tasks', 'page'],
    ['records on a page of tasks, at the most', 7],
  ]);
  expect(traits.known()).toMatchObject({
    counts: { tasks: 'page' },
    pages: { tasks: 7 },
    caps: { tasks: 7 },
  });
});

test('a server that puts more on a page than it did is no longer held to what it did', () => {
  const traits = createTraits();
  traits.noteCap('tasks', 7);
  expect(traits.pageSizeOf('tasks')).toEqual({ size: 7, isMost: true });
  traits.notePage('tasks', { items: 20, count: 20 });
  expect(traits.pageSizeOf('tasks')).toEqual({ size: 20, isMost: false });
});
