import type { Logger } from 'pino';
import { createResponseCache } from './cotalker/cache/response-cache.ts';
import { createMemoryStore, type Store } from './cotalker/cache/store.ts';
import { loadEnv } from './config/file.ts';
import { type Config, readConfig, readUnknown } from './config/index.ts';
import type { CacheUse } from './cotalker/cache/cached-calls.ts';
import type { SessionLimits } from './cotalker/options.ts';
import { createClient } from './cotalker/wire/client.ts';
import type { ReadRaw } from './cotalker/exchange.ts';
import { explainFailure, greeting, type GreetingFacts } from './startup-message.ts';
import { createAdminListener, openAdmin } from './http/admin.ts';
import { createListener } from './http/server.ts';
import { createLog, endOnDefect } from './observe/log/logger.ts';
import {
  logCollector,
  logMissingList,
  logRedis,
  logRefusedOrigin,
  logTurnedAway,
} from './observe/log/operator.ts';
import { createGateway } from './gateway.ts';
import { giveBackWhenIdle } from './give-back.ts';
import { createMetrics } from './observe/metrics/index.ts';
import type { Redis } from './redis/connection.ts';
import type { Tracing } from './observe/tracing/index.ts';

/** Config -> (sandbox) -> gateway -> listen -> close. Nothing else starts a server. */
async function main(config: Config): Promise<void> {
  const { logger, dropped, end } = await createLog(config.logLevel);
  endOnDefect(end);
  const upstream = await openUpstream(config);
  const tracing = config.traces ? await openTracing(logger) : undefined;
  const client = createClient({
    ...config,
    withRaw: config.cache !== undefined,
    baseUrl: upstream.url,
    onMissingList: logMissingList(logger),
  });
  const redis = await openRedis(config, logger);
  const ending = new AbortController();
  const metrics = config.metrics ? createMetrics(() => listener.load, dropped) : undefined;
  const gateway = createGateway({
    ...config,
    ending: ending.signal,
    door: {
      ...config,
      ...{ isReady: () => listener.isServing, isShedding: () => listener.isShedding },
      graphiql: config.graphiql && { token: upstream.sandboxToken },
    },
    engine: { ...config, redis },
    upstream: {
      ...{ exchange: client.exchange, isBehind: client.isBehind },
      limits: await openLimits(config, upstream, redis),
      cache: await openCache(config, upstream.url, client.readRaw, redis),
    },
    observers: { logger, metrics, tracing: tracing?.tracing },
  });
  const listener = createListener(gateway, {
    ...config,
    // Whoever tries the sandbox has a page of their own next.
    corsLoopback: upstream.sandboxToken !== undefined,
    ...{ onTurnedAway: logTurnedAway(logger), onRefusedOrigin: logRefusedOrigin(logger) },
  });
  const admin = createAdminListener({ handle: gateway, metrics });
  const adminAddress = config.admin && (await openAdmin(admin, config.admin, logger));
  const address = await listener.listen(config);
  tellOfStart(logger, { ...config, address, adminAddress, upstream });
  giveBackWhenIdle(() => listener.load.inFlight + listener.load.waiting === 0);

  /** Exits with 0 if every request got its answer, with 1 if one was cut. */
  const stop = async (): Promise<void> => {
    if (!listener.isServing) {
      logger.error('ended at once by a further signal: what was in flight is cut');
      await end();
      process.exit(1);
    }
    logger.info('stopping: requests in flight are finished; a second signal ends at once');
    const onClosing = (): void => ending.abort();
    const cut = await listener.stop({ ...config.shutdown, writes: client.writes, onClosing });
    if (cut > 0) logger.error({ cut }, 'stopped before all requests were finished');
    admin.close();
    client.close();
    redis?.close();
    await upstream.close();
    await tracing?.close();
    await end();
    process.exit(cut > 0 ? 1 : 0);
  };
  process.on('SIGTERM', () => void stop()).on('SIGINT', () => void stop());
}

/**
 * Prints a greeting on a terminal, and for users of the sandbox. A JSON log gets one line, whatever `LOG_LEVEL` is,
 * because nothing else shows which free port was taken.
 */
function tellOfStart(logger: Logger, facts: GreetingFacts & { isProduction: boolean }): void {
  const { address, adminAddress, upstream, isProduction } = facts;
  if (process.stdout.isTTY || (upstream.sandboxToken !== undefined && !isProduction))
    process.stdout.write(greeting(facts));
  else {
    const told = { endpoint: `${address}/graphql`, ...(adminAddress && { admin: adminAddress }) };
    logger.child({}, { level: 'info' }).info(told, 'listening');
  }
  const unknown = readUnknown();
  if (unknown.length > 0) logger.warn({ unknown }, 'variables are set that mean nothing');
}

interface Upstream {
  readonly url: string;
  /** A token for trying the gateway; only the sandbox has one. */
  readonly sandboxToken: string | undefined;
  /** The company of a header `Authorization`; undefined: the token says it. The sandbox's tokens are plain words. */
  readonly companyOf?: (authorization: string) => string | undefined;
  readonly close: () => Promise<void>;
}

async function openUpstream({ upstreamUrl, isSandboxStill }: Config): Promise<Upstream> {
  if (upstreamUrl !== undefined) {
    return { url: upstreamUrl, sandboxToken: undefined, close: async () => undefined };
  }
  const sandbox = await import('../sandbox/index.ts');
  // As Cotalker is, so that what people try here is what they get there.
  const { url, close } = await sandbox.createSandbox({
    ...{ quota: sandbox.DOCUMENTED_QUOTA, writeQuota: sandbox.DOCUMENTED_WRITE_QUOTA },
    ...{ latencyMs: 20, hasSites: true },
    ...(!isSandboxStill && { life: sandbox.EVERY_20_SECONDS }),
  });
  return {
    ...{ url, sandboxToken: sandbox.SANDBOX_USER_TOKEN, close },
    companyOf: (authorization) => sandbox.companyOf({ authorization }),
  };
}

/** Redis, whose client is loaded only if it is used. The start does not wait for it. */
async function openRedis(config: Config, logger: Logger): Promise<Redis | undefined> {
  const { redisUrl, sharedSecret, cache, limits, trustedDocuments } = config;
  const sharesDocuments = trustedDocuments !== undefined && trustedDocuments.file === undefined;
  const sharesSecretly = sharedSecret !== undefined && (cache ?? limits.quota) !== undefined;
  if (redisUrl === undefined || !(sharesSecretly || sharesDocuments)) return undefined;
  const { createRedis } = await import('./redis/connection.ts');
  return createRedis(redisUrl, logRedis(logger));
}

/** The most memory of all cache entries, if there is no Redis. */
const CACHE_BYTES = 64 * 1024 * 1024;

async function openCache(
  { cache, sharedSecret: secret }: Config,
  origin: string,
  readRaw: ReadRaw,
  redis: Redis | undefined,
): Promise<CacheUse | undefined> {
  if (cache === undefined) return undefined;
  let store: Store;
  // Without a secret nothing may leave the process, whatever else is in Redis.
  if (redis === undefined || secret === undefined) store = createMemoryStore(CACHE_BYTES);
  else {
    const { createRedisStore } = await import('./cotalker/cache/in-redis.ts');
    store = createRedisStore(redis, { secret, origin });
  }
  return { cache: createResponseCache({ ...cache, store }), readRaw };
}

/** The limits that protect Cotalker; instances share the quotas of companies where they have a Redis and a secret. */
async function openLimits(
  { limits: configured, sharedSecret: secret }: Config,
  { url: origin, companyOf }: Upstream,
  redis: Redis | undefined,
): Promise<SessionLimits> {
  const quota = configured.quota && { ...configured.quota, companyOf };
  const writes = configured.writes && { ...configured.writes, companyOf };
  const limits = { ...configured, quota, writes };
  if (redis === undefined || secret === undefined || quota === undefined) return limits;
  const { createSharedQuotas } = await import('./cotalker/quota/in-redis.ts');
  const shared = createSharedQuotas(redis, { secret, origin }, quota);
  return { ...limits, quota: { ...quota, shared } };
}

async function openTracing(
  logger: Logger,
): Promise<{ readonly tracing: Tracing; close(): Promise<void> }> {
  const [{ createTracing }, { startExport }] = await Promise.all([
    import('./observe/tracing/index.ts'),
    import('./observe/tracing/exporter.ts'),
  ]);
  const { tracer, close } = startExport(logCollector(logger));
  return { tracing: createTracing(tracer), close };
}

try {
  loadEnv();
  await main(readConfig());
} catch (error) {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exit(1);
}
