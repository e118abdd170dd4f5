import { hash as digest } from 'node:crypto';
import { type DocumentNode, getOperationAST, type GraphQLError, type Source } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import {
  type CodeCounts,
  note,
  noteErrors,
  type Operation,
  type Summarized,
  type Summary,
} from './request-summary.ts';

interface Ending {
  readonly summary: Summary;
  /** The HTTP status; null: the caller left before the answer. */
  readonly status: number | null;
  /** Milliseconds from the head of the request to the end of the answer; for a subscription, how long it was open. */
  readonly ms: number;
}

/** Observes each GraphQL request. Log, metrics and traces implement it. */
export interface RequestObserver {
  /** The request has come; nothing is known about it yet. */
  readonly begun?: (summary: Summary) => void;
  /** The request is a subscription, and was open after this many milliseconds. It may stay open for hours. */
  readonly opened?: (summary: Summary, ms: number) => void;
  readonly failed?: (codes: CodeCounts) => void;
  readonly ended?: (ending: Ending) => void;
}

export const observeAll = (observers: readonly RequestObserver[]): Required<RequestObserver> => ({
  begun: (summary) => {
    for (const { begun } of observers) begun?.(summary);
  },
  opened: (summary, ms) => {
    for (const { opened } of observers) opened?.(summary, ms);
  },
  failed: (codes) => {
    for (const { failed } of observers) failed?.(codes);
  },
  ended: (ending) => {
    for (const { ended } of observers) ended?.(ending);
  },
});

/** What was executed, a part of it, or an event. A part has its errors inside. */
export interface Result {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLError[];
  readonly extensions?: object;
  readonly incremental?: readonly Result[];
  /** Only of an answer in parts: false in the last one. */
  readonly hasNext?: boolean;
}
/** In one piece, or in parts or events as they come. */
export type Answer = Result | AsyncIterable<Result>;

export const useSummary = (): Plugin<Summarized> => ({
  onParse({ context, params: { source } }) {
    return ({ result }) => {
      const text = typeof source === 'string' ? source : (source as Source).body;
      const document = result instanceof Error ? undefined : (result as DocumentNode);
      const operation = describeOperation(text, document, context.params.operationName);
      note(context.summary, { operation });
    };
  },
});

/**
 * Adds to the summary the errors of an answer, or of a part of it as it comes.
 *
 * @param failed Called with those of a subscription.
 */
export function noteResult(
  summary: Summary,
  { errors = [], incremental = [] }: Result,
  failed: Required<RequestObserver>['failed'],
): void {
  const all = [...errors, ...incremental.flatMap((part) => part.errors ?? [])];
  const codes = noteErrors(summary, all);
  if (summary.isOpen) failed(codes);
}

const MAX_NAME = 100;
/** In characters; longer texts are refused unread. */
const MAX_HASHED = 50_000;

/** @param document undefined if the text is not GraphQL. */
function describeOperation(
  text: string,
  document: DocumentNode | undefined,
  operationName: string | null | undefined,
): Operation {
  const operation = document && getOperationAST(document, operationName);
  return {
    name: operation?.name?.value.slice(0, MAX_NAME) ?? null,
    kind: operation?.operation ?? null,
    hash: text.length > MAX_HASHED ? null : digest('sha256', text).slice(0, 16),
  };
}
