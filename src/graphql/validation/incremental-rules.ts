import {
  type ASTVisitor,
  getNullableType,
  GraphQLError,
  isListType,
  Kind,
  type ValidationContext,
} from 'graphql';

/* The validation rules of incremental delivery that graphql-js 16 does not have. */

/** https://github.com/graphql/graphql-spec/pull/1110: "Defer And Stream Directive Labels Are Unique". */
export function IncrementalLabelRule(context: ValidationContext): ASTVisitor {
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
export function StreamOnListRule(context: ValidationContext): ASTVisitor {
  return {
    Directive: (node) => {
      const type = context.getFieldDef()?.type;
      if (node.name.value === 'stream' && type && !isListType(getNullableType(type)))
        context.reportError(new GraphQLError('Only a list can be streamed.', { nodes: node }));
    },
  };
}
