import { channelEndpoints } from './channels.ts';
import { directoryEndpoints } from './directory.ts';
import type { Endpoint } from './endpoint.ts';
import { groupEndpoints } from './groups.ts';
import { messageEndpoints } from './messages.ts';
import { taskEndpoints } from './tasks.ts';

const routes = [
  ...groupEndpoints,
  ...channelEndpoints,
  ...taskEndpoints,
  ...directoryEndpoints,
  ...messageEndpoints,
].map((endpoint) => ({
  endpoint,
  // The seed calls `/v2/groups/`: a slash at the end is as good as none.
  pattern: new RegExp(`^${endpoint.template.replaceAll(/\{\w+\}/g, '([^/]+)')}/?$`),
}));

export interface Route {
  readonly endpoint: Endpoint;
  /** The id in the path, '' where it has none. */
  readonly id: string;
  /** What else the path names. */
  readonly rest: readonly string[];
}

/** The endpoint of a path below `/api`; undefined: there is none. */
export function route(path: string): Route | undefined {
  for (const { endpoint, pattern } of routes) {
    const match = pattern.exec(path);
    if (match) return { endpoint, id: match[1] ?? '', rest: match.slice(2) };
  }
  return undefined;
}
