import {
  type ASTVisitor,
  type DocumentNode,
  getNullableType,
  GraphQLError,
  type GraphQLSchema,
  isListType,
  Kind,
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
  validate,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { requestError } from '../request-error.ts';
import { FieldsOnCorrectTypeRule } from './fields.ts';
import { sentenceOf } from './messages.ts';

/** The most mistakes in one answer. */
const MAX_ERRORS = 10;

export type Validate = (schema: GraphQLSchema, document: DocumentNode) => GraphQLError[];

/** graphql-js quotes parts of the query in its messages, which may be long. In characters. */
const MAX_MESSAGE = 300;

/**
 * Validates with graphql-js' rules and two rules of incremental delivery.
 *
 * @param introspection On: the messages are graphql-js' own, which name the field, the type and similar names. Off:
 *   the messages name nothing of the schema.
 */
export function createValidate({ introspection }: { readonly introspection: boolean }): Validate {
  const rules = [
    KnownOperationTypeRule,
    ...specifiedRules.filter(({ name }) => name !== FieldsOnCorrectTypeRule.name),
    FieldsOnCorrectTypeRule,
    IncrementalLabelRule,
    StreamOnListRule,
    ...(introspection ? [] : [NoSchemaIntrospectionCustomRule]),
  ].map((rule) => withCode(rule, introspection ? undefined : sentenceOf(rule.name)));
  const options = { maxErrors: MAX_ERRORS, hideSuggestions: !introspection };
  return (schema, document) => toldOf(validate(schema, document, rules, options));
}

/**
 * The same rule, with a code on its errors.
 *
 * @param sentence Replaces the rule's own messages.
 */
function withCode(rule: ValidationRule, sentence: string | undefined): ValidationRule {
  return (context) => {
    const reporter = Object.create(context, {
      reportError: {
        value: (error: GraphQLError) => {
          const message = sentence ?? shorten(error.message);
          const nodes = error.nodes?.slice(0, MAX_ERRORS) ?? null;
          context.reportError(requestError('GRAPHQL_VALIDATION_FAILED', message, { nodes }));
        },
      },
    }) as ValidationContext;
    return rule(reporter);
  };
}

const shorten = (message: string): string =>
  message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;

/** graphql-js has no such rule: it checks this during execution. */
function KnownOperationTypeRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition: (node) => {
      if (context.getSchema().getRootType(node.operation)) return;
      const message = `The schema has no operations of the kind "${node.operation}".`;
      context.reportError(new GraphQLError(message, { nodes: node }));
    },
  };
}

/* The next two are rules of incremental delivery that graphql-js 16 does not have. */

/** https://github.com/graphql/graphql-spec/pull/1110: "Defer And Stream Directive Labels Are Unique". */
function IncrementalLabelRule(context: ValidationContext): ASTVisitor {
  const labels = new Set<string>();
  return {
    Directive: (node) => {
      if (node.name.value !== 'defer' && node.name.value !== 'stream') return;
      const label = node.arguments?.find(({ name }) => name.value === 'label')?.value;
      if (label === undefined) return;
      const isSound = label.kind === Kind.STRING && !labels.has(label.value);
      if (label.kind === Kind.STRING) labels.add(label.value);
      if (isSound || label.kind === Kind.NULL) return;
      const message = 'A label must be a string in the query, and unique in it.';
      context.reportError(new GraphQLError(message, { nodes: node }));
    },
  };
}

/** The same, "Stream Directives Are Used On List Fields". */
function StreamOnListRule(context: ValidationContext): ASTVisitor {
  return {
    Directive: (node) => {
      const type = context.getFieldDef()?.type;
      if (node.name.value === 'stream' && type && !isListType(getNullableType(type)))
        context.reportError(new GraphQLError('Only a list can be streamed.', { nodes: node }));
    },
  };
}

/** Errors without a code mean that graphql-js gave up: at the limit, or because a rule took too long. */
const toldOf = (errors: readonly GraphQLError[]): GraphQLError[] =>
  errors.flatMap((error) => {
    if (error.extensions['code'] !== undefined) return error;
    if (errors.length > 1) return [];
    return requestError('QUERY_TOO_COMPLEX', 'The query repeats fields too often to be checked.');
  });
