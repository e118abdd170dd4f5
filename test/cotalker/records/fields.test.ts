import { describe, expect, test } from '@jest/globals';
import fc from '../../support/properties.ts';
import {
  readImage,
  readList,
  recordOf,
  readFlag,
  readId,
  readInteger,
  readNumber,
  readText,
  readUrl,
} from '../../../src/cotalker/records/fields.ts';
import { readMoment } from '../../../src/cotalker/records/moment.ts';
import { groupRecord } from '../../../src/cotalker/records/group.ts';
import { idOf } from '../../support/model-upstream.ts';

const ID = '619e51fee8b60a63b678aa94';
const texts = (value: unknown) => readList(value, readText);
const idOnly = recordOf((_, _id) => ({ _id }));

describe('a field that is missing or null', () => {
  test.each<[string, (value: unknown) => unknown, unknown]>([
    ['text', readText, null],
    ['number', readNumber, null],
    ['integer', readInteger, null],
    ['flag', readFlag, null],
    ['dateTime', readMoment, null],
    ['reference', readId, null],
    ['image', readImage, null],
    ['list', texts, []],
  ])('%s', (_, field, empty) => {
    expect([field(undefined), field(null)]).toEqual([empty, empty]);
  });
});

const unreadable = expect.objectContaining({ code: 'UPSTREAM_INVALID_RESPONSE' });

describe('a field of a wrong kind is an error in its place', () => {
  test.each<[string, (value: unknown) => unknown, unknown[]]>([
    ['text', readText, [true, [], {}, ['a']]],
    ['url', readUrl, [5, true, [], {}]],
    ['number', readNumber, ['five', '0x10', '5 days', true, NaN, Infinity, [], {}]],
    ['integer', readInteger, [1.5, '1.5', 2 ** 31, '3e9', -(2 ** 31) - 1, [], {}]],
    ['flag', readFlag, ['yes', 'TRUE', 2, '1', [], {}]],
    ['dateTime', readMoment, [0, 5, 3e9, 1606000000, 1e13, -1, NaN, true, {}, []]],
    ['reference', readId, [5, true, 'x', [], [ID], {}, { _id: null }, { _id: 'x' }, { id: ID }]],
    ['list', texts, ['a', {}, 5, true]],
    ['object', readImage, ['a', 5, true, []]],
  ])('%s', (_, field, values) => {
    for (const value of values) expect([value, field(value)]).toEqual([value, unreadable]);
  });

  test('an item of a list does not take the others along', () =>
    expect(texts(['a', {}, null, 'b'])).toEqual(['a', unreadable, null, 'b']));

  test('a field of an object does not take the others along', () =>
    expect(readImage({ small: 5, square: 'https://x.test' })).toEqual({
      small: unreadable,
      square: 'https://x.test',
      original: null,
    }));
});

describe('what can be read in one way only is read so', () => {
  test.each<[string, (value: unknown) => unknown, [value: unknown, read: unknown][]]>([
    [
      'text',
      readText,
      [
        [123, '123'],
        ['', ''],
        ['a\ud800b', 'a\ufffdb'],
        ['\udc00', '\ufffd'],
        ['😀', '😀'],
      ],
    ],
    [
      'url',
      readUrl,
      [
        ['', null],
        [' ', null],
        ['/a\ud83d', '/a\ufffd'],
      ],
    ],
    [
      'number',
      readNumber,
      [
        ['5', 5],
        [' -1.5 ', -1.5],
        ['2e3', 2000],
        ['', null],
      ],
    ],
    [
      'integer',
      readInteger,
      [
        ['28', 28],
        [28, 28],
        [-0, -0],
        [2 ** 31 - 1, 2 ** 31 - 1],
        ['', null],
      ],
    ],
    [
      'flag',
      readFlag,
      [
        ['true', true],
        ['false', false],
        [1, true],
        [0, false],
        ['', null],
      ],
    ],
    [
      'reference',
      readId,
      [
        ['', null],
        [ID.toUpperCase(), ID],
        [{ _id: ID.toUpperCase() }, ID],
      ],
    ],
    [
      'list',
      texts,
      [
        ['', []],
        [[1], ['1']],
      ],
    ],
    [
      'object',
      readImage,
      [
        ['', null],
        [{ small: '' }, { small: null, square: null, original: null }],
      ],
    ],
  ])('%s', (_, field, values) => {
    for (const [value, read] of values) expect([value, field(value)]).toEqual([value, read]);
  });
});

describe('an id', () => {
  test.each<[unknown]>([
    ...[undefined, null, 5, '', {}, [], true, ID.slice(1), `${ID}0`, '../'.repeat(8)].map(
      (value): [unknown] => [value],
    ),
    ...[` ${ID}`, `${ID}\n`, 'ﬀ'.repeat(24), { _id: 5 }].map((value): [unknown] => [value]),
  ])('is not %j', (value) => expect(idOnly({ _id: value })).toBeUndefined());

  test.each([[ID], [ID.toUpperCase()], [{ _id: ID }]])('is %j', (value) =>
    expect(idOnly({ _id: value })).toEqual({ _id: ID }),
  );
});

describe('a date is brought to UTC with milliseconds', () => {
  test.each([
    ['2021-11-24T14:11:26.195Z', '2021-11-24T14:11:26.195Z'],
    ['2021-11-24T14:11:26Z', '2021-11-24T14:11:26.000Z'],
    ['2021-11-24T14:11:26.1Z', '2021-11-24T14:11:26.100Z'],
    ['2021-11-24T14:11:26.195999Z', '2021-11-24T14:11:26.195Z'],
    ['2021-11-24T14:11:26.195+00:00', '2021-11-24T14:11:26.195Z'],
    ['2021-11-24T11:11:26.195-03:00', '2021-11-24T14:11:26.195Z'],
    ['2021-12-31T23:30:00-03:00', '2022-01-01T02:30:00.000Z'],
    ['2020-02-29T00:00:00.0+05:30', '2020-02-28T18:30:00.000Z'],
    ['1969-12-31T23:59:59.999Z', '1969-12-31T23:59:59.999Z'],
    ['2021-11-24T14:11:26.195', '2021-11-24T14:11:26.195Z'],
    ['2021-11-24T14:11Z', '2021-11-24T14:11:00.000Z'],
    ['2021-11-24', '2021-11-24T00:00:00.000Z'],
    ['2021-11-24 14:11:26Z', '2021-11-24T14:11:26.000Z'],
    ['2021-11-24T11:11:26-0300', '2021-11-24T14:11:26.000Z'],
    ['2021-11-24T14:11:26.195z', '2021-11-24T14:11:26.195Z'],
    ['2024-02-29T00:00:00.000Z', '2024-02-29T00:00:00.000Z'],
    ['2021-01-31T00:00:00.000Z', '2021-01-31T00:00:00.000Z'],
    ['1637763086195', '2021-11-24T14:11:26.195Z'],
    [1637763086195, '2021-11-24T14:11:26.195Z'],
    [1637763086195.9, '2021-11-24T14:11:26.195Z'],
  ])('%s', (value, moment) => expect(readMoment(value)).toBe(moment));

  test.each([
    ...[
      '14:11',
      'yesterday',
      '24/11/2021',
      '11-24-2021',
      '20211124',
      '20211124141126',
      '1606000000',
    ],
    ...[
      '2021-02-29T00:00:00.000Z',
      '2021-02-30',
      '2021-04-31T00:00:00.000Z',
      '2021-13-01T00:00:00Z',
    ],
    ...['2021-11-24T24:00:00Z', '2021-11-24T14:60:00Z', 'Wed Nov 24 2021 14:11:26 GMT+0000'],
    ...['+012021-11-24T14:11:26Z', '2021-11-24T14:11:26+25:00', '2021', '2021-11'],
    // In UTC these leave the years of four digits, and would sort wrong as text.
    ...['0000-01-01T00:00:00+14:00', '9999-12-31T23:59:59-12:00'],
  ])('%j is no date', (value) => expect(readMoment(value)).toEqual(unreadable));

  test('whatever is taken sorts as text as it does in time, and is itself when read again', () => {
    const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
    const zone = fc.constantFrom('Z', '+00:00', '-03:00', '+05:30', '+14:00', '-12:00');
    const fraction = fc.oneof(
      fc.constant(''),
      ...[1, 3, 6].map((n) => digits(n).map((d) => `.${d}`)),
    );
    const written = fc
      .tuple(
        fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        fraction,
        zone,
      )
      .map(([date, fraction, zone]) => date.toISOString().slice(0, 19) + fraction + zone);
    const property = fc.property(written, written, (a, b) => {
      const [one, other] = [readMoment(a), readMoment(b)];
      fc.pre(typeof one === 'string' && typeof other === 'string');
      expect(Date.parse(one)).toBe(Date.parse(a));
      expect(one < other).toBe(Date.parse(a) < Date.parse(b));
      expect(readMoment(one)).toBe(one);
    });
    fc.assert(property, { numRuns: 1000 });
  });
});

test.each([
  ['an id', ID],
  ['a populated record', { _id: ID, nameDisplay: 'Group' }],
])('a reference may be %s', (_, value) => expect(readId(value)).toBe(ID));

describe('a group', () => {
  const empty = {
    ...{ nameDisplay: null, name: null, nameCode: null, code: null, createdAt: null },
    ...{ modifiedAt: null, isActive: null, weight: null, color: null, icon: null, parent: null },
    ...{ isCategory: null, nestedGroups: [], actions: [], link: null, nameTranslations: null },
    panel: {
      ...{ groupBy: null, groupSort: null, groupSortDirection: null, innerSort: null },
      ...{ innerSortDirection: null, channelsWithoutCategoryLocation: null, initialView: null },
      hideChannelsByProperties: [],
    },
  };

  test('of nothing but an id', () =>
    expect(groupRecord({ _id: ID })).toEqual({ _id: ID, ...empty }));

  test('of nothing but nulls', () => {
    const nulls = Object.fromEntries(Object.keys(empty).map((key) => [key, null]));
    expect(groupRecord({ _id: ID, ...nulls })).toEqual({ _id: ID, ...empty });
  });

  test('of the short generation, as the seed shows it', () => {
    const short = {
      _id: '5fb43a565ee842ad20f69751',
      name: 'South Pacific Sales (2020)',
      code: 'south_pacific_sales_2020',
      createdAt: '2020-11-12T15:39:33.001Z',
      modifiedAt: '2020-11-12T15:39:33.005Z',
    };
    expect(groupRecord(short)).toEqual({ ...empty, ...short });
  });

  test('of the full generation, as the sheet shows it', () => {
    const none = {
      url: null,
      cmd: null,
      linkType: null,
      auth: null,
      embedded: null,
      external: null,
    };
    const full = JSON.parse(
      '{"createChannels":{"requiredPermission":[],"requiredPermissionsV2":[]},"link":{"requiredPermission":[],"requiredPermissionsV2":[]},"isActive":true,"color":"#000000","search":["the","best","group","ever"],"hideChannelsByProperties":[],"channelsWithoutCategoryLocation":"top","groupSort":"a-z","groupSortDirection":"asc","innerSort":"lastMessage","innerSortDirection":"desc","_id":"619e51fee8b60a63b678aa94","nameDisplay":"The Best Group Ever!","nameCode":"best_group","company":"619e51f3e7e198f18fe56a01","createdAt":"2021-11-24T14:11:26.195Z","actions":[],"modifiedAt":"2021-11-24T14:11:26.199Z","weight":135,"__v":0}',
    ) as unknown;
    expect(groupRecord(full)).toEqual({
      ...{ ...empty, _id: ID, nameDisplay: 'The Best Group Ever!', nameCode: 'best_group' },
      ...{ isActive: true, color: '#000000', weight: 135, link: none },
      ...{ createdAt: '2021-11-24T14:11:26.195Z', modifiedAt: '2021-11-24T14:11:26.199Z' },
      panel: {
        ...{ ...empty.panel, channelsWithoutCategoryLocation: 'top', groupSort: 'a-z' },
        ...{ groupSortDirection: 'asc', innerSort: 'lastMessage', innerSortDirection: 'desc' },
      },
    });
  });

  test('with other records in place of their ids', () => {
    const populated = {
      parent: { _id: idOf(1), name: 'x' },
      nestedGroups: [idOf(2), { _id: idOf(3) }, null],
    };
    expect(groupRecord({ _id: ID, ...populated })).toMatchObject({
      ...{ parent: idOf(1), nestedGroups: [idOf(2), idOf(3), null] },
    });
  });

  test('without an id is malformed', () =>
    expect(groupRecord({ name: 'A group' })).toBeUndefined());
});
