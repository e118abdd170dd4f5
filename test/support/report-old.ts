import { getHeapSpaceStatistics } from 'node:v8';

/*
 * For `node --expose-gc --import`: on SIGUSR2 the process collects the young generation alone, and says what the old one
 * takes, in bytes, as a line of JSON on stderr.
 */
const collect = globalThis.gc as unknown as (options: object) => void;

process.on('SIGUSR2', () => {
  collect({ type: 'minor', execution: 'sync' });
  const spaces = getHeapSpaceStatistics().filter(({ space_name: name }) =>
    ['old_space', 'large_object_space'].includes(name),
  );
  const old = spaces.reduce((sum, { space_used_size: bytes }) => sum + bytes, 0);
  process.stderr.write(`${JSON.stringify({ old })}\n`);
});
