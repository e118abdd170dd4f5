import { expect, test } from '@jest/globals';
import fc from '../../support/properties.ts';
import { parseJson } from '../../../src/cotalker/wire/unpack.ts';

const INVALID = expect.objectContaining({ code: 'UPSTREAM_INVALID_RESPONSE', status: 200 });
/** What makes a text longer than those that are parsed unseen. */
const BLANKS = ' '.repeat(1e6);
const list = (count: number, item: string): string => `[${Array(count).fill(item).join(',')}]`;

test('parses whatever JSON there is, as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8 }), (text) => {
      expect(parseJson(text)).toEqual(JSON.parse(text));
    }),
  );
});

test.each([
  '',
  ' ',
  '<html>',
  '{',
  '"',
  '"\\',
  '"\\"',
  '[1,]',
  '{"a":1}}',
  ']',
  ',',
  '\u0000',
  '1 2',
])('refuses %j, and quotes nothing of it', (text) => {
  expect(() => parseJson(text)).toThrow(INVALID);
  expect(() => parseJson(text)).toThrow('the answer is not JSON');
});

test.each<[string, string]>([
  ['20,000 entries of a list', list(20_000, '1') + BLANKS],
  ['499,000 values', list(499, list(998, '1')) + BLANKS],
  ['100 levels', '['.repeat(100) + ']'.repeat(100) + BLANKS],
  ['499,999 entries of a list of a million characters', list(499_999, '1') + ' '],
  ['punctuation in strings', JSON.stringify([',[{'.repeat(50_000), '\\",'.repeat(50_000), '\\'])],
  ['punctuation in keys', `{${JSON.stringify('"\\,[{'.repeat(50_000))}:1}`],
])('takes %s', (_, text) => {
  expect(parseJson(text)).toEqual(JSON.parse(text));
});

test.each<[string, string]>([
  ['20,001 entries of a list', list(20_001, '1') + BLANKS],
  ['20,001 entries behind a string', `["\\\\",${list(20_001, '"\\""')}]` + BLANKS],
  ['20,001 keys', `{${Array.from({ length: 20_001 }, (_, n) => `"${n}":1`).join(',')}}` + BLANKS],
  ['501,000 values', list(501, list(1000, '1'))],
  ['600,000 empty lists', list(30, list(20_000, '[]'))],
  ['101 levels', '['.repeat(101) + ']'.repeat(101) + BLANKS],
  ['a million levels', '['.repeat(1e6) + ']'.repeat(1e6)],
  ['a million levels of objects', '{"":'.repeat(1e6) + '1' + '}'.repeat(1e6)],
])('refuses %s', (_, text) => {
  expect(() => parseJson(text)).toThrow(INVALID);
});
