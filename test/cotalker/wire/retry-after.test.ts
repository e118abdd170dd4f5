import { describe, expect, test } from '@jest/globals';
import { readRetryAfter } from '../../../src/cotalker/wire/failure.ts';

const NOW = Date.UTC(2024, 0, 1, 12, 0, 0, 500);

describe('seconds to wait', () => {
  test.each([
    ['1', 1],
    ['120', 120],
    [' 30 ', 30],
    ['007', 7],
    // A date, rounded up; the sheet has seconds only.
    ['Mon, 01 Jan 2024 12:00:30 GMT', 30],
    ['Mon, 01 Jan 2024 12:00:01 GMT', 1],
  ])('%j asks for %i', (header, seconds) => expect(readRetryAfter(header, NOW)).toBe(seconds));

  test.each([
    ...[undefined, '', ' ', '0', '-5', '1.5', '1e3', '0x10', '+3', '12, 30', '5 s', 'soon', 'NaN'],
    ...['9'.repeat(400), 'Infinity', '١٢'],
    // Gone by, impossible, or no HTTP date: Date.parse would find a year in each of the last.
    ...[
      'Mon, 01 Jan 2024 12:00:00 GMT',
      'Mon, 01 Jan 1990 12:00:00 GMT',
      'Mon, 99 Foo 2030 12:00:00 GMT',
    ],
    ...['Error 5000', 'foo 2999', '2999-01-01', '2999-01-01T00:00:00Z', 'Jan 2999'],
  ])('%j asks for nothing sensible: 1', (header) => expect(readRetryAfter(header, NOW)).toBe(1));
});

test('counts from now', () => {
  const later = new Date(Date.now() + 60_000).toUTCString();
  expect(readRetryAfter(later)).toBeGreaterThan(57);
  expect(readRetryAfter(later)).toBeLessThanOrEqual(60);
});
