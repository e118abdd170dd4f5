import { type Logger, pino } from 'pino';
import { createResponseCache } from '../../src/cotalker/cache/response-cache.ts';
import { createMemoryStore } from '../../src/cotalker/cache/store.ts';
import { createRedisStore } from '../../src/cotalker/cache/in-redis.ts';
import { createSharedQuotas } from '../../src/cotalker/quota/in-redis.ts';
import { createClient } from '../../src/cotalker/wire/client.ts';
import type { Resilience } from '../../src/cotalker/options.ts';
import { FIRST_READING } from './first-reading.ts';
import { createAdminListener } from '../../src/http/admin.ts';
import { createListener, type Listener, type ListenerOptions } from '../../src/http/server.ts';
import { createMetrics } from '../../src/observe/metrics/index.ts';
import { logMissingList, logRedis } from '../../src/observe/log/operator.ts';
import type { Redis } from '../../src/redis/connection.ts';
import { createGateway, type GatewayOptions } from '../../src/gateway.ts';

export interface GraphQLAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body; loosely typed, since tests compare it whole. */
  readonly body: { data?: any; errors?: any[]; extensions?: any };
}

export interface AskOptions {
  /** The Bearer token; null: send none. Default: the sandbox's user. */
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
}

export interface TestGateway {
  /** The base URL, such as `http://127.0.0.1:41234`. */
  readonly url: string;
  /** The base URL of the listener for operators. */
  readonly adminUrl: string;
  /** Everything the gateway has logged, parsed. */
  readonly logs: Record<string, unknown>[];
  /** What `GET /metrics` answers; only where `isMetered`. */
  metrics(): Promise<string>;
  /** POSTs a query. */
  ask(query: string, options?: AskOptions): Promise<GraphQLAnswer>;
  close(): Promise<void>;
}

/**
 * So that a test that lets calls fail can count them, and does not have those after it refused. What
 * ships is tested in test/reliability.
 */
const FRAGILE: Resilience = { retry: { attempts: 1 }, breaker: { minCalls: Infinity } };

export interface CachingOptions {
  /** How long all answers are kept that may be; also what `CACHE_TTL_MS` sets. Default: 0. */
  readonly ttlMs?: number;
  /** As `REFERENCE_TTL_MS` and `MENU_TTL_MS`; default: `ttlMs`. */
  readonly referenceMs?: number;
  readonly menuMs?: number;
  readonly redisUrl?: string;
  /** Default: one that all gateways of the tests share. */
  readonly secret?: string;
  /** What all entries in memory may take. Default: 1 MB. */
  readonly maxBytes?: number;
}

/** The options of a gateway that a test may set, side by side: what they are for, a test says itself. */
type Options = Omit<GatewayOptions, 'door' | 'engine' | 'upstream' | 'observers'> &
  GatewayOptions['door'] &
  GatewayOptions['engine'] &
  Omit<GatewayOptions['upstream'], 'exchange' | 'isBehind' | 'cache'> &
  Pick<GatewayOptions['observers'], 'tracing'>;

export interface StartOptions extends Partial<Options & ListenerOptions> {
  /** Whether metrics are collected, and served as they are at the moment. Default: false. */
  readonly isMetered?: boolean;
  /** What is remembered: in Redis where that is named, else in memory. Default: nothing, so that a test counts all calls. */
  readonly caching?: CachingOptions;
  /**
   * Whether a call without a byte for half of the deadline has a second attempt. Default: false, so that a test with an
   * upstream that hangs can count its calls.
   */
  readonly givesUpSilent?: boolean;
  /** The Redis of trusted documents that are in no file. */
  readonly documentsUrl?: string;
  /** The Redis by which gateways share the quotas of companies; `limits` has the quota. */
  readonly quotaUrl?: string;
}

/** Of all gateways of the tests. */
const SECRET = 's'.repeat(32);
const LOOPBACK = { host: '127.0.0.1', port: 0 };

/** Loaded by those who use it: Redis's client takes a sixth of the time in which a test file loads the gateway. */
async function openRedis(url: string, logger: Logger): Promise<Redis> {
  const { createRedis } = await import('../../src/redis/connection.ts');
  return createRedis(url, logRedis(logger));
}

/** The real gateway on a real socket of the loopback interface, in front of the upstream given. */
export async function startGateway(
  upstreamUrl: string,
  options: StartOptions = {},
): Promise<TestGateway> {
  const logs: Record<string, unknown>[] = [];
  const logger = pino(
    { level: 'trace' },
    { write: (line: string) => void logs.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const { caching, documentsUrl, quotaUrl } = options;
  const client = createClient({
    baseUrl: upstreamUrl,
    onMissingList: logMissingList(logger),
    ...(options.givesUpSilent === true && {
      requestDeadlineMs: options.requestDeadlineMs ?? 10_000,
    }),
    withRaw: caching !== undefined,
  });
  const redisUrl = caching?.redisUrl ?? documentsUrl ?? quotaUrl;
  const redis = redisUrl === undefined ? undefined : await openRedis(redisUrl, logger);
  const store =
    redis && caching?.redisUrl !== undefined
      ? createRedisStore(redis, { secret: caching.secret ?? SECRET, origin: upstreamUrl })
      : createMemoryStore(caching?.maxBytes ?? 1e6);
  const quota = options.limits?.quota;
  const shared =
    redis && quota && quotaUrl !== undefined
      ? createSharedQuotas(redis, { secret: SECRET, origin: upstreamUrl }, quota)
      : undefined;
  const { ttlMs = 0, referenceMs = ttlMs, menuMs = ttlMs } = caching ?? {};
  const cache = caching && {
    cache: createResponseCache({
      lifetimes: { reference: referenceMs, menu: menuMs, other: ttlMs },
      store,
    }),
    readRaw: client.readRaw,
  };
  const metrics =
    options.isMetered === true ? createMetrics(() => listener.load, undefined, 0) : undefined;
  const all: Options = {
    requestDeadlineMs: 10_000,
    mutations: true,
    limits: { callsPerRequest: 250, perOwner: 10, total: 100 },
    resilience: FRAGILE,
    live: { pollMs: 5000, maxSubscriptions: 1000 },
    ending: new AbortController().signal,
    explain: true,
    introspection: true,
    maxQueryCost: 50_000,
    isReady: () => true,
    isShedding: () => listener.isShedding,
    graphiql: false,
    // So that whatever a test asks is asked of the compiled query, too.
    compileAfter: 0,
    // So that a test counts the calls of its query, not those that find out about the upstream.
    traits: FIRST_READING,
    ...options,
    ...(options.limits && quota && { limits: { ...options.limits, quota: { ...quota, shared } } }),
  };
  const gateway = createGateway({
    ...all,
    door: all,
    engine: { ...all, redis },
    upstream: { ...all, exchange: client.exchange, isBehind: client.isBehind, cache },
    observers: { logger, metrics, tracing: options.tracing },
  });
  const listener: Listener = createListener(gateway, {
    maxInFlight: 150,
    requestDeadlineMs: 10_000,
    corsOrigins: [],
    ...options,
  });
  const url = await listener.listen(LOOPBACK);
  const admin = createAdminListener({ handle: gateway, metrics });
  const adminUrl = await admin.listen(LOOPBACK);
  return {
    url,
    adminUrl,
    logs,
    metrics: async () => (await fetch(`${adminUrl}/metrics`)).text(),
    ask: async (query, { token = 'sandbox-user', headers = {}, variables, signal } = {}) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token !== null && { authorization: `Bearer ${token}` }),
          ...headers,
        },
        body: JSON.stringify({ query, variables }),
        ...(signal && { signal }),
      });
      const body = (await response.json()) as GraphQLAnswer['body'];
      return { status: response.status, headers: response.headers, body };
    },
    close: async () => {
      await listener.stop({ delayMs: 0, timeoutMs: 0 });
      admin.close();
      client.close();
      redis?.close();
    },
  };
}
