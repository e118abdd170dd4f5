import { expect, test } from '@jest/globals';
import { row, type Style, summary } from '../../doctor/report.ts';

const finding = {
  ...{ area: 'Groups', id: 'an-id', title: 'One thing or another is so' },
  ...{ seen: 'Four of five came.', consequence: 'lists are read twice.' },
};
/** Marks where a terminal would have colours. */
const style: Style = { paint: (name, text) => `<${name} ${text}>`, width: 36 };

test('a row breaks its texts between words, and marks what is broken', () => {
  expect(row({ ...finding, verdict: 'broken' }, style)).toBe(
    [
      '<red broken          ><bold One thing or another>',
      '                <bold is so>',
      '                Four of five came.',
      '                → lists are read',
      '                twice.',
      '',
    ].join('\n'),
  );
});

test.each([
  ['held', '<green held            >One', '<dim → lists'],
  ['unclear', '<yellow could not tell  >One', ' → lists'],
] as const)('%s has a colour of its own', (verdict, first, second) => {
  const text = row({ ...finding, verdict }, style);
  expect(text).toContain(first);
  expect(text).toContain(second);
});

test('the summary paints what there is, and names what is broken', () => {
  const tally = { held: 2, broken: 1, unclear: 0, calls: 7, ms: 1240 };
  const findings = [{ ...finding, verdict: 'broken' as const }];
  expect(summary(findings, tally, style)).toBe(
    '\n<green 2 held>, <red 1 broken>, 0 could not tell; 7 calls in 1.2 s.\n' +
      '<red broken>  One thing or another is so\n',
  );
});
