import {
  type FieldNode,
  getNamedType,
  type GraphQLError,
  type GraphQLNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  Kind,
  type OperationDefinitionNode,
  type ValidationContext,
} from 'graphql';
import { describeInput } from './input-types.ts';

interface Mistake {
  readonly says: string;
  /** What the schema has in its place; only told where introspection is on. */
  readonly hint?: (context: ValidationContext, error: GraphQLError) => string | undefined;
}

/**
 * What a caller reads for each of graphql-js' rules, whose own messages quote the query. Names come from
 * the schema alone; which part of the query is meant, the error's locations tell.
 */
const MISTAKES: Readonly<Record<string, Mistake>> = {
  ExecutableDefinitionsRule: { says: 'A query holds operations and fragments, nothing else.' },
  KnownOperationTypeRule: { says: 'The schema has no operations of this kind.' },
  UniqueOperationNamesRule: { says: 'Two operations have the same name.' },
  LoneAnonymousOperationRule: { says: 'An operation without a name must be the only one.' },
  KnownTypeNamesRule: { says: 'There is no such type.' },
  FragmentsOnCompositeTypesRule: { says: 'A fragment is on an object, an interface or a union.' },
  VariablesAreInputTypesRule: { says: 'A variable is of a scalar, an enum or an input type.' },
  ScalarLeafsRule: {
    says: 'A field of an object needs a selection of fields, any other field may not have one.',
    hint: (context) => {
      const field = context.getFieldDef();
      return field ? fieldNames(getNamedType(field.type)) : undefined;
    },
  },
  FieldsOnCorrectTypeRule: {
    says: 'There is no such field.',
    hint: (context, error) =>
      fragmentFor(context, error) ?? fieldNames(context.getParentType() ?? undefined),
  },
  UniqueFragmentNamesRule: { says: 'Two fragments have the same name.' },
  KnownFragmentNamesRule: { says: 'There is no such fragment.' },
  NoUnusedFragmentsRule: { says: 'The fragment is not used.' },
  PossibleFragmentSpreadsRule: {
    says: 'The fragment is on a type that cannot occur here.',
    hint: (context) => typeHere(context.getParentType() ?? undefined),
  },
  NoFragmentCyclesRule: { says: 'The fragment contains itself.' },
  UniqueVariableNamesRule: { says: 'Two variables have the same name.' },
  NoUndefinedVariablesRule: { says: 'The variable is not declared by the operation.' },
  NoUnusedVariablesRule: { says: 'The variable is declared, but not used.' },
  KnownDirectivesRule: {
    says: 'There is no such directive, or not in this place.',
    hint: (context) => list('The schema has', context.getSchema().getDirectives(), '@'),
  },
  UniqueDirectivesPerLocationRule: { says: 'The directive may be there once only.' },
  KnownArgumentNamesRule: {
    says: 'There is no such argument.',
    hint: (context) => {
      const taker = context.getDirective() ?? context.getFieldDef();
      return taker ? list(`"${taker.name}" takes`, taker.args) : undefined;
    },
  },
  UniqueArgumentNamesRule: { says: 'The argument is given twice.' },
  ProvidedRequiredArgumentsRule: {
    says: 'An argument is missing.',
    hint: (context) => {
      const taker = context.getDirective() ?? context.getFieldDef();
      return taker
        ? list(`"${taker.name}" needs`, taker.args.filter(isRequiredArgument))
        : undefined;
    },
  },
  ValuesOfCorrectTypeRule: {
    says: 'The value is not what is expected here.',
    hint: (context, { nodes }) => {
      const isField = nodes?.[0]?.kind === Kind.OBJECT_FIELD;
      const type = isField ? context.getParentInputType() : context.getInputType();
      return type ? `Expected ${describeInput(type)}.` : undefined;
    },
  },
  VariablesInAllowedPositionRule: {
    says: 'The variable is of a type that does not fit where it is used.',
    hint: (context, { nodes }) => {
      const usages = context
        .getDocument()
        .definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
        .flatMap((operation) =>
          context.getRecursiveVariableUsages(operation as OperationDefinitionNode),
        );
      const type = usages.find(({ node }) => node === nodes?.[1])?.type;
      return type ? `Expected ${describeInput(type)}.` : undefined;
    },
  },
  OverlappingFieldsCanBeMergedRule: {
    says: 'Fields of the same name in the answer differ: give them different aliases.',
  },
  IncrementalLabelRule: {
    says: 'The argument may not be this.',
    hint: () => 'A label is a string in the query, and there once only.',
  },
  StreamOnListRule: {
    says: 'The directive may not be here.',
    hint: () => 'Only a list can be streamed.',
  },
  SingleFieldSubscriptionsRule: {
    says: 'A subscription has one field, and neither @skip nor @include on it.',
  },
  UniqueInputFieldNamesRule: { says: 'The field of the input is given twice.' },
  MaxIntrospectionDepthRule: { says: 'Introspection goes too deep.' },
  NoSchemaIntrospectionCustomRule: { says: 'Introspection is turned off.' },
};

/** What to tell of a mistake that a rule found, at the moment when the rule reports it. */
export function describeMistake(
  rule: string,
  context: ValidationContext,
  error: GraphQLError,
  introspection: boolean,
): string {
  const { says, hint } = MISTAKES[rule] ?? { says: 'The query is not valid.' };
  const hinted = introspection ? hint?.(context, error) : undefined;
  return hinted === undefined ? says : `${says} ${hinted}`;
}

const list = (
  has: string,
  items: readonly { readonly name: string }[],
  mark = '',
): string | undefined =>
  items.length === 0
    ? undefined
    : `${has} ${items.map(({ name }) => `${mark}${name}`).join(', ')}.`;

const typeHere = (type: GraphQLNamedType | undefined): string | undefined =>
  type && `Here is a "${type.name}".`;

const fieldNames = (type: GraphQLNamedType | undefined): string | undefined =>
  isObjectType(type) || isInterfaceType(type)
    ? list(`"${type.name}" has`, Object.values(type.getFields()))
    : typeHere(type);

/** The most common mistake: a field of one of the types that an interface or a union stands for. */
function fragmentFor(context: ValidationContext, { nodes }: GraphQLError): string | undefined {
  const parent = context.getParentType();
  const name = (nodes?.[0] as FieldNode | undefined)?.name.value ?? '';
  if (!isAbstractType(parent)) return undefined;
  const schema = context.getSchema();
  const types = schema.getPossibleTypes(parent);
  const holders = [...new Set(types.flatMap((type) => [...type.getInterfaces(), type]))].filter(
    (type) => Object.hasOwn(type.getFields(), name),
  );
  return list(`"${parent.name}" has it in a fragment on`, holders);
}
