import type { RequestListener } from 'node:http';
import { createYoga } from 'graphql-yoga';
import type { Logger } from 'pino';
import { arrivalOf } from './observe/arrival.ts';
import type { TrustedDocumentsConfig } from './config/index.ts';
import { createContext } from './context.ts';
import type { CacheUse } from './cotalker/cache/cached-calls.ts';
import type { Exchange } from './cotalker/exchange.ts';
import type { Resilience, SessionLimits } from './cotalker/pipeline.ts';
import { createCotalker } from './cotalker/session.ts';
import { createTraits, type KnownTraits } from './cotalker/traits/index.ts';
import { toPublicError } from './errors.ts';
import { useCompiled } from './graphql/execution/compiled.ts';
import { createGroupChanges, type LiveOptions } from './live/group-changes.ts';
import { createTextCache } from './graphql/limits/document-cache.ts';
import { textOnly } from './graphql/documents/document-id.ts';
import { useExplain } from './graphql/execution/explain.ts';
import { useGraphiQL } from './http/pages/graphiql/index.ts';
import { useHealth } from './http/pages/health.ts';
import { useIncremental } from './graphql/execution/incremental.ts';
import { logBreaker, logFailingFeeds, logLearnt, yogaLogger } from './observe/log/operator.ts';
import { useQueryLimits } from './graphql/limits/index.ts';
import { type Received, useRequestParams } from './http/request/params.ts';
import { useOneEndpoint, withKnownTarget } from './http/request/target.ts';
import { useSchemaFile } from './http/pages/schema-file.ts';
import { useStreams } from './http/answer/stream-headers.ts';
import { useSubscriptions } from './graphql/execution/subscriptions.ts';
import { useSummary } from './observe/fill-summary.ts';
import { useUnauthenticated } from './http/answer/unauthenticated.ts';
import { createValidate, useValidation } from './graphql/validation/index.ts';
import { createGatewaySchema, printContract } from './graphql/schema.ts';
import { type SummarizedListener, tellAll, withTelemetry } from './observe/teller.ts';
import { logRequests } from './observe/log/requests.ts';
import type { Metrics } from './observe/metrics/index.ts';
import type { Tracing } from './observe/tracing/index.ts';
import type { Redis } from './redis/connection.ts';
import { openTrustedDocuments } from './graphql/documents/trusted.ts';

export interface GatewayOptions {
  readonly exchange: Exchange;
  readonly logger: Logger;
  /** Milliseconds until all upstream calls of a request are given up. */
  readonly requestDeadlineMs: number;
  /** What keeps Cotalker safe from a query. */
  readonly limits: SessionLimits;
  /** How a failing Cotalker is borne, where not by the defaults. */
  readonly resilience?: Resilience;
  /** Where answers are kept, and looked up; undefined: nowhere. */
  readonly cache?: CacheUse | undefined;
  /** What is known of the upstream beforehand; default: nothing, it is learnt from the answers. */
  readonly traits?: KnownTraits;
  /** What counts; undefined: nothing does. */
  readonly metrics?: Metrics | undefined;
  /** What makes spans; undefined: there are none. */
  readonly tracing?: Tracing | undefined;
  /** How subscriptions are served, where not by the defaults. */
  readonly live?: LiveOptions;
  /** Fires when the gateway takes nothing more, which ends its subscriptions: they have no end of their own. */
  readonly ending?: AbortSignal;
  /** Whether callers may ask what their answer cost. */
  readonly explain: boolean;
  /** Whether callers may ask for the schema; off: it is not served as a file, and no error tells of it either. */
  readonly introspection: boolean;
  /** The documents that callers may name by id; undefined: none, they send texts. */
  readonly trustedDocuments?: TrustedDocumentsConfig | undefined;
  /** Where these are that are in no file. */
  readonly redis?: Redis | undefined;
  /** How many records a query may bring up, by an estimate that is made before any call. */
  readonly maxQueryCost: number;
  /** Whether to serve GraphiQL, and the token to prefill there: the sandbox's, never a real one. */
  readonly graphiql: false | { readonly token: string | undefined };
  /** Whether the gateway is able to serve, as `/ready` tells, as far as it does not depend on Cotalker. */
  readonly isReady: () => boolean;
  /** Whether requests have been turned away for a while, as `/ready` tells. */
  readonly isShedding: () => boolean;
  /** How often a query is executed before it is compiled. */
  readonly compileAfter?: number;
}

const LIVE: LiveOptions = { pollMs: 5000, maxSubscriptions: 1000 };
/** The length of all queries together that are kept parsed. */
const PARSED_CHARACTERS = 200_000;

/**
 * The gateway as a request handler for `node:http`; it does not listen.
 *
 * @throws ConfigError where the trusted documents cannot be read, or one of them is not valid.
 */
export const createGateway = ({
  exchange,
  logger,
  requestDeadlineMs,
  limits,
  resilience,
  cache,
  traits,
  metrics,
  tracing,
  live = LIVE,
  ending = new AbortController().signal,
  explain,
  introspection,
  trustedDocuments,
  redis,
  maxQueryCost,
  graphiql,
  isReady,
  isShedding,
  compileAfter = 10,
}: GatewayOptions): RequestListener => {
  const tellOfBreaker = logBreaker(logger);
  const onChange = (state: 'open' | 'closed'): void => {
    tellOfBreaker(state);
    metrics?.noteBreaker(state);
  };
  const observers = [metrics?.observe, tracing?.observe];
  const cotalker = createCotalker(exchange, {
    limits,
    resilience: { ...resilience, breaker: { onChange, ...resilience?.breaker } },
    cache: cache && { onLookup: metrics?.noteLookup, ...cache },
    observers: observers.filter((observer) => observer !== undefined),
    traits: createTraits(traits, logLearnt(logger)),
  });
  const logged = yogaLogger(logger);
  const tellers = [logRequests(logger), metrics?.tell, tracing?.tell];
  const tell = tellAll(tellers.filter((teller) => teller !== undefined));
  const deadlineMs = requestDeadlineMs;
  const groupChanges = createGroupChanges({
    ...live,
    cotalker,
    deadlineMs,
    ending,
    onFailing: logFailingFeeds(logger),
  });
  metrics?.watchLive(() => groupChanges.load);
  const makeContext = createContext({ cotalker, followGroups: groupChanges.follow, deadlineMs });
  const schema = createGatewaySchema();
  const validate = createValidate({ introspection });
  const findDocument = trustedDocuments
    ? openTrustedDocuments(trustedDocuments, { schema, validate }, redis)
    : textOnly;
  const yoga = createYoga<Received>({
    schema,
    context: makeContext,
    logging: logged,
    maskedErrors: { maskError: toPublicError },
    // Ours is in http/cors.ts, where it also covers what never comes here.
    cors: false,
    // Yoga's own check answers any URL that ends in this; no URL does. Ours is in http/pages/health.ts.
    healthCheckEndpoint: '\n',
    // Yoga's own page loads its script from a CDN. Ours is in http/pages/graphiql/index.ts.
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    // Yoga's own check reads the body, which the listener has read. Ours is in http/request/params.ts.
    maxRequestBodySize: false,
    parserAndValidationCache: {
      documentCache: createTextCache(PARSED_CHARACTERS),
      errorCache: NO_CACHE,
    },
    plugins: [
      useHealth({ isReady: () => isReady() && cotalker.isAvailable(), isShedding }),
      ...(introspection ? [useSchemaFile(printContract())] : []),
      ...(graphiql ? [useGraphiQL(graphiql)] : []),
      useOneEndpoint(),
      useRequestParams(findDocument),
      useQueryLimits({ maxCost: maxQueryCost, introspection }),
      useValidation(validate),
      // Ahead of what compiles: it may put another document in the place of the query's.
      useIncremental(logged),
      useCompiled(compileAfter),
      useSubscriptions(makeContext, tell.opened),
      useStreams(),
      useUnauthenticated(),
      ...(explain ? [useExplain()] : []),
      useSummary(tell.failed),
    ],
  });
  const serve: SummarizedListener = (request, response, summary) => {
    void yoga(request, response, { summary, body: arrivalOf(request).body });
  };
  return withTelemetry(withKnownTarget(serve), tell);
};

/** What cannot be parsed is refused soon enough, and nobody sends it twice in good faith. */
const NO_CACHE = { get: () => undefined, set: () => undefined };
