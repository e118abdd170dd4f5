import { availableParallelism } from 'node:os';

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  // Generous, since it is no measure of anything: how soon something comes is measured in test/timing.
  testTimeout: 120_000,
  // A third of the time is spent waiting: with a worker a core, both of two are idle for a third of it.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': './test/support/strip-types.js' },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/browser/',
    '<rootDir>/test/redis/',
    '<rootDir>/test/soak/',
    '<rootDir>/test/timing/',
    '<rootDir>/test/tools/',
  ],
};
