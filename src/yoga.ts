import type { DocumentNode } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import type { Asked, createContext } from './context.ts';
import { toPublicError } from './errors.ts';
import { useCompiled } from './graphql/execution/compiled.ts';
import { useIncremental } from './graphql/execution/incremental.ts';
import { useQueryLimits } from './graphql/limits/index.ts';
import { useSubscriptions } from './graphql/execution/subscriptions.ts';
import type { Engine } from './http/handle.ts';
import { logDefect } from './observe/log/operator.ts';
import { createValidate } from './graphql/validation/index.ts';
import { createGatewaySchema } from './graphql/schema.ts';
import { type RequestObserver, useSummary } from './observe/request-observer.ts';
import { openTrustedDocuments } from './graphql/documents/trusted.ts';
import type { Logger } from 'pino';
import type { Redis } from './redis/connection.ts';
import type { TrustedDocumentsConfig } from './config/index.ts';

export interface YogaOptions {
  readonly logger: Logger;
  /** Whether callers may introspect the schema. Off: no error reveals it either. */
  readonly introspection: boolean;
  /** The documents that callers may name by id; undefined: callers send texts. */
  readonly trustedDocuments?: TrustedDocumentsConfig | undefined;
  /** The Redis that holds documents, if they are not in a file. */
  readonly redis?: Redis | undefined;
  readonly maxQueryCost: number;
  readonly compileAfter?: number;
}

/**
 * The most characters of all cached parsed queries together. Parsed, a query takes some 50 bytes a character, one without
 * white space up to 370. Yoga's own cache holds 1024 texts of any length: of 1 MB, mostly comments, some 45 GB.
 */
const PARSED_CHARACTERS = 200_000;

/** Yoga as the engine behind our door, with what each query goes through in its order. Its HTTP layer is not used. */
export function openYoga(
  options: YogaOptions,
  makeContext: ReturnType<typeof createContext>,
  opened: Required<RequestObserver>['opened'],
): Engine {
  const { introspection, compileAfter = 10 } = options;
  const schema = createGatewaySchema();
  const validate = createValidate({ introspection });
  const findDocument =
    options.trustedDocuments &&
    openTrustedDocuments(options.trustedDocuments, { schema, validate }, options.redis);
  const mask: Engine['mask'] = (error) => {
    logDefect(options.logger, error);
    return toPublicError(error);
  };
  const { getResultForParams } = createYoga<Asked>({
    schema,
    context: makeContext,
    logging: false,
    maskedErrors: { maskError: mask },
    parserAndValidationCache: {
      documentCache: new LRUCache<string, DocumentNode>({
        maxSize: PARSED_CHARACTERS,
        sizeCalculation: (_, text) => text.length,
      }),
      errorCache: NO_CACHE,
    },
    plugins: [
      // First: it notes what was asked, also of queries that the others refuse.
      useSummary(),
      useQueryLimits({ maxCost: options.maxQueryCost, introspection, validate }),
      // Before the plugin that compiles: this one may replace the document of the query.
      useIncremental(mask),
      useCompiled(compileAfter),
      useSubscriptions(makeContext, opened),
    ],
  });
  return {
    findDocument,
    mask,
    // Yoga itself reads nothing of the request but its method.
    execute: getResultForParams as unknown as Engine['execute'],
  };
}

/** Errors are not cached: a text that cannot be parsed is refused quickly, and no honest client sends it twice. */
const NO_CACHE = { get: () => undefined, set: () => undefined };
