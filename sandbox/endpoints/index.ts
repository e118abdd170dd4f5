import { channelEndpoints } from './channels.ts';
import { directoryEndpoints } from './directory.ts';
import type { Endpoint } from './endpoint.ts';
import { groupEndpoints } from './groups.ts';
import { messageWriteEndpoints } from './message-writes.ts';
import { messageEndpoints } from './messages.ts';
import { taskEndpoints } from './tasks.ts';
import { taskWriteEndpoints } from './task-writes.ts';

const routes = [
  ...groupEndpoints,
  ...channelEndpoints,
  // Before those by id: `create` is none.
  ...taskWriteEndpoints,
  ...taskEndpoints,
  ...directoryEndpoints,
  ...messageEndpoints,
  ...messageWriteEndpoints,
].map((endpoint) => ({
  endpoint,
  // The seed calls `/v2/groups/`: a slash at the end is as good as none.
  pattern: new RegExp(`^${endpoint.template.replaceAll(/\{\w+\}/g, '([^/]+)')}/?$`),
}));

export interface Route {
  readonly template: string;
  readonly id: string;
  /** What else the path names. */
  readonly rest: readonly string[];
  /** By their methods. */
  readonly endpoints: ReadonlyMap<string, Endpoint>;
}

/** What is at a path below `/api`; undefined: nothing. */
export function route(path: string): Route | undefined {
  const found = routes.flatMap(({ endpoint, pattern }) => {
    const match = pattern.exec(path);
    return match ? [{ endpoint, match }] : [];
  });
  const [first] = found;
  if (!first) return undefined;
  const { template } = first.endpoint;
  const [, id = '', ...rest] = first.match;
  const there = found.filter(({ endpoint }) => endpoint.template === template);
  const endpoints = new Map(there.map(({ endpoint }) => [endpoint.method, endpoint]));
  return { template, id, rest, endpoints };
}
