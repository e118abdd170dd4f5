import { type Call, methodOf, type QueryValue, type Template } from './call.ts';
import { CotalkerError, newsOfToken } from './errors.ts';
import { isObjectId } from './records/fields.ts';

/** One call that a GraphQL request asked for, as it may be shown: no id, no token, no body. */
export interface TracedCall {
  readonly method: ReturnType<typeof methodOf>;
  /** The path with its ids left out, such as `/v2/task-groups/{id}/tasks`. */
  readonly path: Template;
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  /** The HTTP status; null where no answer came (yet). */
  readonly status: number | null;
  /** How long the answer took in milliseconds, waiting for a free slot included. */
  readonly ms: number;
  /** How often the GET was sent; 0 where another call's answer served, or it was given up before. */
  readonly attempts: number;
  /** How much of that time it waited for its company's quota; only where it did. */
  readonly waited?: number | undefined;
  /**
   * Whether the call was made, joined to the same call of another request, answered by this one's, or by
   * what is remembered of former requests. One that was made only to hear that this still holds has status 304. One that
   * was refused or given up before it went out is `unsent`.
   */
  readonly source: 'made' | 'shared' | 'reused' | 'remembered' | 'unsent';
  /** How many milliseconds ago Cotalker was asked; only of what is remembered. */
  readonly ageMs?: number | undefined;
}

/** Kept beside the calls, since those are shown to callers. */
const causes = new WeakMap<TracedCall, string>();

/** Node's name for why no answer came to a call, where it has one. */
export const causeOf = (call: TracedCall): string | undefined => causes.get(call);

export type Trace = ReturnType<typeof createTrace>;

/** What the trace shows of the context of a call. */
export interface Asked {
  /** As `performance.now()` counts. */
  readonly askedAt: number;
  readonly sent: { readonly count: number; readonly waitedMs?: number };
  readonly ageMs?: number;
}

/** What calls have come to, up to the moment. What others were told, or what is remembered, does not count. */
export interface Outcome {
  /** Whether any has gone out. */
  readonly hasCalled: boolean;
  /** What they say of the caller's token; undefined: nothing. */
  readonly token: ReturnType<typeof newsOfToken>;
  /** Whether the line for slots has refused the request. */
  readonly isTurnedAway: boolean;
}

class OutcomeOfCalls implements Outcome {
  readonly made: Asked['sent'][] = [];
  token: Outcome['token'];
  isTurnedAway = false;

  get hasCalled(): boolean {
    return this.made.some(({ count }) => count > 0);
  }

  hear({ count }: Asked['sent'], error?: unknown): void {
    if (count > 0 && this.token !== 'rejected') this.token = newsOfToken(error) ?? this.token;
  }
}

/** All that one GraphQL request asked of Cotalker, in order. */
export function createTrace() {
  const calls: TracedCall[] = [];
  const outcome = new OutcomeOfCalls();
  return {
    calls: calls as readonly TracedCall[],
    outcome: outcome as Outcome,
    /** Follows one call until its answer settles; passes the answer on. */
    follow: <T extends { readonly status: number }>(
      call: Call,
      source: TracedCall['source'],
      answer: Promise<T>,
      { askedAt, sent, ageMs }: Asked,
    ): Promise<T> => {
      const traced = new Traced(call, source, ageMs);
      const note = (status: number | null): void => {
        traced.status = status;
        traced.ms = inTenths(performance.now() - askedAt);
        traced.attempts = sent.count;
        traced.waited = sent.waitedMs === undefined ? undefined : inTenths(sent.waitedMs);
      };
      note(null);
      calls.push(traced);
      if (source === 'made') outcome.made.push(sent);
      return answer.then(
        (settled) => {
          note(settled.status);
          if (source === 'made') outcome.hear(sent);
          return settled;
        },
        (error: unknown) => {
          const { code, status, nodeCode } = error instanceof CotalkerError ? error : {};
          if (code === 'OVERLOADED') outcome.isTurnedAway = true;
          const isUnsent = source === 'made' ? sent.count === 0 : isRefusal(error);
          if (isUnsent) traced.source = 'unsent';
          if (source === 'made') outcome.hear(sent, error);
          note((isUnsent ? undefined : status) ?? null);
          if (nodeCode !== undefined) causes.set(traced, nodeCode);
          throw error;
        },
      );
    },
  };
}

/** Whether a line has refused the request, so that no call went out for it. */
const isRefusal = (error: unknown): boolean =>
  error instanceof CotalkerError &&
  error.status === undefined &&
  ['RATE_LIMITED', 'OVERLOADED', 'UPSTREAM_BUDGET_EXCEEDED'].includes(error.code);

/** A class, since V8 keeps an object literal with a getter as a dictionary. */
class Traced implements TracedCall {
  readonly method: TracedCall['method'];
  readonly path: Template;
  readonly #query: Call['query'];
  status: number | null = null;
  ms = 0;
  attempts = 0;
  waited: number | undefined = undefined;
  source: TracedCall['source'];
  readonly ageMs: number | undefined;

  constructor(call: Call, source: TracedCall['source'], ageMs: number | undefined) {
    this.method = methodOf(call);
    this.path = call.template;
    this.#query = call.query;
    this.source = source;
    this.ageMs = ageMs;
  }

  /** Worked out only here: hardly anybody looks at it. */
  get parameters(): TracedCall['parameters'] {
    return withoutIds(this.#query ?? {});
  }

  /** As callers see it. */
  toJSON(): TracedCall {
    const { method, path, parameters, status, ms, attempts, waited, source, ageMs } = this;
    return { method, path, parameters, status, ms, attempts, waited, source, ageMs };
  }
}

const inTenths = (ms: number): number => Math.round(ms * 10) / 10;

function withoutIds(query: Readonly<Record<string, QueryValue>>): TracedCall['parameters'] {
  const shown = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, showParameter(value)] as const],
  );
  return Object.fromEntries(shown);
}

function showParameter(value: NonNullable<QueryValue>): string | number | boolean {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'string') return countIds(value.length);
  const parts = value.split(',');
  return parts.every(isObjectId) ? countIds(parts.length) : value.replace(/[0-9a-f]{24}/gi, '(id)');
}

const countIds = (count: number): string => (count === 1 ? '1 id' : `${count} ids`);
