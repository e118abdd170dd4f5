import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningSubject } from '../lib/process.ts';
import type { GraphQLRequest } from '../lib/scenarios.ts';

/** One screen, and what its answer has to hold. */
export interface Step {
  readonly request: GraphQLRequest;
  /** A field that is not null in a whole answer, at any depth: a subject that asks for less answers null there. */
  readonly needs: string;
}

/** What the users of one run went through. */
export interface Tally {
  /** Sessions whose steps all had a whole answer. */
  whole: number;
  half: number;
  readonly steps: StepTaken[];
}

/** A step that has come to its whole answer. */
export interface StepTaken {
  /** Its place in the session, from 0. */
  readonly step: number;
  /** Whether the session was its user's first. */
  readonly isFirst: boolean;
  /** Milliseconds from its first request. */
  readonly ms: number;
  /** What it took upstream, refused calls not counted. */
  readonly calls: number;
}

interface User {
  readonly token: string;
  /** How many calls have been made for the user so far, refused ones not counted. */
  readonly calls: () => number;
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

/** How long a user looks at one session before the next one. */
export const REST_MS = 1000;

/**
 * One user's sessions, one after the other until the time is up; what is unfinished then does not count. Each step is
 * asked again, after `Retry-After` or the errors' `retryAfter` (else 1 s), until its answer is whole.
 *
 * @param until As `performance.now()` counts.
 */
export async function runSessions(
  running: RunningSubject,
  steps: readonly Step[],
  { token, calls }: User,
  { tally, until }: { readonly tally: Tally; readonly until: number },
): Promise<void> {
  const isOver = (): boolean => performance.now() >= until;
  for (let isFirst = true; !isOver(); isFirst = false) {
    for (const [place, step] of steps.entries()) {
      const start = performance.now();
      const before = calls();
      for (;;) {
        const { isWhole, isHalf, waitMs } = await ask(running, step, token);
        if (isOver()) return;
        if (isHalf) tally.half += 1;
        if (isWhole) break;
        await sleep(waitMs);
      }
      const ms = performance.now() - start;
      tally.steps.push({ step: place, isFirst, ms, calls: calls() - before });
    }
    tally.whole += 1;
    await sleep(REST_MS);
  }
}

async function ask(running: RunningSubject, step: Step, token: string): Promise<Reply> {
  const { headers, text } = await running.ask(step.request, token);
  const { data, errors } = JSON.parse(text) as Body;
  const hasData =
    typeof data === 'object' &&
    data !== null &&
    Object.values(data).some((value) => value !== null);
  if (errors === undefined && !holds(data, step.needs))
    throw new Error(`no ${step.needs} in an answer without errors: ${JSON.stringify(data)}`);
  const isWhole = hasData && errors === undefined;
  const told = (errors ?? []).map(({ extensions }) => extensions?.retryAfter ?? 0);
  const seconds = Math.max(Number(headers.get('retry-after') ?? 0), ...told);
  // Whoever is told nothing asks again after a second.
  const waitMs = (seconds || 1) * 1000;
  return { isWhole, isHalf: hasData && !isWhole, waitMs };
}

/** Whether an object in it has the field, and not null. */
const holds = (value: unknown, field: string): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).some(
    ([name, inner]) => (name === field && inner !== null) || holds(inner, field),
  );
