import { expect, test } from '@jest/globals';
import { nodeCodeOf } from '../../../src/cotalker/wire/failure.ts';

test.each([
  [{ code: 'ECONNREFUSED' }, 'ECONNREFUSED'],
  [{ code: 'UND_ERR_SOCKET', message: 'canary' }, 'UND_ERR_SOCKET'],
  [{ code: 'HPE_INVALID_CONSTANT' }, 'HPE_INVALID_CONSTANT'],
  [{ code: 'Bearer canary' }, undefined],
  [{ code: 'https://canary' }, undefined],
  [{ code: 'X'.repeat(41) }, undefined],
  [{ code: 'econnrefused' }, undefined],
  [{ code: 7 }, undefined],
  [{}, undefined],
])('%j', (error, code) => {
  expect(nodeCodeOf(error)).toBe(code);
});
