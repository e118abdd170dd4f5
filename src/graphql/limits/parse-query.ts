import {
  type DocumentNode,
  GraphQLError,
  Kind,
  Lexer,
  OperationTypeNode,
  parse,
  Source,
  type Token,
  TokenKind,
} from 'graphql';
import { requestError, tooComplex } from '../request-error.ts';
import { measure, type MeasuredDefinition } from './query-shape.ts';

/** The limits of a query, for each operation and each fragment alone; see `QueryShape`. */
export const QUERY_LIMITS = {
  /** Allows 25 characters for each token, white space and comments included. */
  characters: 50_000,
  /** Bounds the number of comments, which are not tokens. */
  lines: 5000,
  tokens: 2000,
  selections: 2000,
  depth: 12,
  /** Twelve is too few for the introspection query of GraphiQL and of code generators, which takes 15. */
  introspectionDepth: 20,
  rootFields: 20,
  /** Each is a write, and waits for the one before. */
  mutations: 5,
  aliases: 30,
  directives: 50,
} as const;

/**
 * Parses a query within the limits. They are checked here, before validation: several rules of graphql-js take far
 * longer than linear time for a malicious query.
 *
 * We do not use graphql-armor. Its checks are validation rules, so they run beside the rules that they should
 * protect. They visit a fragment again for each spread, and refuse without our code.
 *
 * @throws GraphQLError `QUERY_TOO_COMPLEX`, `GRAPHQL_PARSE_FAILED`, or `GRAPHQL_VALIDATION_FAILED` for fragments
 *   that spread each other in a cycle.
 */
export function parseQuery(text: string): DocumentNode {
  check('characters', text.length);
  check('lines', text.split(/\r\n|\n|\r/).length);
  const document = parseBounded(new Source(text));
  const definitions = measure(document);
  if (definitions === undefined)
    throw requestError('GRAPHQL_VALIDATION_FAILED', 'A fragment of the query contains itself.');
  definitions.forEach(checkShape);
  return document;
}

const COUNTED: Record<keyof typeof QUERY_LIMITS, string> = {
  characters: 'characters',
  lines: 'lines',
  tokens: 'tokens',
  selections: 'selections once its fragments are written out',
  depth: 'levels',
  introspectionDepth: 'levels of introspection',
  rootFields: 'fields at its root',
  mutations: 'mutations',
  aliases: 'aliases once its fragments are written out',
  directives: 'directives once its fragments are written out',
};

function check(name: keyof typeof QUERY_LIMITS, figure: number): void {
  const limit = QUERY_LIMITS[name];
  if (figure <= limit) return;
  const count = figure > 1_000_000 ? 'more than 1000000' : String(figure);
  throw tooComplex(`The query has ${count} ${COUNTED[name]}; it may have ${limit}.`, { limit });
}

function checkShape({ definition, shape }: MeasuredDefinition): void {
  const isFragment = definition.kind === Kind.FRAGMENT_DEFINITION;
  const isOfIntrospection = isFragment && definition.typeCondition.name.value.startsWith('__');
  const { selections, aliases, directives, rootFields, depth, introspectionDepth } = shape;
  check('selections', selections);
  check(isOfIntrospection ? 'introspectionDepth' : 'depth', depth);
  check('introspectionDepth', introspectionDepth);
  check('rootFields', isFragment ? 0 : rootFields);
  check('mutations', isMutation(definition) ? rootFields : 0);
  check('aliases', aliases);
  check('directives', directives);
}

const isMutation = (definition: MeasuredDefinition['definition']): boolean =>
  definition.kind === Kind.OPERATION_DEFINITION &&
  definition.operation === OperationTypeNode.MUTATION;

/** Stops at the limit with our code, which the parser's `maxTokens` does not have. */
class BoundedLexer extends Lexer {
  #tokens = 0;

  override advance(): Token {
    const token = super.advance();
    if (token.kind !== TokenKind.EOF && ++this.#tokens > QUERY_LIMITS.tokens)
      throw tooComplex(
        `The query has more than ${QUERY_LIMITS.tokens} tokens; it may have ${QUERY_LIMITS.tokens}.`,
        { limit: QUERY_LIMITS.tokens },
      );
    return token;
  }
}

function parseBounded(source: Source): DocumentNode {
  try {
    return parse(source, { lexer: new BoundedLexer(source) });
  } catch (error) {
    if (!(error instanceof GraphQLError) || error.extensions['code'] !== undefined) throw error;
    throw requestError('GRAPHQL_PARSE_FAILED', describe(error.message), {
      source,
      positions: error.positions,
    });
  }
}

/*
 * The beginnings of graphql-js' messages, up to where they quote input: what was expected, and the kind of token
 * that was found.
 */
const KIND = /"[^\w\s"]{1,3}"|<EOF>|Name|Int|Float|String|BlockString/.source;
const EXPECTED = new RegExp(`^Syntax Error: (Expected (?:${KIND}|"[a-z]+"), found (?:${KIND}))`);
const UNEXPECTED = new RegExp(`^Syntax Error: (Unexpected (?:${KIND}))`);
const UNTERMINATED = /^Syntax Error: (Unterminated string)\.$/;

function describe(message: string): string {
  const found = [EXPECTED, UNEXPECTED, UNTERMINATED].map((words) => words.exec(message)?.[1]);
  return `Syntax error: ${found.find((words) => words !== undefined) ?? 'this is not GraphQL'}.`;
}
