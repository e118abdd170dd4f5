import base from './jest.config.js';

// Ten minutes of load, on a machine that may be slow; see test/support/jest/setup.ts.
process.env.TEST_TIME_LIMIT_MS = '1800000';

/** @type {import('jest').Config} */
export default {
  ...base,
  testMatch: ['<rootDir>/test/soak/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // One after the other: each measures, and needs the machine for itself.
  maxWorkers: 1,
};
