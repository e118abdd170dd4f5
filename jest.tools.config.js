import base from './jest.config.js';

/**
 * Tests that run tools of their own, or take minutes: `npm ci --prefix test/tools` comes first.
 *
 * @type {import('jest').Config}
 */
export default {
  ...base,
  testMatch: ['<rootDir>/test/tools/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
