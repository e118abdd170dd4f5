import * as z from 'zod';
import {
  baseUrl,
  headerNames,
  integer,
  nodeEnv,
  onOff,
  origins,
  quota,
  redisUrl,
  share,
} from './values.ts';

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** One row for each variable: how to read it, the message if it is wrong, and its default. The README explains each. */
export const VARIABLES = {
  /** `production` requires an upstream; other values mean nothing here. */
  NODE_ENV: nodeEnv.optional(),
  COTALKER_API_URL: baseUrl('https://www.cotalker.com/api').optional(),
  SANDBOX: onOff.optional(),
  SANDBOX_STILL: onOff.default(false),
  HOST: z.string().default('127.0.0.1'),
  PORT: integer('a port', 0, 65_535).default(4000),
  ADMIN_HOST: z.string().default('127.0.0.1'),
  ADMIN_PORT: z
    .union([z.literal('off'), integer('a port', 0, 65_535)], 'must be a port, 0 to 65535, or off')
    .default(9464),
  /** Its default follows from the upstream: nobody has tried them on the real one. */
  MUTATIONS: onOff.optional(),
  REQUEST_DEADLINE_MS: integer('milliseconds', 1, 600_000).default(10_000),
  /** Its default follows from the two below and the deadline. */
  MAX_UPSTREAM_CALLS: integer('a number of calls', 1, 100_000).optional(),
  UPSTREAM_QUOTA: quota.default({ calls: 50, windowMs: 5000 }),
  UPSTREAM_QUOTA_SHARE: share.default(1),
  UPSTREAM_CONCURRENCY_PER_REQUEST: integer('a number of calls', 1, 1000).default(10),
  UPSTREAM_CONCURRENCY: integer('a number of calls', 1, 10_000).default(256),
  MAX_RESPONSE_BYTES: integer('a number of bytes', 1, 1_000_000_000).default(10 * 1024 * 1024),
  MAX_INFLIGHT: integer('a number of requests', 1, 100_000).default(1000),
  KEEP_ALIVE_MS: integer('milliseconds', 1000, 3_600_000).default(620_000),
  LIVE_POLL_MS: integer('milliseconds', 100, 600_000).default(5000),
  MAX_SUBSCRIPTIONS: integer('a number of subscriptions', 0, 100_000).default(1000),
  REFERENCE_TTL_MS: integer('milliseconds', 0, 86_400_000).default(60_000),
  MENU_TTL_MS: integer('milliseconds', 0, 86_400_000).default(5000),
  CACHE_TTL_MS: integer('milliseconds', 0, 86_400_000).default(0),
  /** May hold a password. */
  REDIS_URL: redisUrl.optional(),
  CACHE_SECRET: z.string().min(32, 'must be 32 characters or more').optional(),
  SHUTDOWN_DELAY_MS: integer('milliseconds', 0, 600_000).default(0),
  SHUTDOWN_TIMEOUT_MS: integer('milliseconds', 0, 600_000).default(15_000),
  MAX_QUERY_COST: integer('a number of records', 1, 1_000_000_000).default(50_000),
  INTROSPECTION: onOff.default(true),
  GRAPHIQL: onOff.default(true),
  TRUSTED_DOCUMENTS: z.string().optional(),
  TRUSTED_DOCUMENTS_MODE: z.enum(['strict', 'mixed'], 'must be strict or mixed').optional(),
  EXPLAIN: onOff.default(true),
  METRICS: onOff.default(true),
  // The exporter itself reads these two and OpenTelemetry's other variables; see `contradictions.ts`.
  OTEL_EXPORTER_OTLP_ENDPOINT: baseUrl('http://127.0.0.1:4318').optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: baseUrl('http://127.0.0.1:4318/v1/traces').optional(),
  CORS_ORIGINS: origins.default([]),
  CORS_HEADERS: headerNames.optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  COTALKER_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be a token alone, without "Bearer" and without spaces')
    .optional(),
};

/**
 * The variables of the gateway. Only the doctor reads the token: the gateway has no token of its own and must never
 * hold one.
 */
export const environment = z.object(VARIABLES).omit({ COTALKER_TOKEN: true });

export type Environment = z.output<typeof environment>;

export type RawEnvironment = Readonly<Record<string, string | undefined>>;
