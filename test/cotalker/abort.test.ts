import { expect, test } from '@jest/globals';
import { untilAborted } from '../../src/cotalker/abort.ts';

test('a promise that fails after the signal has fired ends no process', async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);
  process.on('unhandledRejection', note);
  try {
    const late = untilAborted(Promise.reject(new Error('refused')), AbortSignal.abort());
    await expect(late).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    await new Promise((resolve) => void setTimeout(resolve, 1));
    expect(unhandled).toEqual([]);
  } finally {
    process.off('unhandledRejection', note);
  }
});
