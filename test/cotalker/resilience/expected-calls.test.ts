import { expect, test } from '@jest/globals';
import {
  createExpectedCalls,
  type ExpectedCalls,
  type Run,
} from '../../../src/cotalker/resilience/expected-calls.ts';
import { createSlots } from '../../../src/cotalker/resilience/slots.ts';
import type { LineOwner } from '../../../src/cotalker/resilience/terms.ts';

const never = new AbortController().signal;
const LIMITS = { perOwner: 20, total: 100 };
const RUN = { calls: 20, ms: 100, cpuMs: 300 };
const ownerOf = (document?: string): LineOwner => ({ since: 0, deadline: Infinity, document });

test.each<[string, Run[]]>([
  ['nothing was known of', []],
  ['less was known of', [{ ...RUN, calls: 5 }]],
])('what a run has taken holds for those in the line whose document %s', (_, before) => {
  const expected = createExpectedCalls();
  for (const run of before) expected.note('menu', run);
  const { line } = createSlots(LIMITS, expected);
  line.check(ownerOf('menu'));
  line.check(ownerOf('other'));
  expect(line.demand.now).toBe(before.length * 5);
  expected.note('menu', RUN);
  expect(line.demand.now).toBe(20);
});

test('the last run counts for a fifth, and one that made more calls, or took less of the processor, at once', () => {
  const expected = createExpectedCalls();
  const known = expected.of('menu');
  expected.note('menu', RUN);
  expect({ ...known }).toEqual({ ...RUN, meanCalls: 20 });
  expected.note('menu', { calls: 10, ms: 200, cpuMs: 400 });
  expect({ ...known }).toEqual({ calls: 18, meanCalls: 18, ms: 120, cpuMs: 320 });
  expected.note('menu', { calls: 28, ms: 120, cpuMs: 20 });
  expect({ ...known }).toEqual({ calls: 28, meanCalls: 20, ms: 120, cpuMs: 20 });
});

test('a request looks up once what its document takes, however many come and go while it is in the line', async () => {
  const all = createExpectedCalls();
  let lookups = 0;
  const expected: ExpectedCalls = {
    note: all.note,
    of: (...asked) => {
      lookups += 1;
      return all.of(...asked);
    },
  };
  const slots = createSlots(LIMITS, expected);
  for (let n = 0; n < 50; n += 1) slots.line.check(ownerOf(`waits ${n}`));
  lookups = 0;
  for (let n = 0; n < 50; n += 1) {
    const owner = ownerOf(`goes ${n}`);
    (await slots.line.take(owner, never))();
    slots.leave(owner);
  }
  expect(lookups).toBe(50);
});
