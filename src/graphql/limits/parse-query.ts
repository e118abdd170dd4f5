import {
  type DocumentNode,
  GraphQLError,
  Kind,
  Lexer,
  parse,
  Source,
  type Token,
  TokenKind,
} from 'graphql';
import { requestError, tooComplex } from '../request-error.ts';
import { measure, type MeasuredDefinition } from './query-shape.ts';

/** What a query may be; each operation and each fragment by itself; see `QueryShape`. */
export const QUERY_LIMITS = {
  /** Room for 25 characters a token, white space and comments included. */
  characters: 50_000,
  /** So comments, which are no tokens, are no more than these. */
  lines: 5000,
  tokens: 2000,
  selections: 2000,
  depth: 12,
  /** Twelve is too few for the introspection query of GraphiQL and of code generators, which takes 15. */
  introspectionDepth: 20,
  rootFields: 20,
  aliases: 30,
  directives: 50,
} as const;

/**
 * Parses a query that keeps to the limits. They are checked here, ahead of validation: several of
 * graphql-js' own rules take far longer than linear time for a query that is made for it.
 *
 * graphql-armor was considered: its checks run as validation rules, so beside the ones to be kept from
 * work, walk a fragment anew for each spread, and refuse without a code of ours.
 *
 * @throws GraphQLError `QUERY_TOO_COMPLEX`, `GRAPHQL_PARSE_FAILED`, or `GRAPHQL_VALIDATION_FAILED` for
 *   fragments that spread one another in a circle.
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

/** What a figure counts, in the words of a message. */
const COUNTED: Record<keyof typeof QUERY_LIMITS, string> = {
  characters: 'characters',
  lines: 'lines',
  tokens: 'tokens',
  selections: 'selections once its fragments are written out',
  depth: 'levels',
  introspectionDepth: 'levels of introspection',
  rootFields: 'fields at its root',
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
  check('aliases', aliases);
  check('directives', directives);
}

/** Stops at the limit with a code of its own, which the parser's `maxTokens` lacks. */
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
 * Of graphql-js' words those that stand before anything of the input does: what it expected, and of what
 * kind the token is that it found.
 */
const KIND = /"[^\w\s"]{1,3}"|<EOF>|Name|Int|Float|String|BlockString/.source;
const EXPECTED = new RegExp(`^Syntax Error: (Expected (?:${KIND}|"[a-z]+"), found (?:${KIND}))`);
const UNEXPECTED = new RegExp(`^Syntax Error: (Unexpected (?:${KIND}))`);
const UNTERMINATED = /^Syntax Error: (Unterminated string)\.$/;

/** What the parser found wrong, without quoting the query; where, the error's location tells. */
function describe(message: string): string {
  const told = [EXPECTED, UNEXPECTED, UNTERMINATED].map((words) => words.exec(message)?.[1]);
  return `Syntax error: ${told.find((words) => words !== undefined) ?? 'this is not GraphQL'}.`;
}
