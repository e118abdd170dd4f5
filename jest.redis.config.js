import base from './jest.config.js';

// See test/support/stalls.ts.
process.env.TEST_REPEATS_STALLED = '1';

/**
 * Tests that start `redis-server`, which not every machine has.
 *
 * @type {import('jest').Config}
 */
export default {
  ...base,
  testMatch: ['<rootDir>/test/redis/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // One after the other: some measure what a slow Redis adds.
  maxWorkers: 1,
};
