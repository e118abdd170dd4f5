import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { GraphQLError } from 'graphql';
import { arrivalOf } from './arrival.ts';
import { causeOf, type TracedCall } from '../cotalker/trace.ts';
import { requestIdOf } from './request-id.ts';
import type { Operation } from './operation.ts';

/** How often each code of an error came. */
export type CodeCounts = Readonly<Record<string, number>>;

/**
 * What is told of one request once it is over: the notes from which log, metrics and traces are written. It holds
 * what is known as far as the request gets; never a token, a variable, or the text of a query. Whoever gets to know
 * something says so by a `note…` function of this file: nothing else writes here.
 */
export interface Summary {
  readonly requestId: string;
  readonly method: string;
  /** Of the span that calls are made in: the caller's, or one below it; undefined: in none. */
  readonly traceparent: string | undefined;
  /** When the request came, as `performance.now()` counts. */
  readonly start: number;
  /** How long it had to wait before anything was done for it, in milliseconds. */
  readonly waitedMs: number;
  /** Whether it is a subscription that has begun. */
  readonly isOpen: boolean;
  /** As the caller names the document; undefined where it sends the text alone. */
  readonly documentId: string | undefined;
  /** Undefined until a query's text has been read. */
  readonly operation: Operation | undefined;
  readonly codes: CodeCounts;
  /** What the request asked of Cotalker; empty until it is executed. */
  readonly calls: readonly TracedCall[];
}

/** What is handed on with each request, and so is in the context of every hook and resolver. */
export interface Summarized {
  readonly summary: Summary;
}

/** A summary that is empty but for who asks. */
export function createSummary(request: IncomingMessage): Summary {
  const { headers, method = '' } = request;
  const { waitedMs } = arrivalOf(request);
  return {
    requestId: requestIdOf(headers),
    method,
    traceparent: traceparentOf(headers),
    start: performance.now() - waitedMs,
    waitedMs,
    isOpen: false,
    documentId: undefined,
    operation: undefined,
    codes: NONE,
    calls: [],
  };
}

const NONE: CodeCounts = {};

/** https://www.w3.org/TR/trace-context/#traceparent-header, where zeros alone are no id, nor `ff` a version. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

function traceparentOf({ traceparent }: IncomingHttpHeaders): string | undefined {
  return typeof traceparent === 'string' && TRACEPARENT.test(traceparent) ? traceparent : undefined;
}

type Notes = { -readonly [Name in keyof Summary]: Summary[Name] };

/** The span that calls are made in from now on, as `traceparent` has it. */
export function noteSpan(summary: Notes, traceparent: string): void {
  summary.traceparent = traceparent;
}

export function noteDocumentId(summary: Notes, id: string | undefined): void {
  summary.documentId = id;
}

export function noteOperation(summary: Notes, operation: Operation): void {
  summary.operation = operation;
}

/** @param calls A list that grows with each call. */
export function noteCalls(summary: Notes, calls: readonly TracedCall[]): void {
  summary.calls = calls;
}

/** It is a subscription, and has begun. */
export function noteOpen(summary: Notes): void {
  summary.isOpen = true;
}

/**
 * The errors of an answer, or of a further part of one.
 *
 * @param errors As the caller gets to see them: each has a code.
 * @returns How often each code came in these.
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

/** For an event of a subscription: what it asks for is no part of what is told of the request. */
export const summaryOfEvent = (summary: Summary): Summary => ({ ...summary, waitedMs: 0 });

/** How many of the calls were made, joined to another request's, answered by one of this request's, or by the cache. */
export function countCalls(calls: readonly TracedCall[]): Record<TracedCall['source'], number> {
  const counts = { made: 0, shared: 0, reused: 0, cached: 0 };
  for (const { source } of calls) counts[source] += 1;
  return counts;
}

/** Why no answer came to calls, by Node's names, and how often; undefined: each had one, or had to wait too long. */
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
