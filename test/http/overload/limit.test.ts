import { expect, test } from '@jest/globals';
import { createLimit } from '../../../src/http/overload/limit.ts';

test('what serving takes is not what the first request took, though the loop never rests after it', () => {
  const clock = { ms: 0 };
  const limit = createLimit({ now: () => clock.ms, idle: () => 0 });
  const serve = (ms: number): void => {
    const service = limit.begun();
    clock.ms += ms;
    limit.finished(service, true);
  };
  serve(1000);
  for (let n = 0; n < 100; n += 1) serve(50);
  expect(limit.calmMs).toBeLessThan(60);
  // What is held up by others tells nothing.
  for (let n = 0; n < 100; n += 1) serve(500);
  expect(limit.calmMs).toBeLessThan(60);
});
