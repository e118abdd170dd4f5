import { describe, expect, test } from '@jest/globals';
import fc from '../../support/properties.ts';
import {
  advance,
  compareMoments,
  isPast,
  MAX_POSITION_IDS,
  type Position,
} from '../../../src/cotalker/records/moment.ts';
import { idOf, momentOf, range } from '../../support/model-upstream.ts';

const at = (n: number, moment: number | null) => ({
  id: idOf(n),
  modifiedAt: moment === null ? null : momentOf(moment),
});
const ids = (...numbers: number[]): string[] => numbers.map((n) => idOf(n));

test('moments sort as text, none comes first', () => {
  const moments = [momentOf(2), null, momentOf(1), null, '0000-01-01T00:00:00.000Z'];
  expect(moments.sort(compareMoments)).toEqual([
    ...[null, null, '0000-01-01T00:00:00.000Z', momentOf(1), momentOf(2)],
  ]);
});

describe('an item is past', () => {
  const named: Position = { modifiedAt: momentOf(5), ids: ids(3, 9), count: 2 };
  const upTo: Position = { modifiedAt: momentOf(5), upTo: idOf(6), ids: ids(9), count: 5 };
  const undated: Position = { modifiedAt: null, ids: ids(3), count: 1 };

  test.each([
    ['of an earlier moment', named, at(99, 4), true],
    ['of no moment', named, at(99, null), true],
    ['of a later moment', named, at(3, 6), false],
    ['named', named, at(9, 5), true],
    ['not named, with a smaller id than one that is', named, at(4, 5), false],
    ['at the bound', upTo, at(6, 5), true],
    ['below the bound', upTo, at(1, 5), true],
    ['above the bound', upTo, at(7, 5), false],
    ['above the bound, but named', upTo, at(9, 5), true],
    ['undated and named', undated, at(3, null), true],
    ['undated and not named', undated, at(2, null), false],
    ['dated, behind undated ones', undated, at(3, 0), false],
  ])('%s', (_, position, item, past) => expect(isPast(position, item)).toBe(past));
});

describe('advancing', () => {
  const start = advance(undefined, at(5, 1), false);

  test('names the items of a moment that may get more', () => {
    expect(start).toEqual({ modifiedAt: momentOf(1), ids: ids(5), count: 1 });
    expect(advance(start, at(7, 1), false)).toEqual({
      ...{ modifiedAt: momentOf(1), ids: ids(5, 7), count: 2 },
    });
  });

  test('names the last one where the moment is over, and earlier ones with a larger id', () => {
    const position = { modifiedAt: momentOf(1), ids: ids(5, 7, 9), count: 3 };
    expect(advance(position, at(6, 1), true)).toEqual({
      ...{ modifiedAt: momentOf(1), upTo: idOf(6), ids: ids(7, 9), count: 4 },
    });
  });

  test.each([true, false])('forgets the moment before (over: %j)', (isOver) => {
    const position = { modifiedAt: momentOf(1), upTo: idOf(4), ids: ids(5, 7), count: 9 };
    const next = advance(position, at(1, 2), isOver);
    expect(isPast(next, at(1, 2))).toBe(true);
    expect(isPast(next, at(7, 2))).toBe(false);
    expect(next.count).toBe(1);
  });

  test('tells no moment from the first item’s', () =>
    expect(advance(undefined, at(1, null), false)).toEqual({
      ...{ modifiedAt: null, ids: ids(1), count: 1 },
    }));

  test('names no more than it may', () => {
    let position: Position | undefined;
    for (const n of range(1, 3 * MAX_POSITION_IDS)) {
      position = advance(position, at(n, 1), false);
      expect(position.ids.length).toBeLessThanOrEqual(MAX_POSITION_IDS);
      expect(isPast(position, at(1, 1)) && isPast(position, at(n, 1))).toBe(true);
      expect(isPast(position, at(n + 1, 1))).toBe(false);
    }
  });
});

test('what was passed is past, what was not is not, in whatever order it came', () => {
  // Batches that come one after the other, each in the order of ids, to one moment. Once it is over,
  // the last batch has all that is left of it.
  const property = fc.property(
    fc.uniqueArray(fc.nat({ max: 200 }), { maxLength: 60 }),
    fc.array(fc.nat({ max: 60 }), { maxLength: 4 }),
    fc.nat({ max: 60 }),
    (numbers, cuts, passed) => {
      const bounds = [0, ...cuts.map((cut) => cut % (numbers.length + 1)), numbers.length];
      bounds.sort((a, b) => a - b);
      const batches = bounds
        .slice(1)
        .map((end, n) => numbers.slice(bounds[n], end).sort((a, b) => a - b));
      const last = batches.length - 1;
      const order = batches.flatMap((batch, n) => batch.map((id) => ({ id, isOver: n === last })));
      let position: Position = { modifiedAt: momentOf(1), ids: [], count: 0 };
      for (const { id, isOver } of order.slice(0, passed)) {
        position = advance(position, at(id, 1), isOver);
      }
      for (const [n, { id }] of order.entries()) {
        expect(isPast(position, at(id, 1))).toBe(n < passed);
      }
    },
  );
  fc.assert(property, { numRuns: 1000 });
});
