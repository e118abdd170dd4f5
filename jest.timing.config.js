import base from './jest.config.js';

// See test/support/stalls.ts.
process.env.TEST_REPEATS_STALLED = '1';

/**
 * Tests of what is only true over real time, or that need the machine for themselves: waits, deadlines,
 * pace, memory. Each bound is a ratio within the run, or generous with its reason beside it.
 *
 * @type {import('jest').Config}
 */
export default {
  ...base,
  testMatch: ['<rootDir>/test/timing/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // One after the other: two that measure would measure each other.
  maxWorkers: 1,
};
