import { afterEach, expect, test } from '@jest/globals';
import { fillLog } from '../support/many-lines.ts';
import { endAll, start } from '../support/program.ts';

afterEach(endAll);

test('a reader of the log that stalls does not make requests slower, line by line', async () => {
  const program = start({ COTALKER_API_URL: 'http://127.0.0.1:9/api' });
  const address = await program.address();
  const timeOf = async (times: number): Promise<number> => {
    const before = performance.now();
    await fillLog(address, times);
    return performance.now() - before;
  };
  const readMs = 5 * (await timeOf(400));
  program.process.stdout?.pause();
  const stalledMs = await timeOf(2000);
  // Waiting a while for each line takes many times as long.
  expect(stalledMs / readMs).toBeLessThan(5);
});
