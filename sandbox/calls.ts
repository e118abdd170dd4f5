import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { route } from './endpoints/index.ts';

/** One call that the sandbox received. */
export interface SandboxCall {
  readonly method: string;
  /** Below `/api`, without the query: `/v2/groups/`. Outside of `/api`: the whole path. */
  readonly path: string;
  /** The endpoint, its id always written `{id}`: `/v2/task-groups/{id}/tasks`; null for an unknown path. */
  readonly template: string | null;
  readonly query: readonly (readonly [key: string, value: string])[];
  /** What came with it, parsed; undefined: nothing, or no JSON. */
  readonly body: unknown;
  /** All that were received, with lower-case names. */
  readonly headers: IncomingHttpHeaders;
  /** Of the answer. 0: none so far, or none at all (the caller left, or a fault dropped the connection). */
  status: number;
}

const base = '/api';

export function toCall(request: IncomingMessage, body: string): SandboxCall {
  const [target = '', ...rest] = (request.url ?? '').split('?');
  const known = target.startsWith(`${base}/`);
  const path = known ? target.slice(base.length) : target;
  return {
    method: request.method ?? '',
    path,
    template: (known && route(path)?.template) || null,
    query: [...new URLSearchParams(rest.join('?'))],
    body: parsed(body),
    headers: request.headers,
    status: 0,
  };
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
