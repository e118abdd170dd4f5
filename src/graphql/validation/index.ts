import {
  type ASTVisitor,
  type DirectiveNode,
  type DocumentNode,
  FieldsOnCorrectTypeRule,
  getNullableType,
  GraphQLError,
  type GraphQLSchema,
  isListType,
  Kind,
  NoSchemaIntrospectionCustomRule,
  OperationTypeNode,
  specifiedRules,
  validate,
  visit,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { requestError } from '../request-error.ts';
import { FieldsNearMatchRule } from './fields.ts';

const MAX_ERRORS = 10;

export type Validate = (schema: GraphQLSchema, document: DocumentNode) => GraphQLError[];

/** graphql-js quotes parts of the query in its messages, which may be long. In characters. */
const MAX_MESSAGE = 300;

/**
 * Validates with graphql-js' rules, two rules of incremental delivery, and one of ours.
 *
 * @param introspection On: the messages are graphql-js' own, which name the field, the type and similar names. Off:
 *   the messages name nothing of the schema.
 */
export function createValidate({ introspection }: { readonly introspection: boolean }): Validate {
  const rules = [
    ...specifiedRules,
    IncrementalLabelRule,
    StreamOnListRule,
    MutationInOnePieceRule,
    ...(introspection ? [] : [NoSchemaIntrospectionCustomRule]),
  ].map((rule) =>
    withCode(
      rule === FieldsOnCorrectTypeRule ? FieldsNearMatchRule : rule,
      introspection ? undefined : (SENTENCES[rule.name] ?? 'The query is not valid.'),
    ),
  );
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

/** What a write has come to is not told in parts: its deadline is that of the whole answer. */
function MutationInOnePieceRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition: (operation) => {
      if (operation.operation !== OperationTypeNode.MUTATION) return false;
      const refuse = (node: DirectiveNode): void => {
        if (node.name.value !== 'defer' && node.name.value !== 'stream') return;
        const message = 'A mutation has neither @defer nor @stream.';
        context.reportError(new GraphQLError(message, { nodes: node }));
      };
      for (const part of [operation, ...context.getRecursivelyReferencedFragments(operation)])
        visit(part, { Directive: refuse });
      return false;
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

/*
 * The messages of graphql-js' validation rules with introspection off. Each rule has one sentence that names
 * nothing of the schema and quotes nothing of the query. The error's locations show the part.
 */
export const SENTENCES: Readonly<Record<string, string>> = {
  ExecutableDefinitionsRule: 'A query holds operations and fragments, nothing else.',
  UniqueOperationNamesRule: 'Two operations have the same name.',
  LoneAnonymousOperationRule: 'An operation without a name must be the only one.',
  KnownTypeNamesRule: 'There is no such type.',
  FragmentsOnCompositeTypesRule: 'A fragment is on an object, an interface or a union.',
  VariablesAreInputTypesRule: 'A variable is of a scalar, an enum or an input type.',
  ScalarLeafsRule:
    'A field of an object needs a selection of fields, any other field may not have one.',
  FieldsOnCorrectTypeRule: 'There is no such field.',
  UniqueFragmentNamesRule: 'Two fragments have the same name.',
  KnownFragmentNamesRule: 'There is no such fragment.',
  NoUnusedFragmentsRule: 'The fragment is not used.',
  PossibleFragmentSpreadsRule: 'The fragment is on a type that cannot occur here.',
  NoFragmentCyclesRule: 'The fragment contains itself.',
  UniqueVariableNamesRule: 'Two variables have the same name.',
  NoUndefinedVariablesRule: 'The variable is not declared by the operation.',
  NoUnusedVariablesRule: 'The variable is declared, but not used.',
  KnownDirectivesRule: 'There is no such directive, or not in this place.',
  UniqueDirectivesPerLocationRule: 'The directive may be there once only.',
  KnownArgumentNamesRule: 'There is no such argument.',
  UniqueArgumentNamesRule: 'The argument is given twice.',
  ProvidedRequiredArgumentsRule: 'An argument is missing.',
  ValuesOfCorrectTypeRule: 'The value is not what is expected here.',
  VariablesInAllowedPositionRule: 'The variable is of a type that does not fit where it is used.',
  OverlappingFieldsCanBeMergedRule:
    'Fields of the same name in the answer differ: give them different aliases.',
  MutationInOnePieceRule: 'A mutation has neither @defer nor @stream.',
  IncrementalLabelRule: 'The argument may not be this.',
  StreamOnListRule: 'The directive may not be here.',
  SingleFieldSubscriptionsRule:
    'A subscription has one field, and neither @skip nor @include on it.',
  UniqueInputFieldNamesRule: 'The field of the input is given twice.',
  MaxIntrospectionDepthRule: 'Introspection goes too deep.',
  NoSchemaIntrospectionCustomRule: 'Introspection is turned off.',
};
