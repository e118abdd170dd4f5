import { expect, test } from '@jest/globals';
import { readConfig } from '../../src/config/index.ts';

const QUOTA = { calls: 50, windowMs: 5000, share: 1 };
const SHARED = { REDIS_URL: 'redis://x', CACHE_SECRET: 'x'.repeat(32) };

test.each([
  [{}, 100, QUOTA],
  [{ UPSTREAM_QUOTA: '50/5s', REQUEST_DEADLINE_MS: '1' }, 50, QUOTA],
  [{ REQUEST_DEADLINE_MS: '600000' }, 6000, QUOTA],
  [{ UPSTREAM_QUOTA: '20/500ms' }, 400, { ...QUOTA, calls: 20, windowMs: 500 }],
  [{ UPSTREAM_QUOTA: '500/60s' }, 500, { ...QUOTA, calls: 500, windowMs: 60_000 }],
  [{ UPSTREAM_QUOTA_SHARE: '0.5' }, 50, { ...QUOTA, share: 0.5 }],
  // One call a window is the least.
  [{ UPSTREAM_QUOTA_SHARE: '0.5', REDIS_URL: 'redis://x' }, 50, { ...QUOTA, share: 0.5 }],
  // Shared by Redis, all of it can be one instance's.
  [{ UPSTREAM_QUOTA_SHARE: '0.5', ...SHARED }, 100, { ...QUOTA, share: 0.5 }],
  [{ UPSTREAM_QUOTA_SHARE: '0.001' }, 2, { ...QUOTA, share: 0.001 }],
  [{ MAX_UPSTREAM_CALLS: '7' }, 7, QUOTA],
  [{ UPSTREAM_QUOTA: 'off' }, 250, undefined],
  [{ UPSTREAM_QUOTA: 'OFF' }, 250, undefined],
])('%j: a request may make %d calls', (env, callsPerRequest, quota) => {
  expect(readConfig(env).limits).toMatchObject({ callsPerRequest });
  expect(readConfig(env).limits.quota).toEqual(quota);
});

const CANARY = 'canary-3fa9';
test.each([
  ...[CANARY, '50', '0/5s', '50/0s', '50/5', '50/5m', '-1/5s', '5.5/5s', 'Off', '50 / 5s'].map(
    (value) => ['UPSTREAM_QUOTA', value],
  ),
  ...[CANARY, '0', '0.0', '1.1', '-0.5', '.5', '1e-3', '50%', '2'].map((value) => [
    'UPSTREAM_QUOTA_SHARE',
    value,
  ]),
])('%s=%j is refused, by name and without the value', (name = '', value = '') => {
  const read = () => readConfig({ [name]: value });
  expect(read).toThrow(`${name} must be`);
  expect(read).not.toThrow(CANARY);
});
