import { createYoga } from 'graphql-yoga';
import type { Logger } from 'pino';
import { createContext } from './context.ts';
import type { Exchange } from './cotalker/client.ts';
import { createCotalker, type SessionLimits } from './cotalker/session.ts';
import { toPublicError } from './errors.ts';
import { corsFor } from './plugins/cors.ts';
import { useExplain } from './plugins/explain.ts';
import { useGraphiQL } from './plugins/graphiql.ts';
import { useHealth } from './plugins/health.ts';
import { useJsonOnly } from './plugins/json-only.ts';
import { useOperationLog, yogaLogger } from './plugins/logging.ts';
import { useQueryString } from './plugins/query-string.ts';
import { createGatewaySchema } from './schema.ts';

export interface GatewayOptions {
  readonly exchange: Exchange;
  readonly logger: Logger;
  /** Milliseconds until all upstream calls of a request are given up. */
  readonly requestDeadlineMs: number;
  /** What keeps Cotalker safe from a query. */
  readonly limits: SessionLimits;
  /** Whether callers may ask what their answer cost. */
  readonly explain: boolean;
  /** The origins whose pages may read answers. */
  readonly corsOrigins: readonly string[];
  /** Whether to serve GraphiQL, and the token to prefill there: the sandbox's, never a real one. */
  readonly graphiql: false | { readonly token: string | undefined };
  /** Whether the gateway is able to serve, as `/ready` tells. */
  readonly isReady: () => boolean;
}

/** The largest request body taken, in bytes. */
const MAX_BODY_BYTES = 1_000_000;

/** The gateway as a request handler for `node:http`; it does not listen. */
export const createGateway = ({
  exchange,
  logger,
  requestDeadlineMs,
  limits,
  explain,
  corsOrigins,
  graphiql,
  isReady,
}: GatewayOptions) =>
  createYoga({
    schema: createGatewaySchema(),
    context: createContext({
      cotalker: createCotalker(exchange, limits),
      deadlineMs: requestDeadlineMs,
    }),
    logging: yogaLogger(logger),
    maskedErrors: { maskError: toPublicError },
    cors: corsFor(corsOrigins),
    // Yoga's own check answers any URL that ends in this; no URL does. Ours is in plugins/health.ts.
    healthCheckEndpoint: '\n',
    // Yoga's own page loads its script from a CDN. Ours is in plugins/graphiql.ts.
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    maxRequestBodySize: MAX_BODY_BYTES,
    plugins: [
      useHealth(isReady),
      ...(graphiql ? [useGraphiQL(graphiql)] : []),
      useJsonOnly(),
      useQueryString(),
      ...(explain ? [useExplain()] : []),
      useOperationLog(logger),
    ],
  });
