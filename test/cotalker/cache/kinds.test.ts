import { expect, test } from '@jest/globals';
import { mustNotBeCached } from '../../../src/cotalker/cache/kinds.ts';

test.each<[string, Parameters<typeof mustNotBeCached>[0], boolean]>([
  ['all task groups', { template: '/v2/task-groups', query: { page: 1 } }, true],
  ['tasks', { template: '/v2/task-groups/{id}/tasks', id: 'a'.repeat(24) }, true],
  ['one group', { template: '/v2/task-groups', query: { groupIds: ['a'], page: 1 } }, false],
  [
    'messages, however they are read',
    {
      ...{ template: '/v1/messages/channel/{id}/modified/{moment}', id: 'a'.repeat(24) },
      moment: '1970-01-01T00:00:00.000Z',
    },
    true,
  ],
  ['groups', { template: '/v2/groups', query: { page: 1 } }, false],
])('what no cache may answer: %s', (_, call, isBarred) =>
  expect(mustNotBeCached(call)).toBe(isBarred),
);
