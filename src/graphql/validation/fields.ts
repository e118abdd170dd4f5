import {
  FieldsOnCorrectTypeRule,
  GraphQLError,
  type GraphQLSchema,
  type GraphQLUnionType,
  isUnionType,
  Kind,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { suggestionList } from 'graphql/jsutils/suggestionList.js';

/**
 * graphql-js' `FieldsOnCorrectTypeRule`. It knows near matches of the fields of a type, but not of a union, which has no
 * fields itself: those of its members are read through fragments.
 */
export const FieldsNearMatchRule: ValidationRule = (context) =>
  FieldsOnCorrectTypeRule(
    Object.create(context, {
      reportError: {
        value: (error: GraphQLError) => {
          const type = context.getParentType();
          const [node] = error.nodes ?? [];
          const isBare = isUnionType(type) && !error.message.includes('Did you mean');
          const hint =
            isBare && node?.kind === Kind.FIELD
              ? hintFor(context.getSchema(), type, node.name.value)
              : '';
          const told = new GraphQLError(error.message + hint, { nodes: error.nodes ?? null });
          context.reportError(told);
        },
      },
    }) as ValidationContext,
  );

/** The fragment with the nearest field of a member: on an interface if that has it, so that it is for all members. */
function hintFor(schema: GraphQLSchema, union: GraphQLUnionType, name: string): string {
  const members = schema.getPossibleTypes(union);
  const owners = [...members.flatMap((member) => member.getInterfaces()), ...members];
  const fields = owners.flatMap((owner) => Object.keys(owner.getFields()));
  const [near] = suggestionList(name, [...new Set(fields)]);
  const owner = owners.find((it) => near !== undefined && near in it.getFields());
  return owner ? ` Did you mean "... on ${owner.name} { ${near} }"?` : '';
}
