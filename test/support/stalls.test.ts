import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { unlessStalled } from './stalls.ts';

/** A test that fails so often. */
const failing = (times: number, onRun: () => void = () => undefined) => {
  const runs: string[] = [];
  return {
    runs,
    run: async () => {
      runs.push('run');
      onRun();
      if (runs.length <= times) throw new Error(`run ${runs.length}`);
    },
  };
};

describe('a test that fails', () => {
  test('fails where the machine went on', async () => {
    const { run, runs } = failing(1);
    const renewed: string[] = [];
    const again = async () => void renewed.push('again');
    await expect(unlessStalled(run, { stalls: { count: 3 }, again })).rejects.toThrow('run 1');
    expect([runs.length, renewed.length]).toEqual([1, 0]);
  });

  test('runs again, on a new stage, where it stood still meanwhile', async () => {
    const stalls = { count: 0 };
    const { run, runs } = failing(2, () => (stalls.count += 1));
    const failures: string[] = [];
    await unlessStalled(run, {
      stalls,
      again: async (error) => void failures.push(String(error)),
    });
    expect(runs).toHaveLength(3);
    expect(failures).toEqual(['Error: run 1', 'Error: run 2']);
  });

  test('fails at last where it always stands still', async () => {
    const stalls = { count: 0 };
    const { run, runs } = failing(99, () => (stalls.count += 1));
    const again = async () => undefined;
    await expect(unlessStalled(run, { stalls, again })).rejects.toThrow('run 4');
    expect(runs).toHaveLength(4);
  });
});

/** Counts its stalls, and tells them as a line comes in. */
const PROGRAM = `
  import { watchStalls } from './test/support/stalls.ts';
  const stalls = watchStalls();
  process.stdin.on('data', () => process.stdout.write(String(stalls.count) + '\\n'));
  process.stdout.write('ready\\n');
`;

test('a process that was stopped has stood still', async () => {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', PROGRAM], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close').then(() => ['ended']);
  const line = async (): Promise<string> =>
    String((await Promise.race([once(child.stdout, 'data'), ended]))[0]).trim();
  try {
    expect(await line()).toBe('ready');
    const ask = async (): Promise<number> => {
      const answer = line();
      child.stdin.write('?\n');
      return Number(await answer);
    };
    const before = await ask();
    // On a busy machine the thread may not have begun to look as the process stops for the first time.
    for (let n = 0; n < 10 && (n === 0 || (await ask()) === before); n += 1) {
      child.kill('SIGSTOP');
      await new Promise((resolve) => setTimeout(resolve, 600));
      child.kill('SIGCONT');
      await new Promise((resolve) => setTimeout(resolve, 600));
    }
    expect(await ask()).toBeGreaterThan(before);
  } finally {
    child.kill('SIGKILL');
  }
});
