import { asking, type Exchange, GRAPHQL_RESPONSE } from '../exchange.ts';

/** By the rule's name: a query that breaks it. */
export const RULES: Record<string, string> = {
  ExecutableDefinitionsRule: '{ __typename } type A { b: Int }',
  FieldsOnCorrectTypeRule: '{ groups { nodes { name tasks { totalCount } } } grups { a } }',
  FragmentsOnCompositeTypesRule: '{ mainMenu { ... on String { id } } }',
  KnownArgumentNamesRule:
    '{ groups(fisrt: 1) { totalCount } __typename @skip(unless: true, if: true) }',
  KnownDirectivesRule: '{ __typename @nope a: __typename @deprecated }',
  KnownFragmentNamesRule: '{ ...Nope }',
  KnownTypeNamesRule: 'query ($a: Nope) { mainMenu { ... on Nop { id } ... on Icn { path } } }',
  LoneAnonymousOperationRule: '{ __typename } query A { __typename }',
  MaxIntrospectionDepthRule:
    '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } }',
  NoFragmentCyclesRule: '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
  NoUndefinedVariablesRule: 'query A { groups(first: $n) { totalCount } }',
  NoUnusedFragmentsRule: '{ __typename } fragment A on Query { __typename }',
  NoUnusedVariablesRule: 'query A($n: Int) { __typename }',
  OverlappingFieldsCanBeMergedRule: '{ a: __typename a: groups { totalCount } }',
  PossibleFragmentSpreadsRule: '{ mainMenu { ... on User { id } ...A } } fragment A on Task { id }',
  ProvidedRequiredArgumentsRule: '{ group { __typename } __typename @skip }',
  ScalarLeafsRule: '{ mainMenu groups { totalCount { a } } }',
  SingleFieldSubscriptionsRule:
    'subscription { groupChanged { cursor } b: groupChanged { cursor } }',
  UniqueArgumentNamesRule: '{ groups(first: 1, first: 2) { totalCount } }',
  UniqueDirectivesPerLocationRule: '{ __typename @skip(if: true) @skip(if: false) }',
  UniqueFragmentNamesRule:
    '{ ...A } fragment A on Query { a: __typename } fragment A on Query { b: __typename }',
  UniqueInputFieldNamesRule: '{ groups(filter: { search: "a", search: "b" }) { totalCount } }',
  UniqueOperationNamesRule: 'query A { __typename } query A { b: __typename }',
  UniqueVariableNamesRule: 'query ($a: Int, $a: Int) { groups(first: $a) { totalCount } }',
  ValuesOfCorrectTypeRule:
    '{ groups(first: "7", filter: { type: TASKS, since: 1 }) { totalCount } group(id: [1]) { __typename } }',
  VariablesAreInputTypesRule: 'query ($a: Icon) { __typename }',
  VariablesInAllowedPositionRule: 'query ($a: String) { groups(first: $a) { totalCount } }',
};

const SYNTAX = [
  ...[
    '{',
    '}',
    '{ }',
    '{ a',
    '{ a(b: ) }',
    '{ a(b: "c) }',
    '{ a @ }',
    '{ ...on }',
    '{ a: }',
    'query',
  ],
  ...[
    'query ($a) { a }',
    'fragment on on A { a }',
    '{ a(b: 1.) }',
    '{ a(b: 01) }',
    '{ ? }',
    '{ a } }',
  ],
  ...[
    '{ a(b: "\\q") }',
    '{ a(b: """c) }',
    'nope { a }',
    '{ a\u0007 }',
    "{ a(b: 'c') }",
    '&',
    'type A',
  ],
];

export const VALIDATION: readonly Exchange[] = [
  ...Object.entries(RULES).flatMap(([rule, query]) => [
    asking(rule, query, { headers: GRAPHQL_RESPONSE }),
    asking(`${rule}, introspection off`, query, { headers: GRAPHQL_RESPONSE, gateway: 'closed' }),
  ]),
  ...SYNTAX.map((text) =>
    asking(`syntax: ${JSON.stringify(text)}`, text, { headers: GRAPHQL_RESPONSE }),
  ),
  asking('a mutation', 'mutation { a }', { headers: GRAPHQL_RESPONSE }),
  asking('a subscription over JSON', 'subscription { groupChanged { cursor } }', {
    headers: GRAPHQL_RESPONSE,
  }),
  asking(
    'many mistakes at once',
    `{ ${Array.from({ length: 30 }, (_, n) => `nope${n}`).join(' ')} }`.replaceAll('nope2', 'nop'),
    {
      headers: GRAPHQL_RESPONSE,
    },
  ),
];
