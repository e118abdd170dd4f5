import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

test('an error that nobody waits for fails its own test, and the run goes on', () => {
  const jest = ['node_modules/jest/bin/jest.js', '--json', '--testMatch', '**/fixtures/strays.ts'];
  const { status, stdout } = spawnSync(process.execPath, jest);
  expect(status).toBe(1);
  const [{ assertionResults }] = JSON.parse(stdout.toString()).testResults;
  expect(assertionResults.map(({ title, status }: any) => [title, status])).toEqual([
    ['rejects', 'failed'],
    ['throws later', 'failed'],
    ['comes after them', 'passed'],
  ]);
});
