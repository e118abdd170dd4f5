import type { RequestListener } from 'node:http';
import { createYoga } from 'graphql-yoga';
import type { Logger } from 'pino';
import { arrivalOf } from './observe/arrival.ts';
import type { TrustedDocumentsConfig } from './config/index.ts';
import { createContext } from './context.ts';
import type { CacheUse } from './cotalker/cache/cached-calls.ts';
import type { Exchange } from './cotalker/exchange.ts';
import type { Resilience, SessionLimits } from './cotalker/pipeline.ts';
import { tellAllOfQuota } from './cotalker/quota/teller.ts';
import { type Cotalker, createCotalker } from './cotalker/session.ts';
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
import { useMediaTypes } from './http/answer/media-types.ts';
import { useStreams } from './http/answer/stream-headers.ts';
import { useSubscriptions } from './graphql/execution/subscriptions.ts';
import { useSummary } from './observe/fill-summary.ts';
import { useConclusion } from './http/answer/conclude.ts';
import { createValidate, useValidation } from './graphql/validation/index.ts';
import { createGatewaySchema, printContract } from './graphql/schema.ts';
import { type SummarizedListener, tellAll, type Teller, withTelemetry } from './observe/teller.ts';
import { logQuota } from './observe/log/quota.ts';
import { logRequests } from './observe/log/requests.ts';
import type { Metrics } from './observe/metrics/index.ts';
import type { Tracing } from './observe/tracing/index.ts';
import type { Redis } from './redis/connection.ts';
import { openTrustedDocuments } from './graphql/documents/trusted.ts';

export interface GatewayOptions {
  readonly exchange: Exchange;
  readonly logger: Logger;
  /** Milliseconds until the gateway gives up all calls of a request. */
  readonly requestDeadlineMs: number;
  /** The limits that protect Cotalker. */
  readonly limits: SessionLimits;
  /** How to handle a failing Cotalker, if not by the defaults. */
  readonly resilience?: Resilience;
  /** The store of the response cache; undefined: no cache. */
  readonly cache?: CacheUse | undefined;
  /** Facts about Cotalker that are known beforehand. Default: none, the gateway learns them from answers. */
  readonly traits?: KnownTraits;
  /** The metrics; undefined: the gateway counts nothing. */
  readonly metrics?: Metrics | undefined;
  /** The tracing; undefined: there are no spans. */
  readonly tracing?: Tracing | undefined;
  /** How to serve subscriptions. */
  readonly live: LiveOptions;
  /** Fires when the gateway accepts nothing more. This ends its subscriptions, which have no end of their own. */
  readonly ending: AbortSignal;
  /** Whether callers may ask for the calls of their answer. */
  readonly explain: boolean;
  /** Whether callers may introspect the schema. Off: it is not served as a file, and no error reveals it either. */
  readonly introspection: boolean;
  /** The documents that callers may name by id; undefined: callers send texts. */
  readonly trustedDocuments?: TrustedDocumentsConfig | undefined;
  /** The Redis that holds documents, if they are not in a file. */
  readonly redis?: Redis | undefined;
  /** The most records that a query may return, as estimated before any call. */
  readonly maxQueryCost: number;
  /** Whether to serve GraphiQL, and the token to prefill there: the sandbox's, never a real one. */
  readonly graphiql: false | { readonly token: string | undefined };
  /** Whether the gateway can serve, apart from Cotalker's state; for `/ready`. */
  readonly isReady: () => boolean;
  /** Whether requests have been turned away for a while; for `/ready`. */
  readonly isShedding: () => boolean;
  /** How often the executor runs a query before it is compiled. */
  readonly compileAfter?: number;
  /** How often a subscription in parts says that it goes on, in milliseconds, where not by the default. */
  readonly heartbeatMs?: number;
}

/** The most characters of all cached parsed queries together. */
const PARSED_CHARACTERS = 200_000;

/**
 * The gateway as a request handler for `node:http`; it does not listen.
 *
 * @throws ConfigError if the trusted documents cannot be read, or one of them is not valid.
 */
export function createGateway(options: GatewayOptions): RequestListener {
  const { logger, metrics, tracing, live, ending, requestDeadlineMs: deadlineMs } = options;
  const cotalker = openCotalker(options);
  const onFailing = logFailingFeeds(logger);
  const groupChanges = createGroupChanges({ ...live, cotalker, deadlineMs, ending, onFailing });
  metrics?.watchLive(() => groupChanges.load);
  metrics?.watchQuota(() => cotalker.quotaLoad()?.busiest ?? 0);
  const makeContext = createContext({ cotalker, followGroups: groupChanges.follow, deadlineMs });
  const tellers = [logRequests(logger), metrics?.tell, tracing?.tell];
  const tell = tellAll(tellers.filter((teller) => teller !== undefined));
  const yoga = openYoga(options, makeContext, tell, cotalker.isAvailable);
  const serve: SummarizedListener = (request, response, summary) => {
    void yoga(request, response, { summary, body: arrivalOf(request).body });
  };
  return withTelemetry(withKnownTarget(serve), tell);
}

/** Cotalker, with all who are told of its calls. */
function openCotalker({
  exchange,
  logger,
  limits,
  resilience,
  cache,
  traits,
  metrics,
  tracing,
}: GatewayOptions): Cotalker {
  const tellOfBreaker = logBreaker(logger);
  const onChange = (state: 'open' | 'closed'): void => {
    tellOfBreaker(state);
    metrics?.noteBreaker(state);
  };
  const observers = [metrics?.observe, tracing?.observe];
  const atLimit = (): number => cotalker.quotaLoad()?.atLimit ?? 0;
  const quotaTellers = [metrics?.quota, logQuota(logger, atLimit)];
  const cotalker: Cotalker = createCotalker(exchange, {
    limits,
    resilience: { ...resilience, breaker: { onChange, ...resilience?.breaker } },
    cache: cache && { onLookup: metrics?.noteLookup, ...cache },
    quotaTeller: tellAllOfQuota(quotaTellers.filter((teller) => teller !== undefined)),
    observers: observers.filter((observer) => observer !== undefined),
    traits: createTraits(traits, logLearnt(logger)),
  });
  return cotalker;
}

/** Yoga, with what each request goes through in its order. */
function openYoga(
  options: GatewayOptions,
  makeContext: ReturnType<typeof createContext>,
  tell: Required<Teller>,
  isAvailable: () => boolean,
) {
  const { explain, introspection, graphiql, isShedding, compileAfter = 10, heartbeatMs } = options;
  const schema = createGatewaySchema();
  const validate = createValidate({ introspection });
  const findDocument = options.trustedDocuments
    ? openTrustedDocuments(options.trustedDocuments, { schema, validate }, options.redis)
    : textOnly;
  const logged = yogaLogger(options.logger);
  return createYoga<Received>({
    schema,
    context: makeContext,
    logging: logged,
    maskedErrors: { maskError: toPublicError },
    // Our CORS is in http/cors.ts, where it also covers answers that never come here.
    cors: false,
    // Yoga's own health check answers any URL that ends in this; no URL does. Ours is in http/pages/health.ts.
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
      useHealth({ isReady: () => options.isReady() && isAvailable(), isShedding }),
      ...(introspection ? [useSchemaFile(printContract())] : []),
      ...(graphiql ? [useGraphiQL(graphiql)] : []),
      useOneEndpoint(),
      useRequestParams(findDocument),
      useQueryLimits({ maxCost: options.maxQueryCost, introspection }),
      useValidation(validate),
      // Before the plugin that compiles: this one may replace the document of the query.
      useIncremental(logged),
      useCompiled(compileAfter),
      useSubscriptions(makeContext, tell.opened),
      useMediaTypes(heartbeatMs),
      useStreams(),
      useConclusion(),
      ...(explain ? [useExplain()] : []),
      useSummary(tell.failed),
    ],
  });
}

/** Errors are not cached: a text that cannot be parsed is refused quickly, and no honest client sends it twice. */
const NO_CACHE = { get: () => undefined, set: () => undefined };
