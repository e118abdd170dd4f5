import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import * as z from 'zod';
import { hasCollector, isSending, TRACE_VARIABLES } from './config-traces.ts';
import * as values from './config-values.ts';
import { integer, onOff } from './config-values.ts';

/** Everything that can be set, read once at the start. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Cotalker's API without a slash at the end; undefined: serve the embedded sandbox. */
  readonly upstreamUrl: string | undefined;
  readonly requestDeadlineMs: number;
  readonly limits: {
    /** Upstream calls that one request may make in all. */
    readonly callsPerRequest: number;
    /** Upstream calls in flight at once, for one request. */
    readonly perOwner: number;
    /** Upstream calls in flight at once, in the whole process. */
    readonly total: number;
  };
  /** The largest answer taken from Cotalker, in bytes after decompression. */
  readonly maxResponseBytes: number;
  /** Requests in flight at the most; more are turned away. */
  readonly maxInFlight: number;
  readonly shutdown: {
    /** How long connections are still taken after the order to stop, in milliseconds. */
    readonly delayMs: number;
    /** How long requests in flight are waited for after that. */
    readonly timeoutMs: number;
  };
  /** Whether `GET /metrics` is served. */
  readonly metrics: boolean;
  /** Whether spans are sent; where to is read by the exporter itself. */
  readonly traces: boolean;
  readonly live: {
    /** How long between two polls of a list that is followed, in milliseconds, while it changes. */
    readonly pollMs: number;
    /** Subscriptions open at the most; more are turned away. */
    readonly maxSubscriptions: number;
  };
  /** Where what instances share is kept; undefined: each for itself. May hold a password. */
  readonly redisUrl: string | undefined;
  /** How answers of Cotalker are kept; undefined: not at all. */
  readonly cache: CacheConfig | undefined;
  readonly explain: boolean;
  /** Whether callers may ask for the schema. */
  readonly introspection: boolean;
  /** The documents that callers may name by id; undefined: none. */
  readonly trustedDocuments: TrustedDocumentsConfig | undefined;
  /** Records that a query may bring up, by an estimate. */
  readonly maxQueryCost: number;
  /** Never without introspection, which GraphiQL lives on, nor where only known documents are taken. */
  readonly graphiql: boolean;
  /** The origins whose pages may read answers; none by default. */
  readonly corsOrigins: readonly string[];
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

export interface CacheConfig {
  /** How long an answer may be served again, in milliseconds. */
  readonly ttlMs: number;
  /** What names and seals entries that are shared; undefined: they are not. */
  readonly secret: string | undefined;
}

export interface TrustedDocumentsConfig {
  /** A JSON file, the documents' texts by their hash; undefined: they are in Redis. */
  readonly file: string | undefined;
  /** `strict`: no other document is executed; `mixed`: callers may send texts as well. */
  readonly mode: 'strict' | 'mixed';
}

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** Everything that is wrong with the environment, at once. Names variables, never their values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is wrong:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** One row a variable: how it is read, its default, and what to say where it is wrong. */
export const VARIABLES = {
  HOST: [z.string().min(1), '127.0.0.1', 'must be an address or name to listen on'],
  PORT: [integer(0, 65_535), 4000, 'must be a port: 0 to 65535'],
  COTALKER_API_URL: [
    values.baseUrl,
    undefined,
    'must be an http(s) URL without credentials, query or fragment, such as https://www.cotalker.com/api',
  ],
  REQUEST_DEADLINE_MS: [integer(1, 600_000), 10_000, 'must be milliseconds: 1 to 600000'],
  MAX_UPSTREAM_CALLS: [integer(1, 100_000), 250, 'must be a number of calls: 1 to 100000'],
  UPSTREAM_CONCURRENCY_PER_REQUEST: [integer(1, 1000), 10, 'must be a number of calls: 1 to 1000'],
  UPSTREAM_CONCURRENCY: [integer(1, 10_000), 100, 'must be a number of calls: 1 to 10000'],
  MAX_RESPONSE_BYTES: [
    integer(1, 1_000_000_000),
    10 * 1024 * 1024,
    'must be a number of bytes: 1 to 1000000000',
  ],
  MAX_INFLIGHT: [integer(1, 100_000), 1000, 'must be a number of requests: 1 to 100000'],
  LIVE_POLL_MS: [integer(100, 600_000), 5000, 'must be milliseconds: 100 to 600000'],
  MAX_SUBSCRIPTIONS: [integer(0, 100_000), 1000, 'must be a number of subscriptions: 0 to 100000'],
  REDIS_URL: [
    values.redisUrl,
    undefined,
    'must be a URL such as redis://redis:6379, or rediss:// for TLS, with user and password where needed',
  ],
  CACHE_TTL_MS: [integer(0, 86_400_000), 0, 'must be milliseconds: 0 to 86400000'],
  CACHE_SECRET: [z.string().min(32), undefined, 'must be 32 characters or more'],
  SHUTDOWN_DELAY_MS: [integer(0, 600_000), 0, 'must be milliseconds: 0 to 600000'],
  SHUTDOWN_TIMEOUT_MS: [integer(0, 600_000), 15_000, 'must be milliseconds: 0 to 600000'],
  METRICS: [onOff, true, 'must be on or off'],
  ...TRACE_VARIABLES,
  EXPLAIN: [onOff, true, 'must be on or off'],
  MAX_QUERY_COST: [
    integer(1, 1_000_000_000),
    50_000,
    'must be a number of records: 1 to 1000000000',
  ],
  INTROSPECTION: [onOff, true, 'must be on or off'],
  GRAPHIQL: [onOff, true, 'must be on or off'],
  TRUSTED_DOCUMENTS: [z.string(), undefined, 'must be redis, or the name of a file'],
  TRUSTED_DOCUMENTS_MODE: [z.enum(['strict', 'mixed']), undefined, 'must be strict or mixed'],
  CORS_ORIGINS: [
    values.origins,
    [],
    'must be origins with commas between them, such as https://app.example.com',
  ],
  COTALKER_TOKEN: [
    z.string().regex(/^[\x21-\x7e]+$/),
    undefined,
    'must be a token alone, without "Bearer" and without spaces',
  ],
  LOG_LEVEL: [z.enum(LOG_LEVELS), 'info', `must be one of ${LOG_LEVELS.join(', ')}`],
} as const satisfies Record<string, readonly [z.ZodType, unknown, string]>;

/**
 * Reads the configuration; an empty variable counts as unset.
 *
 * @throws ConfigError naming every variable that is wrong.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const problems: string[] = [];
  const read = <T, D>(
    [schema, fallback, problem]: readonly [z.ZodType<T>, D, string],
    name: string,
  ) => {
    const value = env[name];
    if (value === undefined || value === '') return fallback;
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    problems.push(`${name} ${problem}`);
    return fallback;
  };
  const introspection = read(VARIABLES.INTROSPECTION, 'INTROSPECTION');
  const source = read(VARIABLES.TRUSTED_DOCUMENTS, 'TRUSTED_DOCUMENTS');
  const mode = read(VARIABLES.TRUSTED_DOCUMENTS_MODE, 'TRUSTED_DOCUMENTS_MODE');
  // Whoever sets a mode alone takes the gateway to be closed, and it would be open.
  if (mode !== undefined && source === undefined)
    problems.push('TRUSTED_DOCUMENTS_MODE must be set together with TRUSTED_DOCUMENTS');
  const file = source === 'redis' ? undefined : source;
  const trustedDocuments = source === undefined ? undefined : { file, mode: mode ?? 'strict' };
  const redisUrl = read(VARIABLES.REDIS_URL, 'REDIS_URL');
  if (source === 'redis' && !env['REDIS_URL'])
    problems.push('TRUSTED_DOCUMENTS=redis must be set together with REDIS_URL');
  const ttlMs = read(VARIABLES.CACHE_TTL_MS, 'CACHE_TTL_MS');
  const secret = read(VARIABLES.CACHE_SECRET, 'CACHE_SECRET');
  if (redisUrl !== undefined && ttlMs > 0 && !env['CACHE_SECRET'])
    problems.push(
      'CACHE_SECRET must be set with REDIS_URL and CACHE_TTL_MS, to the same everywhere',
    );
  const config: Config = {
    host: read(VARIABLES.HOST, 'HOST'),
    port: read(VARIABLES.PORT, 'PORT'),
    upstreamUrl: read(VARIABLES.COTALKER_API_URL, 'COTALKER_API_URL'),
    requestDeadlineMs: read(VARIABLES.REQUEST_DEADLINE_MS, 'REQUEST_DEADLINE_MS'),
    limits: {
      callsPerRequest: read(VARIABLES.MAX_UPSTREAM_CALLS, 'MAX_UPSTREAM_CALLS'),
      perOwner: read(
        VARIABLES.UPSTREAM_CONCURRENCY_PER_REQUEST,
        'UPSTREAM_CONCURRENCY_PER_REQUEST',
      ),
      total: read(VARIABLES.UPSTREAM_CONCURRENCY, 'UPSTREAM_CONCURRENCY'),
    },
    maxResponseBytes: read(VARIABLES.MAX_RESPONSE_BYTES, 'MAX_RESPONSE_BYTES'),
    maxInFlight: read(VARIABLES.MAX_INFLIGHT, 'MAX_INFLIGHT'),
    shutdown: {
      delayMs: read(VARIABLES.SHUTDOWN_DELAY_MS, 'SHUTDOWN_DELAY_MS'),
      timeoutMs: read(VARIABLES.SHUTDOWN_TIMEOUT_MS, 'SHUTDOWN_TIMEOUT_MS'),
    },
    metrics: read(VARIABLES.METRICS, 'METRICS'),
    traces: hasCollector(read) && isSending(env, problems),
    live: {
      pollMs: read(VARIABLES.LIVE_POLL_MS, 'LIVE_POLL_MS'),
      maxSubscriptions: read(VARIABLES.MAX_SUBSCRIPTIONS, 'MAX_SUBSCRIPTIONS'),
    },
    redisUrl,
    cache: ttlMs === 0 ? undefined : { ttlMs, secret: redisUrl === undefined ? undefined : secret },
    explain: read(VARIABLES.EXPLAIN, 'EXPLAIN'),
    introspection,
    trustedDocuments,
    maxQueryCost: read(VARIABLES.MAX_QUERY_COST, 'MAX_QUERY_COST'),
    graphiql:
      read(VARIABLES.GRAPHIQL, 'GRAPHIQL') && introspection && trustedDocuments?.mode !== 'strict',
    corsOrigins: read(VARIABLES.CORS_ORIGINS, 'CORS_ORIGINS'),
    logLevel: read(VARIABLES.LOG_LEVEL, 'LOG_LEVEL'),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/**
 * The token that the doctor asks with; undefined where none is set. No part of the configuration: the
 * gateway has no token of its own, and must never hold one.
 *
 * @throws ConfigError where it cannot be one.
 */
export function readToken(
  env: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const [schema, fallback, problem] = VARIABLES.COTALKER_TOKEN;
  const value = env['COTALKER_TOKEN'];
  if (value === undefined || value === '') return fallback;
  const result = schema.safeParse(value);
  if (!result.success) throw new ConfigError([`COTALKER_TOKEN ${problem}`]);
  return result.data;
}

/** Adds what a file `.env` in the working folder sets; the environment itself has the last word. */
export function loadEnv(): void {
  if (existsSync('.env')) loadEnvFile('.env');
}
