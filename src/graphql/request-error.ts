import { GraphQLError, type GraphQLErrorOptions } from 'graphql';

type RequestErrorCode =
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'OPERATION_RESOLUTION_FAILURE'
  | 'BAD_USER_INPUT'
  | 'QUERY_TOO_COMPLEX'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  | 'PERSISTED_QUERY_ONLY';

type ErrorLocation = Pick<GraphQLErrorOptions, 'nodes' | 'source' | 'positions'>;

/**
 * A query that is not executed. `spec` makes Yoga answer 400 under `application/graphql-response+json` and 200
 * under `application/json`, see https://graphql.github.io/graphql-over-http/draft/#sec-Status-Codes.
 */
export const requestError = (
  code: RequestErrorCode,
  message: string,
  location: ErrorLocation = {},
  figures: { readonly limit?: number; readonly cost?: number } = {},
): GraphQLError =>
  new GraphQLError(message, {
    ...location,
    extensions: { code, ...figures, http: { spec: true, status: 400 } },
  });

export const tooComplex = (
  message: string,
  figures: { readonly limit: number; readonly cost?: number },
): GraphQLError => requestError('QUERY_TOO_COMPLEX', message, {}, figures);
