import { GraphQLError, type GraphQLErrorExtensions } from 'graphql';
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
};

/** The caller's input is at fault; the message says what is wrong with it. */
export const badUserInput = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

/** A link that could run script when followed is held back. */
export const unsafeUrl = (): GraphQLError =>
  new GraphQLError('The link is held back: following it could run script.', {
    extensions: { code: 'UNSAFE_URL' },
  });

/** The code under which the caller will see an error. */
export const codeOf = (error: unknown): string => String(toPublicError(error).extensions['code']);

/**
 * An error of the execution as the caller gets to see it. Ours keep their words and code, Cotalker's
 * get those of the table, and any other is a defect of the gateway, of which nothing is told.
 */
export function toPublicError(error: unknown): GraphQLError {
  const origin = originOf(error);
  if (origin instanceof CotalkerError) {
    const { code, retryAfter } = origin;
    return at(error, MESSAGES[code], { code, ...(retryAfter !== undefined && { retryAfter }) });
  }
  if (origin instanceof GraphQLError) {
    return at(error, origin.message, { code: 'BAD_USER_INPUT', ...origin.extensions });
  }
  return at(error, 'The gateway failed.', { code: 'INTERNAL_SERVER_ERROR', unexpected: true });
}

/** A new error at the place of another, without the other as its `originalError`. */
function at(place: unknown, message: string, extensions: GraphQLErrorExtensions): GraphQLError {
  const { nodes, source, positions, path } = place instanceof GraphQLError ? place : {};
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    path: path ?? null,
    extensions,
  });
}

/** Whether an error is neither the caller's nor Cotalker's but a defect of the gateway. */
export const isDefect = (error: unknown): boolean =>
  !(originOf(error) instanceof CotalkerError || originOf(error) instanceof GraphQLError);

/** What was thrown, below the GraphQL error that graphql-js located it with. */
function originOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError != null
    ? originOf(error.originalError)
    : error;
}
