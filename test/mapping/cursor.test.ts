import { describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import fc from '../support/properties.ts';
import { MAX_POSITION_IDS, type Position } from '../../src/cotalker/records/moment.ts';
import {
  decodeKeysetCursor,
  decodeOffsetCursor,
  encodeKeysetCursor,
  encodeOffsetCursor,
  listName,
} from '../../src/mapping/cursor.ts';
import { idOf, momentOf, range } from '../support/model-upstream.ts';

const LIST = listName('groups', { isActive: 'true' });
const POSITION: Position = {
  ...{ modifiedAt: momentOf(1), upTo: idOf(3), ids: [idOf(7), idOf(9)], count: 5 },
};
const OFFSET = 5;
const CURSOR = encodeKeysetCursor(LIST, POSITION);
const read = (cursor: string) => decodeKeysetCursor(LIST, cursor);

const id = fc.stringMatching(/^[0-9a-f]{24}$/);
const modifiedAt = fc
  .date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const position: fc.Arbitrary<Position> = fc.record({
  modifiedAt: fc.option(modifiedAt),
  upTo: fc.option(id, { nil: undefined }),
  ids: fc.array(id, { maxLength: 40 }),
  count: fc.integer({ min: 1, max: 1e6 }),
});

describe('a cursor', () => {
  test('brings back the position', () => {
    fc.assert(
      fc.property(position, fc.string(), (position, list) => {
        const cursor = encodeKeysetCursor(list, position);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(decodeKeysetCursor(list, cursor)).toEqual(position);
      }),
      { numRuns: 1000 },
    );
  });

  test('brings back the longest position there is, and no longer one', () => {
    const ids = range(1, MAX_POSITION_IDS).map((n) => idOf(n));
    const longest = { modifiedAt: momentOf(1), upTo: idOf(1), ids, count: Number.MAX_SAFE_INTEGER };
    expect(read(encodeKeysetCursor(LIST, longest))).toEqual(longest);
    const longer = { ...longest, ids: [...ids, idOf(0)] };
    expect(read(encodeKeysetCursor(LIST, longer))).toBeUndefined();
  });

  test('does not show what it is made of', () => {
    expect(CURSOR).not.toContain(idOf(7));
    expect(CURSOR).not.toContain('2024');
  });
});

describe('a cursor is refused', () => {
  test('where one character is another, missing, or too many', () => {
    const place = fc.nat({ max: CURSOR.length });
    const other = fc.constantFrom(...'abcXYZ019_-=+/ .\n\0é'.split(''));
    fc.assert(
      fc.property(place, other, fc.nat({ max: 1 }), (place, other, taken) => {
        const cursor = CURSOR.slice(0, place) + other + CURSOR.slice(place + taken);
        fc.pre(cursor !== CURSOR);
        expect(read(cursor)).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
    for (const place of CURSOR.split('').keys()) {
      expect(read(CURSOR.slice(0, place) + CURSOR.slice(place + 1))).toBeUndefined();
    }
  });

  test('where it is cut at either end, or put together from two', () => {
    const another = encodeKeysetCursor(LIST, { ...POSITION, modifiedAt: momentOf(2) });
    for (const place of range(1, CURSOR.length - 1)) {
      for (const cursor of [
        ...[CURSOR.slice(0, place), CURSOR.slice(place)],
        ...[CURSOR + CURSOR.slice(place), CURSOR.slice(0, place) + CURSOR],
      ]) {
        expect(read(cursor)).toBeUndefined();
      }
      const mixed = CURSOR.slice(0, place) + another.slice(place);
      if (mixed !== CURSOR && mixed !== another) expect(read(mixed)).toBeUndefined();
    }
  });

  test('where it is anything else', () => {
    const anything = fc.oneof(
      ...[fc.string(), fc.string({ unit: 'binary' }), fc.base64String()],
      fc.json().map((json) => Buffer.from(json).toString('base64url')),
    );
    fc.assert(
      fc.property(anything, (cursor) => read(cursor) === undefined),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['empty', ''],
    ['huge', 'A'.repeat(1_000_000)],
    ['huge, and starting well', CURSOR + 'A'.repeat(1_000_000)],
    [
      'of the version before this seal',
      Buffer.from(JSON.stringify({ v: 1, list: LIST, at: momentOf(1), ids: [idOf(1)] })).toString(
        'base64url',
      ),
    ],
    [
      'of a list with another filter',
      encodeKeysetCursor(listName('groups', { isActive: 'all' }), POSITION),
    ],
    [
      'of another kind of list',
      encodeKeysetCursor(listName('channels', { isActive: 'true' }), POSITION),
    ],
    ['of a list that is read by offset', encodeOffsetCursor(LIST, OFFSET)],
  ])('%s', (_, cursor) => expect(read(cursor)).toBeUndefined());

  /** A cursor as the gateway would seal it, of any content and version. */
  const forge = (content: string, version = 1) => {
    const packed = Buffer.from(content).toString('base64url');
    const seal = createHash('sha256').update(JSON.stringify([version, LIST, packed]));
    return seal.digest('base64url').slice(0, 12) + packed;
  };
  const good = { at: momentOf(1), ids: '', n: 1 };

  test('the forgery below is right but for its content', () => {
    expect(read(forge(JSON.stringify(good)))).toEqual({
      ...{ modifiedAt: momentOf(1), upTo: undefined, ids: [], count: 1 },
    });
    expect(read(forge(JSON.stringify(good), 2))).toBeUndefined();
  });

  test.each([
    ...['', '{', 'null', '[]', '5', '"x"', '{}'],
    ...[
      ...[{ at: '2024-01-01' }, { at: '2024-01-01T00:00:00Z' }, { at: 5 }, { at: undefined }],
      ...[{ at: '2024-01-01T00:00:00.000+00:00' }, { at: `${momentOf(1)}&count=false` }],
      ...[{ upTo: 'x' }, { upTo: null }, { upTo: idOf(1).toUpperCase().replace('0', 'A') }],
      ...[
        { ids: 'AA' },
        { ids: '!' },
        { ids: ['x'] },
        { ids: undefined },
        { ids: 'A'.repeat(9000) },
      ],
      ...[{ n: 0 }, { n: 1.5 }, { n: '1' }, { n: 1e300 }, { more: 1 }],
    ].map((wrong) => JSON.stringify({ ...good, ...wrong })),
    `{"at":null,"ids":"","n":1,"__proto__":{"x":1}}`,
  ])('forged, with %s', (content) => expect(read(forge(content))).toBeUndefined());
});

describe('the name of a list', () => {
  test('is the same whatever the order of its filter', () =>
    expect(listName('groups', { a: '1', b: '2' })).toBe(listName('groups', { b: '2', a: '1' })));

  test('differs where anything differs', () => {
    const filters = [
      {},
      { a: '1' },
      { a: '2' },
      { b: '1' },
      { a: '1', b: '2' },
      { a: 1 },
      { a: null },
      { a: ['1'] },
      { a: '1,b,2' },
    ];
    const names = ['groups', 'channels'].flatMap((kind) =>
      filters.map((filter) => listName(kind, filter)),
    );
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('an offset cursor', () => {
  test.each([1, 20, 2 ** 31, Number.MAX_SAFE_INTEGER])('brings back %i', (offset) => {
    expect(decodeOffsetCursor(LIST, encodeOffsetCursor(LIST, offset))).toBe(offset);
  });

  test.each([
    ...['', 'x', CURSOR, encodeOffsetCursor('another list', OFFSET)],
    `${encodeOffsetCursor(LIST, OFFSET)}A`,
    ...[0, -1, 1.5, 2 ** 53, NaN].map((offset) => encodeOffsetCursor(LIST, offset)),
  ])('is refused: %s', (cursor) => expect(decodeOffsetCursor(LIST, cursor)).toBeUndefined());
});
