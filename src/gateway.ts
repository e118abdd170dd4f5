import type { Logger } from 'pino';
import { createContext } from './context.ts';
import type { Exchange } from './cotalker/exchange.ts';
import type { PipelineOptions } from './cotalker/options.ts';
import { observeAllOfQuota } from './cotalker/quota/quota-observer.ts';
import { type Cotalker, createCotalker } from './cotalker/session.ts';
import { createTraits, type KnownTraits } from './cotalker/traits/index.ts';
import { createChannelChanges, createTellFollowers } from './live/channel-changes.ts';
import { createFollow, type LiveOptions } from './live/follow.ts';
import { createGroupChanges } from './live/group-changes.ts';
import { logBreaker, logFailingFeeds, logLearnt, logQuota } from './observe/log/operator.ts';
import { createHandle, type DoorOptions } from './http/handle.ts';
import type { Handle } from './http/arrival.ts';
import { observeAll } from './observe/request-observer.ts';
import { logRequests } from './observe/log/requests.ts';
import type { Metrics } from './observe/metrics/index.ts';
import type { Tracing } from './observe/tracing/index.ts';
import { openYoga, type YogaOptions } from './yoga.ts';

/** Cotalker, and how it is asked. */
interface UpstreamOptions extends Omit<PipelineOptions, 'quotaObserver' | 'observers'> {
  readonly exchange: Exchange;
  /** Facts about Cotalker that are known beforehand. Default: none, the gateway learns them from answers. */
  readonly traits?: KnownTraits;
}

/** Who is told of requests and calls. */
interface ObserverOptions {
  readonly logger: Logger;
  readonly metrics?: Metrics | undefined;
  readonly tracing?: Tracing | undefined;
}

export interface GatewayOptions {
  readonly door: DoorOptions;
  readonly engine: Omit<YogaOptions, 'logger'>;
  readonly upstream: UpstreamOptions;
  readonly observers: ObserverOptions;
  readonly live: LiveOptions;
  /** Whether callers may change anything. */
  readonly mutations: boolean;
  readonly requestDeadlineMs: number;
  /** Fires when the gateway accepts nothing more. This ends its subscriptions, which have no end of their own. */
  readonly ending: AbortSignal;
}

/**
 * The gateway as a request handler; it does not listen.
 *
 * @throws ConfigError if the trusted documents cannot be read, or one of them is not valid.
 */
export function createGateway(options: GatewayOptions): Handle {
  const { door, live, mutations, ending, requestDeadlineMs: deadlineMs } = options;
  const { logger, metrics, tracing } = options.observers;
  const cotalker = openCotalker(options.upstream, options.observers);
  const onFailing = logFailingFeeds(logger);
  const following = createFollow({ ...live, cotalker, deadlineMs, ending, onFailing });
  metrics?.watchLive(() => following.load);
  metrics?.watchQuota(() => cotalker.quotaLoad() ?? { busiest: 0, unshared: 0 });
  const makeContext = createContext({
    cotalker,
    followGroups: createGroupChanges(following.follow, cotalker),
    followChannel: createChannelChanges(following.follow),
    tellFollowers: createTellFollowers(following.hasten),
    mutations,
    deadlineMs,
  });
  const observers = [logRequests(logger), metrics?.observer, tracing?.observer];
  const observer = observeAll(observers.filter((observer) => observer !== undefined));
  const engine = openYoga({ ...options.engine, logger }, makeContext, observer.opened);
  const isReady = (): boolean => door.isReady() && cotalker.isAvailable();
  return createHandle(engine, { ...door, isReady }, observer);
}

/** Cotalker, with all who are told of its calls. */
function openCotalker(
  { exchange, resilience, cache, traits, ...upstream }: UpstreamOptions,
  { logger, metrics, tracing }: ObserverOptions,
): Cotalker {
  const reportBreaker = logBreaker(logger);
  const onChange = (state: 'open' | 'closed'): void => {
    reportBreaker(state);
    metrics?.noteBreaker(state);
  };
  const observers = [metrics?.observe, tracing?.observe];
  const quotaObservers = [metrics?.quota, logQuota(logger)];
  return createCotalker(exchange, {
    ...upstream,
    resilience: { ...resilience, breaker: { onChange, ...resilience?.breaker } },
    cache: cache && { onLookup: metrics?.noteLookup, ...cache },
    quotaObserver: observeAllOfQuota(quotaObservers.filter((observer) => observer !== undefined)),
    observers: observers.filter((observer) => observer !== undefined),
    traits: createTraits(traits, logLearnt(logger)),
  });
}
