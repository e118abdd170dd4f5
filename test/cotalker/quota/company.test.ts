import { expect, test } from '@jest/globals';
import { companyOf } from '../../../src/cotalker/quota/company.ts';
import { tokenOf } from '../../support/quota-upstream.ts';

const withPayload = (payload: string): string =>
  `Bearer head.${Buffer.from(payload).toString('base64url')}.signature`;

test('a JWT names its company', () => {
  expect(companyOf(`Bearer ${tokenOf('619e51f3e7e198f18fe56a01')}`)).toBe(
    '619e51f3e7e198f18fe56a01',
  );
});

test.each(
  [
    ['', 'Bearer sandbox-user', 'Bearer a.b', 'Bearer a..c', 'Bearer ...', 'Bearer a.%%%.c'],
    [
      'null',
      '[]',
      '7',
      '"company"',
      '{}',
      '{"company":""}',
      '{"company":null}',
      '{"company":7}',
    ].map(withPayload),
    [`{"company":"${'x'.repeat(101)}"}`, '{"company":["a"]}', '{"company":{"_id":"a"}}'].map(
      withPayload,
    ),
  ].flat(),
)('no other does: %s', (authorization) => {
  expect(companyOf(authorization)).toBeUndefined();
});
