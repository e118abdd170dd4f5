import { createYoga } from 'graphql-yoga';
import { type createContext } from './context.ts';
import { toPublicError } from './errors.ts';
import { useCompiled } from './graphql/execution/compiled.ts';
import { createTextCache } from './graphql/limits/document-cache.ts';
import { textOnly } from './graphql/documents/document-id.ts';
import { useExplain } from './graphql/execution/explain.ts';
import { useGraphiQL } from './http/pages/graphiql/index.ts';
import { useHealth } from './http/pages/health.ts';
import { useIncremental } from './graphql/execution/incremental.ts';
import { yogaLogger } from './observe/log/operator.ts';
import { useQueryLimits } from './graphql/limits/index.ts';
import { type Received, useRequestParams } from './http/request/params.ts';
import { useOneEndpoint } from './http/request/target.ts';
import { useSchemaFile } from './http/pages/schema-file.ts';
import { useMediaTypes } from './http/answer/media-types.ts';
import { useStreams } from './http/answer/stream-headers.ts';
import { useSubscriptions } from './graphql/execution/subscriptions.ts';
import { useSummary } from './observe/fill-summary.ts';
import { useConclusion } from './http/answer/conclude.ts';
import { createValidate } from './graphql/validation/index.ts';
import { printContract } from './graphql/contract.ts';
import { createGatewaySchema } from './graphql/schema.ts';
import { type RequestObserver } from './observe/request-observer.ts';
import { openTrustedDocuments } from './graphql/documents/trusted.ts';
import type { Logger } from 'pino';
import type { Redis } from './redis/connection.ts';
import type { TrustedDocumentsConfig } from './config/index.ts';

/** How queries are accepted, checked and told of. */
export interface YogaOptions {
  readonly logger: Logger;
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

/** Yoga, with what each request goes through in its order. */
export function openYoga(
  options: YogaOptions,
  makeContext: ReturnType<typeof createContext>,
  observer: Required<RequestObserver>,
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
    // Our CORS is in http/response-headers.ts, where it also covers answers that never come here.
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
      useQueryLimits({ maxCost: options.maxQueryCost, introspection, validate }),
      // Before the plugin that compiles: this one may replace the document of the query.
      useIncremental(logged),
      useCompiled(compileAfter),
      useSubscriptions(makeContext, observer.opened),
      useMediaTypes(heartbeatMs),
      useStreams(),
      useConclusion(),
      ...(explain ? [useExplain()] : []),
      useSummary(observer.failed),
    ],
  });
}

/** Errors are not cached: a text that cannot be parsed is refused quickly, and no honest client sends it twice. */
const NO_CACHE = { get: () => undefined, set: () => undefined };
