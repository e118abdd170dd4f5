import {
  GraphQLError,
  type GraphQLErrorExtensions,
  type GraphQLFormattedError,
  Kind,
} from 'graphql';
import { CotalkerError, type CotalkerErrorCode } from './cotalker/errors.ts';

/** Only our own words: no body, URL, host or stack of Cotalker reaches a caller. */
const MESSAGES: Record<Exclude<CotalkerErrorCode, 'OVERLOADED'>, string> = {
  UNAUTHENTICATED: 'Cotalker needs a valid token: send it as "Authorization: Bearer <token>".',
  FORBIDDEN: 'The token may not read this.',
  NOT_FOUND: 'Cotalker does not know this record.',
  RATE_LIMITED: 'Cotalker takes no more calls at the moment.',
  UPSTREAM_UNAVAILABLE: 'Cotalker cannot be reached at the moment.',
  UPSTREAM_TIMEOUT: 'Cotalker did not answer in time.',
  UPSTREAM_INVALID_RESPONSE: 'Cotalker answered with something unexpected.',
  OUTCOME_UNKNOWN:
    'Cotalker was asked to do this, and nobody knows whether it has. Read what it would have changed before you ask again.',
  UPSTREAM_BUDGET_EXCEEDED: 'The query needs more calls to Cotalker than one request may make.',
};

const needsMore = ({ needed, allowed }: NonNullable<CotalkerError['calls']>): string =>
  needed === undefined
    ? `The query needs more than ${allowed} calls to Cotalker, which is as many as one request may make.`
    : `The query needs ${needed} calls to Cotalker. The quota of its company has ${allowed} until its deadline.`;

/** The codes of errors with our own messages, or with messages of Yoga that quote nothing. */
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
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PERSISTED_QUERY_ONLY',
  'DOCUMENTS_UNAVAILABLE',
  'UNSAFE_URL',
  'MUTATIONS_OFF',
];

/** Every code that a GraphQL answer may have. */
export const ERROR_CODES: ReadonlySet<string> = new Set([
  ...OWN_CODES,
  ...Object.keys(MESSAGES),
  'INTERNAL_SERVER_ERROR',
]);

export const badUserInput = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

/** A request that is no GraphQL request at all: 4xx, whatever media type is asked for. */
export const badRequest = (
  message: string,
  status = 400,
  headers: Readonly<Record<string, string>> = {},
): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status, headers } } });

/** A body with too much in it. */
export const bodyTooLarge = (message: string): GraphQLError =>
  new GraphQLError(message, {
    extensions: { code: 'REQUEST_ENTITY_TOO_LARGE', http: { status: 413 } },
  });

/**
 * The gateway accepts no more of something at the moment.
 *
 * @param what What there are too many of.
 * @param retryAfter In seconds. Default: a random time for each caller, so that they do not all come back at once.
 * @param place The error of the field where it happened. Default: it belongs to no field.
 */
export const overloaded = (what: string, retryAfter = spread(), place?: unknown): GraphQLError =>
  at(place, `The gateway takes no more ${what} at the moment.`, {
    code: 'OVERLOADED',
    ...comeAgain(retryAfter),
  });

export const documentsUnavailable = (): GraphQLError =>
  at(undefined, 'The gateway cannot look the document up at the moment.', {
    code: 'DOCUMENTS_UNAVAILABLE',
    ...comeAgain(spread()),
  });

const spread = (): number => 1 + Math.floor(Math.random() * 3);

/** Tells when to come again, in seconds: in the error's body and in the headers of the answer. */
const comeAgain = (retryAfter: number, status = 503): GraphQLErrorExtensions => ({
  retryAfter,
  http: { status, headers: { 'retry-after': String(retryAfter) } },
});

export const mutationsOff = (): GraphQLError =>
  at(undefined, 'This gateway only reads: its operator has not turned mutations on.', {
    code: 'MUTATIONS_OFF',
  });

export const unsafeUrl = (): GraphQLError =>
  at(undefined, 'The link is held back: following it could run script.', { code: 'UNSAFE_URL' });

/**
 * An error of the execution, as the caller sees it. Our errors keep their message and code. Cotalker's errors get
 * those of the table. Any other error is a defect of the gateway, of which the caller learns nothing.
 */
export function toPublicError(error: unknown): GraphQLError {
  const origin = originOf(error);
  if (origin instanceof CotalkerError) {
    const { code, retryAfter, status, calls } = origin;
    if (calls !== undefined) return at(error, needsMore(calls), { code });
    // The request has made no call, so it loses nothing by a later retry.
    if (code === 'OVERLOADED') return overloaded('requests', retryAfter, error);
    if (retryAfter === undefined) return at(error, MESSAGES[code], { code });
    // Nor has any of this one's, unless it is Cotalker that has refused one.
    const isUnbegun = code === 'RATE_LIMITED' && status === undefined;
    const again = isUnbegun ? comeAgain(retryAfter, 429) : { retryAfter };
    return at(error, MESSAGES[code], { code, ...again });
  }
  if (isOwn(origin)) return at(error, origin.message, told(origin.extensions));
  if (isOfExecutor(origin))
    return at(error, 'The variable here must not be null.', { code: 'BAD_USER_INPUT' });
  return at(error, 'The gateway failed.', { code: 'INTERNAL_SERVER_ERROR', unexpected: true });
}

const isOwn = (origin: unknown): origin is GraphQLError =>
  origin instanceof GraphQLError && OWN_CODES.includes(String(origin.extensions['code']));

/**
 * An error of graphql-js about the caller's input points to an argument or a variable, any other to nothing or a field.
 */
const isOfExecutor = (origin: unknown): boolean => {
  if (!(origin instanceof GraphQLError) || origin.extensions['code'] !== undefined) return false;
  const kind = origin.nodes?.[0]?.kind;
  return kind !== undefined && kind !== Kind.FIELD;
};

/** What callers may read; `http` is for the head of the answer. */
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

/** A new error at the location of another, without the other as its `originalError`. */
function at(place: unknown, message: string, extensions: GraphQLErrorExtensions): GraphQLError {
  const { nodes, source, positions, path } = place instanceof GraphQLError ? place : {};
  // Nobody sees its stack, and to create a stack is most of the cost of an error.
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

export function isDefect(error: unknown): boolean {
  const origin = originOf(error);
  return !(origin instanceof CotalkerError) && !isOwn(origin) && !isOfExecutor(origin);
}

function originOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError != null
    ? originOf(error.originalError)
    : error;
}

const INTERNAL = new Set(['http', 'unexpected']);

/** The same error, which asks for no status and no header of the answer. */
export function withoutStatus(error: GraphQLError): GraphQLError {
  const { http, ...extensions } = error.extensions;
  return http === undefined ? error : at(error, error.message, extensions);
}

/** The error as sent to the caller, without what the status of the answer is made of. */
export function toldError(error: GraphQLError): GraphQLFormattedError {
  const { extensions = {}, ...rest } = error.toJSON();
  const shown = Object.entries(extensions).filter(([name]) => !INTERNAL.has(name));
  return { ...rest, extensions: Object.fromEntries(shown) };
}
