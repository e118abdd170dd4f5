import { expect, test } from '@jest/globals';
import { ConfigError, readConfig } from '../../src/config/index.ts';

const REAL = { COTALKER_API_URL: 'https://x.test/api' };

test.each([
  ['in front of the sandbox', {}, true],
  ['in front of the sandbox, turned off', { MUTATIONS: 'off' }, false],
  ['in front of Cotalker', REAL, false],
  ['in front of Cotalker, turned on', { ...REAL, MUTATIONS: 'on' }, true],
  ['in front of Cotalker, with an empty value', { ...REAL, MUTATIONS: '' }, false],
])('mutations %s', (_, env, mutations) => {
  expect(readConfig(env)).toMatchObject({ mutations });
});

test.each(['true', 'ON', '1', 'yes'])('MUTATIONS=%s is refused', (MUTATIONS) => {
  expect(() => readConfig({ MUTATIONS })).toThrow(ConfigError);
});

test('writes have a quota of their own: a part of it where instances share nothing; none where calls are not paced', () => {
  expect(readConfig({ UPSTREAM_QUOTA_SHARE: '0.5' }).limits.writes).toEqual({
    ...{ calls: 20, windowMs: 5000, share: 0.5, isOfWrites: true },
  });
  expect(readConfig({ UPSTREAM_QUOTA: 'off' }).limits.writes).toBeUndefined();
});
