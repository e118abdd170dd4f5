import { contradictions, findUnknown, sendsTraces } from './contradictions.ts';
import { environment, type Environment, type RawEnvironment, VARIABLES } from './variables.ts';

export { VARIABLES };

/** Everything that is wrong with the environment, at once. Names variables, never their values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is wrong:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** The settings, grouped by purpose. Some follow from several variables. */
const toConfig = (env: Environment, raw: RawEnvironment) => ({
  host: env.HOST,
  port: env.PORT,
  admin: toAdmin(env, raw),
  /** Cotalker's API without a slash at the end; undefined: serve the embedded sandbox. */
  upstreamUrl: env.COTALKER_API_URL,
  isSandboxStill: env.SANDBOX_STILL,
  /** Whether the gateway runs unattended: then it writes only the log. */
  isProduction: env.NODE_ENV === 'production',
  /** Whether callers may change anything. */
  mutations: env.MUTATIONS ?? env.COTALKER_API_URL === undefined,
  requestDeadlineMs: env.REQUEST_DEADLINE_MS,
  limits: {
    callsPerRequest: env.MAX_UPSTREAM_CALLS ?? callsInTime(env),
    /** Calls of a company in a window of time, and the part of them that is this instance's; undefined: not paced. */
    quota: toQuota(env),
    /** How many of them may be writes; as it is documented. */
    writes: toQuota(env) && { ...WRITES, share: env.UPSTREAM_QUOTA_SHARE },
    perOwner: env.UPSTREAM_CONCURRENCY_PER_REQUEST,
    total: env.UPSTREAM_CONCURRENCY,
  },
  /** In bytes after decompression. */
  maxResponseBytes: env.MAX_RESPONSE_BYTES,
  maxInFlight: env.MAX_INFLIGHT,
  connections: {
    keepAliveTimeoutMs: env.KEEP_ALIVE_MS,
  },
  shutdown: {
    delayMs: env.SHUTDOWN_DELAY_MS,
    timeoutMs: env.SHUTDOWN_TIMEOUT_MS,
  },
  metrics: env.METRICS,
  /** Whether to send spans; the exporter itself reads the address. */
  traces: sendsTraces(raw),
  live: {
    pollMs: env.LIVE_POLL_MS,
    maxSubscriptions: env.MAX_SUBSCRIPTIONS,
  },
  /** The Redis that instances share; undefined: they share nothing. The URL may hold a password. */
  redisUrl: env.REDIS_URL,
  /** Names and seals what they share; undefined: nothing of callers and companies is there. */
  sharedSecret: env.REDIS_URL === undefined ? undefined : env.CACHE_SECRET,
  cache: toCache(env),
  explain: env.EXPLAIN,
  introspection: env.INTROSPECTION,
  trustedDocuments: toTrustedDocuments(env),
  maxQueryCost: env.MAX_QUERY_COST,
  /** Never without introspection, which GraphiQL needs, nor if only trusted documents are accepted. */
  graphiql: env.GRAPHIQL && env.INTROSPECTION && toTrustedDocuments(env)?.mode !== 'strict',
  corsOrigins: env.CORS_ORIGINS,
  /** What such a page may send besides what the gateway reads; undefined: what it asks for. */
  corsHeaders: env.CORS_HEADERS,
  logLevel: env.LOG_LEVEL,
});

export type Config = ReturnType<typeof toConfig>;

const toQuota = ({ UPSTREAM_QUOTA: quota, UPSTREAM_QUOTA_SHARE: share }: Environment) =>
  quota === 'off' ? undefined : { ...quota, share };

const WRITES = { calls: 20, windowMs: 5000, isOfWrites: true };

/** Where calls are not paced, a request may make so many. */
const UNPACED_CALLS = 250;

/** What a company's quota allows a request that is alone, until its time is up: all of it with each window that begins. */
function callsInTime(env: Environment): number {
  const quota = toQuota(env);
  if (quota === undefined) return UNPACED_CALLS;
  const windows = Math.ceil(env.REQUEST_DEADLINE_MS / quota.windowMs);
  const isShared = env.REDIS_URL !== undefined && env.CACHE_SECRET !== undefined;
  const share = isShared ? 1 : quota.share;
  return Math.max(1, Math.floor(quota.calls * share)) * windows;
}

/** The address of the metrics; undefined: they are not served. */
const toAdmin = ({ ADMIN_HOST, ADMIN_PORT, NODE_ENV }: Environment, raw: RawEnvironment) =>
  ADMIN_PORT === 'off'
    ? undefined
    : {
        host: ADMIN_HOST,
        port: ADMIN_PORT,
        /** Whether a port in use stops the start. If not, a second gateway on one machine runs without metrics. */
        isRequired: NODE_ENV === 'production' || raw['ADMIN_PORT'] !== undefined,
      };

function toCache(env: Environment) {
  const { CACHE_TTL_MS: other, REFERENCE_TTL_MS, MENU_TTL_MS } = env;
  const reference = Math.max(REFERENCE_TTL_MS, other);
  const menu = Math.max(MENU_TTL_MS, other);
  if (reference === 0 && menu === 0) return undefined;
  return {
    /** In milliseconds. */
    lifetimes: { reference, menu, other },
  };
}

export interface TrustedDocumentsConfig {
  /** A JSON file with the texts of the documents by their hash; undefined: they are in Redis. */
  readonly file: string | undefined;
  /** `strict`: only these documents are executed; `mixed`: callers may send texts too. */
  readonly mode: 'strict' | 'mixed';
}

const toTrustedDocuments = ({
  TRUSTED_DOCUMENTS: source,
  TRUSTED_DOCUMENTS_MODE: mode = 'strict',
}: Environment): TrustedDocumentsConfig | undefined =>
  source === undefined ? undefined : { file: source === 'redis' ? undefined : source, mode };

/**
 * Reads the configuration; an empty variable counts as unset.
 *
 * @throws ConfigError naming every variable that is wrong.
 */
export function readConfig(env: RawEnvironment = process.env): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value));
  const { success, data, error } = environment.safeParse(set);
  const wrong = new Map(error?.issues.map(({ path, message }) => [String(path[0]), message]));
  const right = Object.fromEntries(Object.entries(set).filter(([name]) => !wrong.has(name)));
  const problems = [
    ...[...wrong].map(([name, problem]) => `${name} ${problem}`),
    ...contradictions(right, set),
  ];
  if (success && problems.length === 0) return toConfig(data, set);
  throw new ConfigError([...problems, ...readUnknown(set)]);
}

/** The same for a tool that serves nobody: it needs no upstream, not even in production. */
export const readToolConfig = (env: RawEnvironment = process.env): Config =>
  readConfig({ ...env, NODE_ENV: undefined });

export const readUnknown = (env: RawEnvironment = process.env): readonly string[] =>
  findUnknown(env);

/**
 * The token of the doctor; undefined if none is set.
 *
 * @throws ConfigError if it cannot be a token.
 */
export function readToken(env: RawEnvironment = process.env): string | undefined {
  const token = env['COTALKER_TOKEN'] || undefined;
  const { success, data, error } = VARIABLES.COTALKER_TOKEN.safeParse(token);
  if (!success) throw new ConfigError([`COTALKER_TOKEN ${error.issues[0]?.message}`]);
  return data;
}
