import { expect, test } from '@jest/globals';
import { RetryBudget } from '../../../src/cotalker/resilience/retry.ts';

const drain = (budget: RetryBudget): number => {
  let count = 0;
  while (budget.withdraw()) count += 1;
  return count;
};

test('starts with five retries, and saves up no more', () => {
  const budget = new RetryBudget();
  for (let n = 0; n < 1000; n += 1) budget.deposit();
  expect(drain(budget)).toBe(5);
});

test('earns one with ten calls that go well, exactly', () => {
  const budget = new RetryBudget();
  drain(budget);
  for (let n = 0; n < 9; n += 1) budget.deposit();
  expect(drain(budget)).toBe(0);
  budget.deposit();
  expect(drain(budget)).toBe(1);
  for (let n = 0; n < 45; n += 1) budget.deposit();
  expect(drain(budget)).toBe(4);
});
