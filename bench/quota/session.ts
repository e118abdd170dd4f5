import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningSubject } from '../lib/process.ts';
import type { GraphQLRequest } from '../lib/scenarios.ts';

/** What the users of one run went through. */
export interface Tally {
  whole: number;
  half: number;
  /** Milliseconds from a step's first request to its whole answer. */
  readonly stepMs: number[];
}

interface Reply {
  readonly isWhole: boolean;
  readonly isHalf: boolean;
  readonly waitMs: number;
}

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions?: { readonly retryAfter?: number } }[];
}

/** After so many answers that are not whole, a user gives up. */
const MAX_ATTEMPTS = 20;

/** One user's session: each step is asked again, after `Retry-After` or the errors' `retryAfter` (else 1 s), until its answer is whole. */
export async function runSession(
  { port }: RunningSubject,
  steps: readonly GraphQLRequest[],
  token: string,
  tally: Tally,
): Promise<void> {
  for (const step of steps) {
    const start = performance.now();
    let isWhole = false;
    for (let attempt = 0; attempt < MAX_ATTEMPTS && !isWhole; attempt += 1) {
      const reply = await ask(port, step, token);
      ({ isWhole } = reply);
      if (reply.isHalf) tally.half += 1;
      if (!isWhole) await sleep(reply.waitMs);
    }
    if (!isWhole) return;
    tally.stepMs.push(performance.now() - start);
  }
  tally.whole += 1;
}

async function ask(port: number, request: GraphQLRequest, token: string): Promise<Reply> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify(request),
  });
  const { data, errors } = JSON.parse(await response.text()) as Body;
  const hasData =
    typeof data === 'object' &&
    data !== null &&
    Object.values(data).some((value) => value !== null);
  const isWhole = hasData && errors === undefined;
  const told = (errors ?? []).map(({ extensions }) => extensions?.retryAfter ?? 0);
  const seconds = Math.max(Number(response.headers.get('retry-after') ?? 0), ...told);
  // Whoever is told nothing asks again after a second.
  const waitMs = (seconds || 1) * 1000;
  return { isWhole, isHalf: hasData && !isWhole, waitMs };
}
