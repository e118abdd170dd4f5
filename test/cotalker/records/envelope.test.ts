import { describe, expect, test } from '@jest/globals';
import { readArray, readCollection, readEntity } from '../../../src/cotalker/records/envelope.ts';
import { CotalkerError } from '../../../src/cotalker/errors.ts';
import { recordOf, readText } from '../../../src/cotalker/records/fields.ts';
import { idOf } from '../../support/model-upstream.ts';

const reader = recordOf((raw, _id) => ({ _id, name: readText(raw['name']) }));
const one = { _id: idOf(1), name: 'one' };
const two = { _id: idOf(2), name: 'two' };
const KEYS = ['taskgroups', 'values'];
const read = (body: unknown, keys = KEYS) => readCollection(body, keys, reader);
const parse = (json: string): unknown => JSON.parse(json) as unknown;
const invalid = expect.objectContaining({ code: 'UPSTREAM_INVALID_RESPONSE' });

describe('a collection', () => {
  test.each<[string, Record<string, unknown>]>([
    ['under its name', { taskgroups: [one, two] }],
    ['under its newer name', { values: [one, two] }],
    ['under the first of its names that holds one', { taskgroups: [one, two], values: [] }],
    ['beside a name that holds none', { taskgroups: null, values: [one, two] }],
    ['beside what else there is', { values: [one, two], taskgroup: [], next: 'x' }],
  ])('is found %s', (_, data) =>
    expect(read({ data })).toMatchObject({
      items: [
        { id: one._id, record: one },
        { id: two._id, record: two },
      ],
      total: undefined,
    }),
  );

  test('is found without the envelope, as in a documented sample', () =>
    expect(read({ values: [one], count: 7 })).toMatchObject({
      items: [{ id: one._id, record: one }],
      total: 7,
    }));

  test.each<[unknown]>([
    ...[undefined, null, true, 5, 'text', '<html>502</html>', [], [one], {}].map((body) => [body]),
    ...[null, [one], 'text', {}, { groups: [one] }].map((data) => [{ data }]),
    ...[null, {}, 'one', { 0: one, length: 1 }].map((values) => [{ data: { values } }]),
    [{ values: one }],
    [parse('{"__proto__":{"data":{"values":[]}}}')],
    [parse('{"data":{"__proto__":{"values":[]}}}')],
  ] as [unknown][])('is missed in %j', (body) => {
    expect(() => read(body)).toThrow(invalid);
    expect(() => read(body)).toThrow(CotalkerError);
  });
});

test('a body stays as it came, and is read by a second reader as by the first', () => {
  const body = { data: { values: [one, two], count: 2 } };
  const before = structuredClone(body);
  expect(read(body).items).toHaveLength(2);
  expect(body).toEqual(before);
  const idOnly = recordOf((_, _id) => ({ _id }));
  expect(readCollection(body, KEYS, idOnly).items).toMatchObject([
    { id: one._id, record: { _id: one._id } },
    { id: two._id, record: { _id: two._id } },
  ]);
});

describe('the count', () => {
  test.each<[Record<string, unknown>, number | undefined]>([
    [{ count: 7 }, 7],
    [{ counter: 7 }, 7],
    [{ count: 0 }, 0],
    [{ count: 7, counter: 8 }, 7],
    [{ count: null, counter: 8 }, 8],
    [{ count: '', counter: 8 }, 8],
    [{ count: '7' }, 7],
    [{ counter: '0' }, 0],
    [{}, undefined],
    ...[null, '', '7.5', '-7', 'many', '9007199254740993', -1, 1.5, true, [7], {}, 2 ** 53].map(
      (count) => [{ count }, undefined] as [Record<string, unknown>, undefined],
    ),
  ])('in %j', (data, total) => expect(read({ data: { values: [], ...data } }).total).toBe(total));
});

describe('an item without a usable id', () => {
  test.each<[string, unknown, undefined]>([
    ['null', null, undefined],
    ['an empty object', {}, undefined],
    ['a text', 'one', undefined],
    ['an array', [one], undefined],
    ['no id', { name: 'one' }, undefined],
    ['an id that is none', { _id: '../x' }, undefined],
    ['an id that is a number', { _id: 7, name: 'one' }, undefined],
  ])('stands in its place: %s', (_, raw, id) => {
    const { items, total } = read({ data: { values: [one, raw, two], count: 3 } });
    expect(items).toMatchObject([
      { id: one._id, record: one },
      { id, record: invalid, raw },
      { id: two._id, record: two },
    ]);
    expect(total).toBe(3);
  });

  test('tells nothing of what it holds', () => {
    const [item] = read({ data: { values: [{ name: { secret: 'hunter2' } }] } }).items;
    expect((item?.record as Error).stack).not.toContain('hunter2');
  });
});

describe('bounds', () => {
  const nested = (levels: number): unknown => parse('['.repeat(levels) + ']'.repeat(levels));

  test('20,000 items are read, and one more is refused', () => {
    const items = Array<unknown>(20_000).fill(one);
    expect(read({ data: { values: items } }).items).toHaveLength(20_000);
    expect(() => read({ data: { values: [...items, one] } })).toThrow(invalid);
    expect(() => readArray([...items, one], reader)).toThrow(invalid);
  });

  test('an item without an id may nest 100 levels deep, and no deeper', () => {
    expect(readArray([nested(100)], reader)).toHaveLength(1);
    expect(() => readArray([nested(102)], reader)).toThrow(invalid);
    expect(() => readArray([nested(400_000)], reader)).toThrow(invalid);
  });

  test('what nests where nobody reads it is left aside', () =>
    expect(readArray([{ ...one, extra: nested(400_000) }], reader)).toMatchObject([
      { id: one._id, record: one },
    ]));
});

describe('an item with an id', () => {
  test.each<[string, unknown, string]>([
    ['in upper case', 'ABCDEF'.repeat(4), 'abcdef'.repeat(4)],
    ['in an object', { _id: idOf(1) }, idOf(1)],
  ])('is a record: %s', (_, _id, id) =>
    expect(read({ data: { values: [{ _id }] } }).items).toMatchObject([
      { id, record: { _id: id, name: null } },
    ]),
  );

  test('has an error for a field of a wrong kind, which tells nothing of what that holds', () => {
    const raw = { _id: idOf(1), name: { secret: 'hunter2' } };
    const [item] = read({ data: { values: [raw] } }).items;
    expect(item).toMatchObject({ id: idOf(1), record: { _id: idOf(1), name: invalid } });
    expect((item?.record as { name: Error }).name.stack).not.toContain('hunter2');
  });
});

test('keys named __proto__ and constructor are but unknown fields', () => {
  const body = parse(
    `{"data":{"__proto__":{"count":9},"values":[{"_id":"${idOf(1)}","name":"one","__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}]}}`,
  );
  const { items, total } = read(body);
  expect(items).toMatchObject([{ id: one._id, record: one }]);
  expect(total).toBeUndefined();
  expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  expect((items[0]?.record as Record<string, unknown>)['admin']).toBeUndefined();
});

describe('a bare array', () => {
  test('has its items', () =>
    expect(readArray([one, null], reader)).toMatchObject([
      { id: one._id, record: one },
      { id: undefined, record: invalid, raw: null },
    ]));

  test.each([undefined, null, {}, { data: [one] }, 'text', 5])('is missed in %j', (body) =>
    expect(() => readArray(body, reader)).toThrow(invalid),
  );
});

describe('one record', () => {
  test('is the one asked for', () =>
    expect(readEntity({ data: one }, one._id, reader)).toEqual(one));

  test.each<[unknown]>([
    ...[null, [], 'text', {}, one, { data: null }, { data: [one] }].map((body) => [body]),
    [{ data: { ...one, _id: 7 } }],
    [{ data: two }],
  ] as [unknown][])('is missed in %j', (body) =>
    expect(() => readEntity(body, one._id, reader)).toThrow(invalid),
  );
});
