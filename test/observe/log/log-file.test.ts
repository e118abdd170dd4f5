import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openLogFile } from '../../../src/observe/log/logger.ts';

let folder: string;
/** Those that no log file closes as it ends. */
let open: number[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
});
afterEach(() => {
  for (const descriptor of open) closeSync(descriptor);
  open = [];
  rmSync(folder, { recursive: true });
});

/** Lines of 100 bytes, each of its own. */
const lineOf = (n: number): string => `${n}`.padEnd(99, '.') + '\n';

/** The write end of a pipe, and how to read what is in it. */
function openPipe() {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  open.push(reader);
  const writer = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  const read = (): string => {
    const part = Buffer.alloc(1024 * 1024);
    try {
      return part.toString('utf8', 0, readSync(reader, part));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return '';
      throw error;
    }
  };
  return { writer, read };
}

test('while nobody reads, further lines are dropped and counted; it tells once somebody does', async () => {
  const { writer, read } = openPipe();
  const told: number[] = [];
  const file = openLogFile(writer, {
    onRecovered: (dropped) => {
      told.push(dropped);
      file.write('it works again\n');
    },
    maxBytes: 100_000,
  });
  // The pipe takes 64 kB, the buffer 100 kB.
  for (let n = 0; n < 3000; n += 1) {
    file.write(lineOf(n));
    if (n % 100 === 0) await sleep(1);
  }
  expect(file.dropped).toBeGreaterThan(1000);
  expect(file.dropped).toBeLessThan(2100);
  expect(told).toEqual([]);

  let text = '';
  while (!text.includes('it works again\n')) {
    text += read();
    await sleep(5);
  }
  expect(told).toEqual([file.dropped]);
  const lines = text.trim().split('\n');
  expect(lines).toHaveLength(3000 - file.dropped + 1);
  // Whole ones, in their order, and what was dropped are the last.
  expect(lines.slice(0, 1000)).toEqual(Array.from({ length: 1000 }, (_, n) => lineOf(n).trimEnd()));
  const dropped = file.dropped;
  file.write('one more\n');
  await file.end();
  expect([read(), file.dropped]).toEqual(['one more\n', dropped]);
});

test('once there is room again on the disk it is written on', () => {
  const program = join(import.meta.dirname, '../../support/full-disk.ts');
  const path = join(folder, 'log');
  const output = execFileSync(process.execPath, [program, path], { encoding: 'utf8' });
  expect(JSON.parse(output)).toEqual({ before: { dropped: 50, told: [] }, told: [50] });
  expect(readFileSync(path, 'utf8')).toBe(
    Array.from({ length: 100 }, (_, n) => lineOf(n)).join('') + 'one more\n',
  );
});

test.each([
  ['a disk without room', () => openSync('/dev/full', 'w')],
  ['nobody who reads', () => openPipe().writer],
])('the end comes with %s', async (_, openIt) => {
  const file = openLogFile(openIt(), { onRecovered: () => undefined });
  for (let n = 0; n < 2000; n += 1) file.write(lineOf(n));
  await file.end();
  // Whatever is still written is taken, and goes nowhere.
  file.write('late\n');
});
