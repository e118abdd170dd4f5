import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { GraphQLError, OperationTypeNode } from 'graphql';
import { causeOf, type TracedCall } from '../cotalker/trace.ts';

export type CodeCounts = Readonly<Record<string, number>>;

/**
 * The notes about one request, from which log, metrics and traces are written when it is over. It never holds a
 * token, a variable, or the text of a query. Code that learns something about the request calls `note` or
 * `noteErrors`: nothing else writes here.
 */
export interface Summary {
  readonly requestId: string;
  readonly method: string;
  /** The `traceparent` of the span that makes the calls: the caller's, or one below it; undefined: there is none. */
  readonly traceparent: string | undefined;
  /** The program that asks, as it names itself; undefined: it does not. */
  readonly client: Client | undefined;
  /** When the request came, or the event, as `performance.now()` counts. Its deadline is from there. */
  readonly start: number;
  readonly isOpen: boolean;
  /** The id of the document, as the caller gives it; undefined if it sends only the text. */
  readonly documentId: string | undefined;
  /** Undefined until a query's text has been read. */
  readonly operation: Operation | undefined;
  /** What the query may take; undefined where it is not executed. */
  readonly estimate: Estimate | undefined;
  readonly codes: CodeCounts;
  /** The calls of the request; empty until it is executed. */
  readonly calls: readonly TracedCall[];
}

/** What logs and metrics may say about an operation: never its text or its variables. */
export interface Operation {
  /** Its name, cut at 100 characters; null: it has none, or the document has several and none is chosen. */
  readonly name: string | null;
  readonly kind: OperationTypeNode | null;
  /** Identifies the query: the first 16 hexadecimal digits of the SHA-256 of its text; null: the text is too long. */
  readonly hash: string | null;
}

/** A program that sends queries, each text as far as it may be logged. */
export interface Client {
  readonly name: string | undefined;
  readonly version: string | undefined;
}

interface Estimate {
  /** The most records that it could return, as `estimateQuery` counts. */
  readonly cost: number;
  readonly limit: number;
  /** How many calls it takes at the least, by its shape. */
  readonly calls: number;
}

/** The part of the server context that every hook and resolver of the request sees. */
export interface Summarized {
  readonly summary: Summary;
}

/** @param waitedMs How long it waited before the gateway began with it, in milliseconds. */
export function createSummary(request: IncomingMessage, waitedMs: number): Summary {
  const { headers, method = '' } = request;
  return {
    requestId: requestIdOf(headers),
    method,
    traceparent: traceparentOf(headers),
    client: clientOf(headers),
    start: performance.now() - waitedMs,
    isOpen: false,
    documentId: undefined,
    operation: undefined,
    estimate: undefined,
    codes: NONE,
    calls: [],
  };
}

const NONE: CodeCounts = {};

/** The header that carries the id, from the caller, back to it, and on to Cotalker. */
export const REQUEST_ID_HEADER = 'x-request-id';

/** Visible ASCII, so it fits unchanged into a header and a log line. */
const WELL_FORMED = /^[\x21-\x7e]{1,128}$/;

/** The id of a request in logs and answers: the caller's id if it is well-formed, else a new UUID. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers[REQUEST_ID_HEADER];
  return typeof given === 'string' && WELL_FORMED.test(given) ? given : randomUUID();
}

/** https://www.w3.org/TR/trace-context/#traceparent-header, where zeros alone are no id, nor `ff` a version. */
const TRACEPARENT =
  /^(?!ff)([0-9a-f]{2})-((?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** In version 00. "Versioning of traceparent": a higher one is read as 00 is, whatever it has behind; of its flags one. */
function traceparentOf({ traceparent = '' }: IncomingHttpHeaders): string | undefined {
  const [, version, ids, flags = '', more] = TRACEPARENT.exec(String(traceparent)) ?? [];
  if (version === '00') return more === undefined ? String(traceparent) : undefined;
  return ids === undefined ? undefined : `00-${ids}-0${parseInt(flags, 16) & 1}`;
}

/** What names and versions are made of, with nothing that a log viewer or a page could take for markup. */
const CLIENT_TEXT = /^[\w.,:;@/+()~# -]+$/;
const MAX_CLIENT_TEXT = 100;

/** As the clients of Apollo say it (`apollographql-client-name`), or as others do (`graphql-client-name`). */
function clientOf(headers: IncomingHttpHeaders): Client | undefined {
  const read = (what: string): string | undefined => {
    const given = headers[`apollographql-client-${what}`] ?? headers[`graphql-client-${what}`];
    const text = String(given ?? '').slice(0, MAX_CLIENT_TEXT);
    return CLIENT_TEXT.test(text) ? text : undefined;
  };
  const name = read('name');
  const version = read('version');
  return name === undefined && version === undefined ? undefined : { name, version };
}

type Notes = { -readonly [Name in keyof Summary]: Summary[Name] };

type Learnt = 'traceparent' | 'documentId' | 'operation' | 'estimate' | 'calls' | 'isOpen';

export function note(summary: Notes, learnt: Partial<Pick<Summary, Learnt>>): void {
  Object.assign(summary, learnt);
}

/**
 * Notes the errors of an answer, or of a further part of it.
 *
 * @param errors As the caller sees them: each has a code.
 * @returns How often each code occurs in these errors.
 */
export function noteErrors(
  summary: Notes,
  errors: readonly GraphQLError[] | undefined,
): CodeCounts {
  if (errors === undefined || errors.length === 0) return NONE;
  const counts: Record<string, number> = {};
  const all: Record<string, number> = { ...summary.codes };
  for (const { extensions } of errors) {
    const code = String(extensions['code']);
    counts[code] = (counts[code] ?? 0) + 1;
    all[code] = (all[code] ?? 0) + 1;
  }
  summary.codes = all;
  return counts;
}

/** For an event of a subscription that begins now: its calls do not belong to the summary of the request. */
export const summaryOfEvent = (summary: Summary): Summary => ({
  ...summary,
  start: performance.now(),
});

/**
 * How many calls were made, shared with another request, answered by an earlier call of this request, or
 * remembered. One that never went out is none.
 */
export function countCalls(calls: readonly TracedCall[]) {
  const counts = { made: 0, shared: 0, reused: 0, remembered: 0 };
  for (const { source } of calls) if (source !== 'unsent') counts[source] += 1;
  return counts;
}

/** Why calls got no answer, by Node's error codes, counted; undefined: each got an answer, or timed out. */
export function countCauses(calls: readonly TracedCall[]): CodeCounts | undefined {
  let counts: Record<string, number> | undefined;
  for (const call of calls) {
    const cause = causeOf(call);
    if (cause === undefined || call.source === 'reused') continue;
    counts ??= {};
    counts[cause] = (counts[cause] ?? 0) + 1;
  }
  return counts;
}
