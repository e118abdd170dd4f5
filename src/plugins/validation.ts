import {
  type ASTVisitor,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
  validate,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { requestError } from '../errors.ts';
import { IncrementalLabelRule, StreamOnListRule } from './incremental-rules.ts';
import { describeMistake } from './validation-messages.ts';

/** So many mistakes are told at once. */
const MAX_ERRORS = 10;

export type Validate = (schema: GraphQLSchema, document: DocumentNode) => GraphQLError[];

/**
 * Validates by graphql-js' rules, with messages of ours that quote nothing of the query.
 *
 * @param introspection Off: the schema cannot be asked for, and messages tell nothing of it either.
 */
export function createValidate({ introspection }: { readonly introspection: boolean }): Validate {
  const rules = [
    KnownOperationTypeRule,
    ...specifiedRules,
    IncrementalLabelRule,
    StreamOnListRule,
    ...(introspection ? [] : [NoSchemaIntrospectionCustomRule]),
  ].map((rule) => inOurWords(rule, introspection));
  return (schema, document) =>
    toldOf(validate(schema, document, rules, { maxErrors: MAX_ERRORS, hideSuggestions: true }));
}

/** Has Yoga validate so. */
export const useValidation = (validate: Validate): Plugin => ({
  onValidate: ({ setValidationFn }) => setValidationFn(validate),
});

/** The rule with its messages replaced where they are made: there the type that is being looked at is known. */
function inOurWords(rule: ValidationRule, introspection: boolean): ValidationRule {
  return (context) => {
    const reporter = Object.create(context, {
      reportError: {
        value: (error: GraphQLError) => {
          const message = describeMistake(rule.name, context, error, introspection);
          const nodes = error.nodes?.slice(0, MAX_ERRORS) ?? null;
          context.reportError(requestError('GRAPHQL_VALIDATION_FAILED', message, { nodes }));
        },
      },
    }) as ValidationContext;
    return rule(reporter);
  };
}

/** graphql-js has no such rule: it leaves this to the execution. */
function KnownOperationTypeRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition: (node) => {
      if (!context.getSchema().getRootType(node.operation))
        context.reportError(new GraphQLError('', { nodes: node }));
    },
  };
}

/** Errors without a code are those by which graphql-js gives up: at the limit, or where a rule takes too long. */
const toldOf = (errors: readonly GraphQLError[]): GraphQLError[] =>
  errors.flatMap((error) => {
    if (error.extensions['code'] !== undefined) return error;
    if (errors.length > 1) return [];
    return requestError('QUERY_TOO_COMPLEX', 'The query repeats fields too often to be checked.');
  });
