import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

/*
 * `.ci/run` with an `npm` and an `apt-get` that only tell what they were asked, and fail as often as a test says.
 */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ci-'));
  for (const name of ['.ci', 'bin']) mkdirSync(join(folder, name));
  copyFileSync('.ci/run', join(folder, '.ci/run'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** @param failing How often a command fails, by its words. */
function runCi(failing: Readonly<Record<string, number>>) {
  const asked = join(folder, 'asked');
  const cases = Object.entries(failing).map(
    ([words, times]) =>
      `"${words}") [ "$(grep -cxF "${words}" ${asked})" -gt ${times} ] || exit 7;;`,
  );
  for (const name of ['npm', 'apt-get']) {
    const program = join(folder, 'bin', name);
    const words = `"${name} $*"`;
    writeFileSync(
      program,
      `#!/bin/sh\necho ${words} >> ${asked}\ncase ${words} in\n${cases.join('\n')}\nesac\n`,
    );
    chmodSync(program, 0o755);
  }
  const PATH = `${join(folder, 'bin')}:${process.env['PATH']}`;
  const env = { ...process.env, PATH, RETRY_SECONDS: '0' };
  const { status, stderr } = spawnSync('bash', [join(folder, '.ci/run')], { env });
  const commands = readFileSync(asked, 'utf8').trim().split('\n');
  return { status, said: stderr.toString(), commands };
}

const timesOf = (commands: readonly string[], wanted: string): number =>
  commands.filter((command) => command === wanted).length;

test('packages that twice do not come are fetched again, and all steps run once', () => {
  const { status, commands } = runCi({ 'npm ci': 2, 'npm ci --prefix test/tools': 1 });
  expect(status).toBe(0);
  expect(timesOf(commands, 'npm ci')).toBe(3);
  expect(timesOf(commands, 'npm ci --prefix test/tools')).toBe(2);
  for (const step of ['npm test', 'npm run test:soak', 'npm run bench -- quota --smoke'])
    expect([step, timesOf(commands, step)]).toEqual([step, 1]);
});

test.each([
  ['npm ci', 3],
  ['npm test', 1],
  ['npm run test:timing', 1],
])('"%s" fails: it runs %d times, its name is told, and nothing comes after it', (step, times) => {
  const { status, said, commands } = runCi({ [step]: 99 });
  expect(status).toBe(7);
  expect(said.trim().split('\n').at(-1)).toBe(`FAILED (7): ${step}`);
  expect([commands.at(-1), timesOf(commands, step)]).toEqual([step, times]);
});
