import {
  GraphQLError,
  type GraphQLErrorExtensions,
  type GraphQLErrorOptions,
  type GraphQLFormattedError,
  Kind,
} from 'graphql';
import { CotalkerError, type CotalkerErrorCode } from './cotalker/errors.ts';

/**
 * What a caller reads for each way in which Cotalker can fail. Our own words only: no upstream body,
 * URL, host or stack reaches a caller.
 */
const MESSAGES: Record<CotalkerErrorCode, string> = {
  UNAUTHENTICATED: 'Cotalker needs a valid token: send it as "Authorization: Bearer <token>".',
  FORBIDDEN: 'The token may not read this.',
  NOT_FOUND: 'Cotalker does not know this record.',
  RATE_LIMITED: 'Cotalker takes no more calls at the moment.',
  UPSTREAM_UNAVAILABLE: 'Cotalker cannot be reached at the moment.',
  UPSTREAM_TIMEOUT: 'Cotalker did not answer in time.',
  UPSTREAM_INVALID_RESPONSE: 'Cotalker answered with something unexpected.',
  UPSTREAM_BUDGET_EXCEEDED: 'The query needs more calls to Cotalker than one request may make.',
  OVERLOADED: takesNoMore('requests'),
};

/** The codes of errors in words of ours, or in such words of Yoga's that quote nothing. */
const OWN_CODES = [
  'BAD_REQUEST',
  'REQUEST_ENTITY_TOO_LARGE',
  'OPERATION_RESOLUTION_FAILURE',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'QUERY_TOO_COMPLEX',
  'OVERLOADED',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_ONLY',
  'DOCUMENTS_UNAVAILABLE',
  'UNSAFE_URL',
];

/** Every code that an answer of GraphQL may have. */
export const ERROR_CODES: ReadonlySet<string> = new Set([
  ...OWN_CODES,
  ...Object.keys(MESSAGES),
  'INTERNAL_SERVER_ERROR',
]);

/** The caller's input is at fault; the message says what is wrong with it. */
export const badUserInput = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

/** A request that is no GraphQL request at all: 4xx, whatever media type is asked for. */
export const badRequest = (message: string, status = 400): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status } } });

/** A body of more bytes than are taken; the words are Yoga's. */
export const bodyTooLarge = (): GraphQLError =>
  new GraphQLError('Request body too large', {
    extensions: { code: 'REQUEST_ENTITY_TOO_LARGE', http: { status: 413 } },
  });

type RequestErrorCode =
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'BAD_USER_INPUT'
  | 'QUERY_TOO_COMPLEX'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'PERSISTED_QUERY_ONLY';

type Place = Pick<GraphQLErrorOptions, 'nodes' | 'source' | 'positions'>;

/**
 * A query that is not executed. `spec` has Yoga answer 400 under `application/graphql-response+json` and
 * 200 under `application/json`, see https://graphql.github.io/graphql-over-http/draft/#sec-Status-Codes.
 */
export const requestError = (
  code: RequestErrorCode,
  message: string,
  place: Place = {},
  figures: { readonly limit?: number; readonly cost?: number } = {},
): GraphQLError =>
  new GraphQLError(message, {
    ...place,
    extensions: { code, ...figures, http: { spec: true, status: 400 } },
  });

/** A query that exceeds a limit. */
export const tooComplex = (
  message: string,
  figures: { readonly limit: number; readonly cost?: number },
): GraphQLError => requestError('QUERY_TOO_COMPLEX', message, {}, figures);

/**
 * No more are taken just now.
 *
 * @param what Of which there are too many.
 * @param retryAfter In seconds. Default: a time of its own for each caller, lest they all come at once.
 */
export const overloaded = (what: string, retryAfter = spread()): GraphQLError =>
  at(undefined, takesNoMore(what), { code: 'OVERLOADED', ...comeAgain(retryAfter) });

/** Whether there is a document of this id cannot be told just now. */
export const documentsUnavailable = (): GraphQLError =>
  at(undefined, 'The gateway cannot look the document up at the moment.', {
    code: 'DOCUMENTS_UNAVAILABLE',
    ...comeAgain(spread()),
  });

function takesNoMore(what: string): string {
  return `The gateway takes no more ${what} at the moment.`;
}

/** From 1 to 3 seconds. */
const spread = (): number => 1 + Math.floor(Math.random() * 3);

/** An answer of 503, which tells when to come again, in seconds: in its body and in its head. */
const comeAgain = (retryAfter: number | undefined): GraphQLErrorExtensions => ({
  ...(retryAfter !== undefined && { retryAfter }),
  http: { status: 503, headers: { 'retry-after': String(retryAfter) } },
});

/** A link that could run script when followed is held back. */
export const unsafeUrl = (): GraphQLError =>
  new GraphQLError('The link is held back: following it could run script.', {
    extensions: { code: 'UNSAFE_URL' },
  });

/**
 * An error of the execution as the caller gets to see it. Ours keep their words and code, Cotalker's
 * get those of the table, and any other is a defect of the gateway, of which nothing is told.
 */
export function toPublicError(error: unknown): GraphQLError {
  const origin = originOf(error);
  if (origin instanceof CotalkerError) {
    const { code, retryAfter } = origin;
    return at(error, MESSAGES[code], {
      code,
      ...(retryAfter !== undefined && { retryAfter }),
      // None of its calls has been made: nothing is lost by asking again later.
      ...(code === 'OVERLOADED' && comeAgain(retryAfter)),
    });
  }
  if (isOwn(origin)) return at(error, origin.message, told(origin.extensions));
  if (isOfExecutor(origin))
    return at(error, 'The arguments of the field are not valid.', { code: 'BAD_USER_INPUT' });
  return at(error, 'The gateway failed.', { code: 'INTERNAL_SERVER_ERROR', unexpected: true });
}

const isOwn = (origin: unknown): origin is GraphQLError =>
  origin instanceof GraphQLError && OWN_CODES.includes(String(origin.extensions['code']));

/**
 * An error of graphql-js about what the caller sent, which it quotes: it points to the argument or
 * variable. What it says of a value that a resolver gave points to none, or to the field.
 */
const isOfExecutor = (origin: unknown): boolean => {
  if (!(origin instanceof GraphQLError) || origin.extensions['code'] !== undefined) return false;
  const kind = origin.nodes?.[0]?.kind;
  return kind !== undefined && kind !== Kind.FIELD;
};

/** What callers may read; `http` is for Yoga, which takes it out. */
const told = ({
  code,
  cost,
  limit,
  retryAfter,
  http,
}: GraphQLErrorExtensions): GraphQLErrorExtensions => ({
  code,
  ...(retryAfter !== undefined && { retryAfter }),
  ...(cost !== undefined && { cost }),
  ...(limit !== undefined && { limit }),
  ...(http !== undefined && { http }),
});

/** A new error at the place of another, without the other as its `originalError`. */
function at(place: unknown, message: string, extensions: GraphQLErrorExtensions): GraphQLError {
  const { nodes, source, positions, path } = place instanceof GraphQLError ? place : {};
  // Nobody gets to see its stack, and taking one is most of what an error costs.
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return new GraphQLError(message, {
      nodes: nodes ?? null,
      source: source ?? null,
      positions: positions ?? null,
      path: path ?? null,
      extensions,
    });
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** Whether an error is neither the caller's nor Cotalker's but a defect of the gateway. */
export function isDefect(error: unknown): boolean {
  const origin = originOf(error);
  return !(origin instanceof CotalkerError) && !isOwn(origin) && !isOfExecutor(origin);
}

/** What was thrown, below the GraphQL error that graphql-js located it with. */
function originOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError != null
    ? originOf(error.originalError)
    : error;
}

const INTERNAL = new Set(['http', 'unexpected']);

/** An error as it is sent, without what it holds for Yoga, which takes that out of what goes through it. */
export function toldError(error: GraphQLError): GraphQLFormattedError {
  const { extensions = {}, ...rest } = error.toJSON();
  const shown = Object.entries(extensions).filter(([name]) => !INTERNAL.has(name));
  return { ...rest, extensions: Object.fromEntries(shown) };
}

/** The body of an answer that is this error alone, where it is given ahead of Yoga. */
export const errorBody = (error: GraphQLError): string =>
  JSON.stringify({ errors: [toldError(error)] });
