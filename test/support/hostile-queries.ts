/** Queries that are made to hurt, each by a way of its own. */

const times = (count: number, write: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => write(index)).join(' ');

/** Each fragment spreads the next one twice: 2^levels spreads in some 40 bytes a level. */
const bomb = (levels: number): string =>
  `{ mainMenu { ...F0 } } ${times(levels, (n) => `fragment F${n} on MenuEntry { ...F${n + 1} ...F${n + 1} }`)} fragment F${levels} on MenuEntry { id }`;

/** The same with a field at each level, so that the answer itself would double. */
const fieldBomb = (levels: number): string =>
  `{ mainMenu { ...F0 } } ${times(levels, (n) => `fragment F${n} on MenuEntry { parent { ...F${n + 1} } children { ...F${n + 1} } }`)} fragment F${levels} on MenuEntry { id }`;

const nested = (levels: number, field: string): string =>
  `${`{ ${field} `.repeat(levels)}{ id } ${'} '.repeat(levels)}`;

export interface HostileQuery {
  readonly name: string;
  readonly query: string;
  readonly code: 'QUERY_TOO_COMPLEX' | 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED';
  /** What the message says, of the limit and the figure. */
  readonly says: string;
}

const tooComplex = (name: string, query: string, says: string): HostileQuery => ({
  name,
  query,
  code: 'QUERY_TOO_COMPLEX',
  says,
});

export const HOSTILE_QUERIES: readonly HostileQuery[] = [
  tooComplex('2^25 spreads in 1 KB', bomb(25), 'more than 1000000 selections'),
  tooComplex('2^25 fields in 2 KB', fieldBomb(25), 'more than 1000000 selections'),
  tooComplex('2^150 spreads', bomb(150), 'more than 1000000 selections'),
  tooComplex('a bomb that is not used', bomb(25).replace('...F0', 'id'), 'more than 1000000'),
  tooComplex('20,000 levels', nested(20_000, 'a'), 'characters'),
  tooComplex('8,000 levels', nested(8000, 'a'), 'more than 2000 tokens'),
  tooComplex('600 levels', nested(600, 'children'), '601 levels; it may have 12'),
  tooComplex('13 levels', nested(12, 'a'), '13 levels; it may have 12'),
  tooComplex(
    '13 levels by fragments',
    `{ a { ...F0 } } ${times(11, (n) => `fragment F${n} on A { a { ...F${n + 1} } }`)} fragment F11 on A { id }`,
    '13 levels; it may have 12',
  ),
  tooComplex(
    '21 levels of introspection',
    `{ __schema { types { fields { type ${nested(17, 'ofType').replace('{ id }', '{ name }')} } } } }`,
    '22 levels of introspection; it may have 20',
  ),
  tooComplex(
    '21 fields at the root',
    `{ ${times(21, () => '__typename')} }`,
    '21 fields at its root',
  ),
  tooComplex(
    '21 fields at the root, by a fragment',
    `{ ...F ...F ...F } fragment F on Query { ${times(7, () => '__typename')} }`,
    '21 fields at its root; it may have 20',
  ),
  tooComplex(
    '31 aliases',
    `{ mainMenu { ... on MenuEntry { ${times(31, (n) => `a${n}: id`)} } } }`,
    '31 aliases once its fragments are written out; it may have 30',
  ),
  tooComplex(
    '32 aliases, by a fragment',
    `{ mainMenu { ...F parent { ...F } } } fragment F on MenuEntry { ${times(16, (n) => `a${n}: id`)} }`,
    '32 aliases',
  ),
  tooComplex('51 directives', `{ mainMenu ${'@a '.repeat(51)}{ id } }`, '51 directives'),
  tooComplex('900 directives', `{ mainMenu ${'@a '.repeat(900)}{ id } }`, '900 directives'),
  tooComplex('a million directives', `{ a ${'@a'.repeat(450_000)} }`, 'characters'),
  tooComplex(
    '100 directives on the operation',
    `query ${'@a '.repeat(100)}{ id }`,
    '100 directives',
  ),
  tooComplex(
    '100 directives on variables',
    `query(${times(100, (n) => `$a${n}: Int @a`)}) { id }`,
    '100 directives',
  ),
  tooComplex('1 MB of one name', `{ ${'a'.repeat(990_000)} }`, '990004 characters'),
  tooComplex('1 MB of fields', `{ ${'a '.repeat(480_000)} }`, '960004 characters'),
  tooComplex('0.9 MB of comments', `{ a } ${'#\n'.repeat(300_000)}`, '600006 characters'),
  tooComplex('2,001 tokens', `{ a { ${'b '.repeat(1996)}} }`, 'more than 2000 tokens'),
  tooComplex(
    'one field side by side with itself',
    `{ mainMenu { ... on MenuEntry { ${'id '.repeat(1980)} } } }`,
    'repeats fields too often',
  ),
  {
    name: 'fragments in a circle',
    query:
      '{ mainMenu { ...A } } fragment A on MenuEntry { ...B } fragment B on MenuEntry { ...A }',
    code: 'GRAPHQL_VALIDATION_FAILED',
    says: 'contains itself',
  },
  {
    name: 'fragments in a circle, each with a field',
    query: `{ mainMenu { ...A } } fragment A on MenuEntry { children { ...A ...A } }`,
    code: 'GRAPHQL_VALIDATION_FAILED',
    says: 'contains itself',
  },
  {
    name: '200 fragments in a circle',
    query: `{ mainMenu { ...F0 } } ${times(200, (n) => `fragment F${n} on MenuEntry { ...F${(n + 1) % 200} }`)}`,
    code: 'GRAPHQL_VALIDATION_FAILED',
    says: 'contains itself',
  },
  {
    name: 'a list in 900 lists',
    query: `{ groups(first: ${'['.repeat(900)}1${']'.repeat(900)}) { totalCount } }`,
    code: 'GRAPHQL_VALIDATION_FAILED',
    says: 'Int cannot represent non-integer value: [[[',
  },
  {
    name: '1,990 fields that do not exist',
    query: `{ mainMenu { ... on MenuEntry { ${times(990, (n) => `nam${n % 7}`)} } } }`,
    code: 'GRAPHQL_VALIDATION_FAILED',
    says: 'Cannot query field "nam0"',
  },
  {
    name: '400 variables of one name',
    query: `query(${times(400, () => '$a: Int')}) { mainMenu { __typename } }`,
    code: 'GRAPHQL_VALIDATION_FAILED',
    says: 'There can be only one variable named "$a".',
  },
  tooComplex('50 kB of comments', `{ ${'#\n'.repeat(24_900)}`, '24901 lines; it may have 5000'),
  {
    name: '5,000 comments',
    query: `{ ${'#\n'.repeat(4999)}`,
    code: 'GRAPHQL_PARSE_FAILED',
    says: 'Syntax error: Expected Name, found <EOF>.',
  },
  {
    name: 'a string without an end',
    query: `{ a(b: "${'c'.repeat(49_000)}`,
    code: 'GRAPHQL_PARSE_FAILED',
    says: 'Syntax error: Unterminated string.',
  },
];
