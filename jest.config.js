import { availableParallelism } from 'node:os';

/** @type {import('jest').Config} */
export default {
  // Worker threads without a context for each file: a worker loads each module of src and of the packages once.
  runner: 'jest-light-runner',
  setupFiles: ['<rootDir>/test/support/jest/setup.ts'],
  // A third of the time is spent waiting: with a worker a core, both of two are idle for a third of it.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
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
