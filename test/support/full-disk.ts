import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLogFile } from '../../src/observe/log/logger.ts';

/*
 * A log on a disk that is full, and then has room: the descriptor leads to another file. It is a program of its own, since the
 * tests of several files run in one process, and each could take the descriptor. Its argument is that file's path.
 */
const told: number[] = [];
const descriptor = openSync('/dev/full', 'w');
const file = openLogFile(descriptor, {
  onRecovered: (dropped) => told.push(dropped),
  maxBytes: 10_000,
});
for (let n = 0; n < 150; n += 1) file.write(`${n}`.padEnd(99, '.') + '\n');
// Some tries that fail.
await sleep(250);
const before = { dropped: file.dropped, told: [...told] };

closeSync(descriptor);
if (openSync(process.argv[2] ?? '', 'w') !== descriptor) throw new Error('it has another number');
while (told.length === 0) await sleep(5);
file.write('one more\n');
await file.end();
process.stdout.write(JSON.stringify({ before, told }));
