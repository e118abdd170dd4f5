import {
  type DocumentNode,
  type ExecutionArgs,
  getDirectiveValues,
  type GraphQLError,
  Kind,
  visit,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../../context.ts';
import { toldError } from '../../errors.ts';
import { requestError } from '../request-error.ts';

const NAMES = new Set(['defer', 'stream']);

/** Whether a document asks for an answer in parts. Most texts name neither directive, and are not walked through. */
function isIncremental(document: DocumentNode): boolean {
  const text = document.loc?.source.body;
  if (text !== undefined && !/defer|stream/.test(text)) return false;
  let found = false;
  visit(document, { Directive: ({ name }) => void (found ||= NAMES.has(name.value)) });
  return found;
}

/**
 * Answers in parts (`@defer`, `@stream`) where the caller reads them, and in one where it does not, since the
 * directives only say what may come later. The executor does the rest, in the format of Apollo's clients.
 *
 * Not `@graphql-yoga/plugin-defer-stream`: it sends parts for a wildcard, and 406 to callers who want JSON. It adds
 * the directives outside of `schema/`. It replaces graphql-js' rule on overlapping fields by an old copy, which
 * lacks later protection against malicious queries.
 *
 * @param mask What errors of later parts become, of which Yoga knows nothing.
 */
export const useIncremental = (mask: Mask): Plugin => ({
  onExecute({ args }) {
    const { document, contextValue } = args as ExecutionArgs;
    if (!isIncremental(document)) return;
    if (!(contextValue as Context).request.accepts('parts')) {
      args.document = inOnePart(document);
      return;
    }
    return {
      onExecuteDone: () => ({
        onNext: ({ result, setResult }) => {
          const { incremental } = result as { readonly incremental?: readonly Part[] };
          if (incremental === undefined) return;
          const told = { ...result, incremental: incremental.map((part) => masked(part, mask)) };
          setResult(told);
        },
      }),
    };
  },
});

type Mask = (error: unknown) => GraphQLError;

interface Part {
  readonly errors?: readonly GraphQLError[];
}

/** As Yoga does with the first part. */
const masked = ({ errors, ...part }: Part, mask: Mask): object => ({
  ...part,
  ...(errors && { errors: errors.map((error) => toldError(mask(error))) }),
});

export const inOnePart = (document: DocumentNode): DocumentNode =>
  visit(document, {
    [Kind.DIRECTIVE]: ({ name }) => (NAMES.has(name.value) ? null : undefined),
  });

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
