import { expect, test } from '@jest/globals';
import { CotalkerError } from '../../src/cotalker/errors.ts';
import { toEnum } from '../../src/mapping/fields.ts';

const names = { URL: 'URL', 'state-machine': 'STATE_MACHINE' } as const;

test.each([
  [null, null],
  ['', null],
  ['URL', 'URL'],
  ['state-machine', 'STATE_MACHINE'],
])('%j reads as %j', (value, read) => expect(toEnum(names, value)).toBe(read));

test.each([' URL', 'url', 'STATE_MACHINE', 'toString', '__proto__', 'constructor'])(
  '%j is neither taken for absent nor guessed',
  (value) => {
    let thrown: unknown;
    try {
      toEnum(names, value);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(CotalkerError);
    expect(thrown).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE' });
    // The value is the upstream's: it stays out of the words.
    expect((thrown as Error).message).not.toContain(value);
  },
);
