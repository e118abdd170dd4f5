/*
 * The messages of graphql-js' validation rules with introspection off. Each rule has one sentence that names
 * nothing of the schema and quotes nothing of the query. The error's locations show the part.
 */
const SENTENCES: Readonly<Record<string, string>> = {
  ExecutableDefinitionsRule: 'A query holds operations and fragments, nothing else.',
  KnownOperationTypeRule: 'The schema has no such operations.',
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
  IncrementalLabelRule: 'The argument may not be this.',
  StreamOnListRule: 'The directive may not be here.',
  SingleFieldSubscriptionsRule:
    'A subscription has one field, and neither @skip nor @include on it.',
  UniqueInputFieldNamesRule: 'The field of the input is given twice.',
  MaxIntrospectionDepthRule: 'Introspection goes too deep.',
  NoSchemaIntrospectionCustomRule: 'Introspection is turned off.',
};

/** The sentence of a rule, by the name of its function. */
export const sentenceOf = (rule: string): string => SENTENCES[rule] ?? 'The query is not valid.';
