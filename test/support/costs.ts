import { readFileSync } from 'node:fs';
import type { SandboxCall } from '../../sandbox/index.ts';

/** How often each endpoint was called. */
export type Cost = Readonly<Record<string, number>>;

export function costOf(calls: readonly SandboxCall[]): Cost {
  const cost: Record<string, number> = {};
  for (const { method, template } of calls) {
    const endpoint = `${method === 'GET' ? '' : `${method} `}${template ?? 'unknown'}`;
    cost[endpoint] = (cost[endpoint] ?? 0) + 1;
  }
  return cost;
}

export const totalOf = (cost: Cost): number =>
  Object.values(cost).reduce((sum, calls) => sum + calls, 0);

/** What the README calls the endpoints. */
const NAMES: Readonly<Record<string, string>> = {
  '/v2/groups': 'groups',
  '/v2/task-groups': 'task groups',
  '/v2/channels': 'channels',
  '/v2/task-groups/{id}/tasks': 'tasks',
  '/v1/tasks/{id}/task': 'found tasks',
  '/v1/tasks/{id}/task/{taskId}': 'one task',
  '/v1/tasks/{id}/sm/smstatemachine': 'state machines',
  '/v1/tasks/{id}/sm/smstate/all': 'states',
  '/v2/properties': 'state names',
  '/v2/users': 'people',
  '/v2/users/me': 'viewer',
  '/v2/channels/{id}': 'channel',
  '/v1/messages/channel/{id}/modified/{moment}': 'messages',
  'POST /v1/messages': 'new message',
  'PATCH /v1/tasks/{id}/task/{taskId}': 'move',
  'POST /v1/tasks/{id}/task/create': 'new task',
};

/** A row of the README's table. */
export const rowOf = (query: string, cost: Cost): readonly string[] => [
  query,
  String(totalOf(cost)),
  Object.entries(cost)
    .map(([endpoint, calls]) => `${NAMES[endpoint]} ${calls}`)
    .join(', '),
];

const HEADING = '## What a query costs';

/** The cells of the README's table, without its head. */
export function documentedRows(): readonly (readonly string[])[] {
  const text = readFileSync('README.md', 'utf8');
  if (!text.includes(HEADING)) throw new Error(`the README has no section "${HEADING}"`);
  const [section = ''] = text.slice(text.indexOf(HEADING) + HEADING.length).split(/\n## /);
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .slice(2);
}
