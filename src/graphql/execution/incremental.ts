import {
  type DocumentNode,
  type ExecutionArgs,
  getDirectiveValues,
  type GraphQLError,
  Kind,
  visit,
} from 'graphql';
import type { Plugin, YogaInitialContext, YogaLogger } from 'graphql-yoga';
import { requestError, toldError, toPublicError } from '../../errors.ts';
import { rangesOf } from './media-ranges.ts';

const NAMES = new Set(['defer', 'stream']);

/** Whether a document asks for an answer in parts; each document is looked through once. */
export function isIncremental(document: DocumentNode): boolean {
  const known = incremental.get(document);
  if (known !== undefined) return known;
  let found = false;
  visit(document, { Directive: ({ name }) => void (found ||= NAMES.has(name.value)) });
  incremental.set(document, found);
  return found;
}
const incremental = new WeakMap<DocumentNode, boolean>();

/**
 * Whether the caller says that it reads answers in parts. A wildcard does not: every client sends one, and
 * most can read only JSON. Server-sent events are for what has no end.
 */
const acceptsParts = (accept: string | null | undefined): boolean =>
  accept != null && accept.includes('mixed') && rangesOf(accept).includes('multipart/mixed');

/**
 * Answers in parts (`@defer`, `@stream`) where the caller reads them, and in one where it does not, since the
 * directives only say what may come later. The executor does the rest, in the format that Apollo's clients
 * call `20220824` and urql reads as well.
 *
 * Not `@graphql-yoga/plugin-defer-stream`: it answers parts to a wildcard and 406 to who wants JSON, brings
 * the directives past the contract in `schema/`, and puts a copy in the place of graphql-js' rule on fields
 * that overlap, which lacks what was done later against queries that are made to keep it busy.
 *
 * @param logger Told of defects in later parts, of which Yoga knows nothing.
 */
export const useIncremental = (logger: YogaLogger): Plugin => ({
  onExecute({ args }) {
    const { document, contextValue } = args as ExecutionArgs;
    if (!isIncremental(document)) return;
    const { request } = contextValue as Partial<YogaInitialContext>;
    if (!acceptsParts(request?.headers.get('accept'))) {
      args.document = inOnePart(document);
      return;
    }
    return {
      onExecuteDone: () => ({
        onNext: ({ result, setResult }) => {
          const { incremental } = result as { readonly incremental?: readonly Part[] };
          if (incremental === undefined) return;
          const told = { ...result, incremental: incremental.map((part) => masked(part, logger)) };
          setResult(told);
        },
      }),
    };
  },
});

interface Part {
  readonly errors?: readonly GraphQLError[];
}

/** As Yoga does with the first part. */
const masked = (part: Part, logger: YogaLogger): object =>
  part.errors === undefined
    ? part
    : {
        ...part,
        errors: part.errors.map((error) => {
          logger.error(error);
          return toldError(toPublicError(error));
        }),
      };

/** The document without the directives; made once. */
export function inOnePart(document: DocumentNode): DocumentNode {
  const known = whole.get(document);
  if (known !== undefined) return known;
  const plain = visit(document, {
    [Kind.DIRECTIVE]: ({ name }) => (NAMES.has(name.value) ? null : undefined),
  });
  whole.set(document, plain);
  return plain;
}
const whole = new WeakMap<DocumentNode, DocumentNode>();

/**
 * Checks what the executor would take for a defect of ours.
 *
 * @param variables The values, coerced.
 * @throws GraphQLError `BAD_USER_INPUT` for an `initialCount` below 0.
 */
export function checkInitialCounts(
  { schema, document }: Pick<ExecutionArgs, 'schema' | 'document'>,
  variables: Readonly<Record<string, unknown>>,
): void {
  const stream = schema.getDirective('stream');
  if (!stream || !isIncremental(document)) return;
  visit(document, {
    Field: (node) => {
      const count = getDirectiveValues(stream, node, variables)?.['initialCount'];
      if (typeof count === 'number' && count < 0)
        throw requestError('BAD_USER_INPUT', '"initialCount" must be 0 or more.', { nodes: node });
    },
  });
}
