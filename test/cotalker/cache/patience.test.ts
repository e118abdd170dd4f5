import { expect, test } from '@jest/globals';
import { createPatience } from '../../../src/redis/patience.ts';

/** Asks Redis, which takes so long for each question; tells how long it might take for each. */
async function askOneByOne(...took: readonly number[]): Promise<number[]> {
  let now = 0;
  const patience = createPatience(() => now);
  const allowed: number[] = [];
  for (const ms of took)
    await patience.spend(async (allowedMs) => {
      allowed.push(allowedMs);
      now += Math.min(ms, allowedMs);
    });
  return allowed;
}

test('a request asks a Redis that is not slow as often as it has to', async () => {
  expect(await askOneByOne(14, 12, 10, 14, 12, 14, 13)).toEqual(Array(7).fill(50));
});

test('one that is slow, or does not answer, costs a request 50 ms in all', async () => {
  expect(await askOneByOne(20, 25, 60, 60)).toEqual([50, 30, 15, 0]);
  expect(await askOneByOne(1000, 1000)).toEqual([50, 0]);
});

test('questions side by side cost what the longest takes', async () => {
  let now = 0;
  const patience = createPatience(() => now);
  const answers: (() => void)[] = [];
  const allowed: number[] = [];
  const ask = () =>
    patience.spend((ms) => {
      allowed.push(ms);
      return new Promise<void>((resolve) => answers.push(resolve));
    });
  const asked = [ask(), ask()];
  now = 30;
  for (const answer of answers) answer();
  await Promise.all(asked);
  const last = ask();
  answers.at(-1)?.();
  await last;
  expect(allowed).toEqual([50, 50, 20]);
});
