/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  // Generous, since it is no measure of anything: what must be quick is measured.
  testTimeout: 30_000,
  // Much of the time is spent waiting, and Jest's own choice leaves one of two cores idle.
  maxWorkers: '100%',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': './test/support/strip-types.js' },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/browser/',
    '<rootDir>/test/soak/',
    '<rootDir>/test/tools/',
  ],
};
