import { expect, test } from '@jest/globals';
import fc from '../../support/properties.ts';
import { BodyCollector } from '../../../src/cotalker/wire/body-collector.ts';

const text = fc.string({ maxLength: 12, unit: fc.constantFrom('a', 'b') });

/** The body in chunks that end at these places. */
function cut(body: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...places.map((place) => place % (body.length + 1)), body.length].sort(
    (a, b) => a - b,
  );
  return ends.map((end, index) => body.subarray(ends[index - 1] ?? 0, end));
}

test('gives what came, in whatever chunks and whatever was expected', () => {
  const places = fc.array(fc.nat({ max: 12 }), { maxLength: 4 });
  const expected = fc.option(text, { nil: undefined });
  fc.assert(
    fc.property(text, places, expected, (body, places, expected) => {
      const collector = new BodyCollector(
        expected === undefined ? undefined : Buffer.from(expected),
      );
      for (const chunk of cut(Buffer.from(body), places)) collector.push(chunk);
      expect(collector.size).toBe(body.length);
      expect(Buffer.from(collector.end()).toString()).toBe(body);
    }),
    { numRuns: 2000 },
  );
});

test('gives the expected body itself where that came, and keeps nothing of what did', () => {
  const expected = Buffer.from('abcdef');
  const collector = new BodyCollector(expected);
  const came = cut(Buffer.from('abcdef'), [2, 4]);
  for (const chunk of came) collector.push(chunk);
  // Whatever becomes of the chunks: nobody looks at them any more.
  for (const chunk of came) chunk.fill(0);
  expect(collector.end()).toBe(expected);
  expect(expected.toString()).toBe('abcdef');
});
