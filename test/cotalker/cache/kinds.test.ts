import { expect, test } from '@jest/globals';
import { mustNotBeCached } from '../../../src/cotalker/cache/kinds.ts';

test.each<[string, Parameters<typeof mustNotBeCached>[0], boolean]>([
  ['all task groups', { template: '/v2/task-groups', query: { page: 1 } }, true],
  ['tasks', { template: '/v2/task-groups/{id}/tasks', id: 'a'.repeat(24) }, true],
  ['one group', { template: '/v2/task-groups', query: { groupIds: ['a'], page: 1 } }, false],
  ['groups', { template: '/v2/groups', query: { page: 1 } }, false],
])('no page of a list that is read by page number may be cached: %s', (_, call, isBarred) =>
  expect(mustNotBeCached(call)).toBe(isBarred),
);
