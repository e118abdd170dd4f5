import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import type { QuotaObserver, RefusalCause } from '../../cotalker/quota/quota-observer.ts';
import { isDefect } from '../../errors.ts';
import type { ReportRedisState } from '../../redis/state.ts';
import type { OnCollectorChange } from '../tracing/exporter.ts';
import { createTally } from './tally.ts';

export const logBreaker =
  (logger: Logger) =>
  (state: 'open' | 'closed'): void => {
    if (state === 'open') logger.warn('circuit breaker open: Cotalker fails, and is not asked');
    else logger.info('circuit breaker closed: Cotalker answers again');
  };

const REMINDER_MS = 60_000;

/** Passes on at most one of a kind a minute. */
function onceAMinute(log: (fact: string) => void, kindOf = (fact: string) => fact) {
  const loggedAt = new Map<string, number>();
  return (fact: string): void => {
    const now = performance.now();
    if (now - (loggedAt.get(kindOf(fact)) ?? -Infinity) < REMINDER_MS) return;
    loggedAt.set(kindOf(fact), now);
    log(fact);
  };
}

/** Logs, at most once a minute, that no list came where Cotalker has one: the server is probably another one. */
export const logMissingList = (logger: Logger) =>
  onceAMinute((endpoint) =>
    logger.error(
      { endpoint },
      'no list came, though Cotalker always has this one: check COTALKER_API_URL, which ends in /api as a rule',
    ),
  );

/** Logs, at most once a minute, a page that may not read answers; of several pages one, the next is told later. */
export const logRefusedOrigin = (logger: Logger) =>
  onceAMinute(
    (origin) =>
      logger.warn(
        { origin },
        'a page of another origin may not read answers: CORS_ORIGINS lists those that may',
      ),
    () => 'any origin',
  );

export const logFailingFeeds = (logger: Logger) =>
  onceAMinute((code) =>
    logger.warn({ code }, 'feeds fail: lists that are followed cannot be read, and are tried on'),
  );

export const logLearnt =
  (logger: Logger) =>
  (fact: string, reading: string | number): void =>
    logger.info({ fact, reading }, 'learnt of Cotalker');

export const logCollector =
  (logger: Logger): OnCollectorChange =>
  (change) => {
    if (change === 'well') logger.info('the collector takes spans again');
    else logger.warn(change, 'the collector does not take spans: they are lost');
  };

export const logTurnedAway =
  (logger: Logger) =>
  (turnedAway: Readonly<Record<string, number>>): void =>
    logger.warn({ turnedAway }, 'requests are turned away');

/** Logs an error that is a defect of the gateway. All others are counted by code. */
export function logDefect(logger: Logger, error: unknown): void {
  if (isDefect(error)) logger.error({ err: placeOf(error) }, 'defect');
}

/**
 * The type of an error and where it was thrown. Never its message or its other fields, which may hold a record or a
 * caller's value.
 */
function placeOf(error: unknown): { readonly type: string; readonly at: readonly string[] } {
  if (error instanceof GraphQLError && error.originalError) return placeOf(error.originalError);
  if (!(error instanceof Error)) return { type: typeof error, at: [] };
  const { name, message, stack = '' } = error;
  const head = message === '' ? name : `${name}: ${message}`;
  // If a stack does not begin like this, the end of the message in it is unknown.
  const frames = stack.startsWith(`${head}\n`) ? stack.slice(head.length + 1).split('\n') : [];
  return { type: error.constructor.name, at: frames.map((frame) => frame.trim()) };
}

/**
 * Tells the operator that companies are at their limit: soon after the first call that waits or is refused, then once a
 * minute while there are more. Which company it is, the log never tells.
 */
export function logQuota(logger: Logger): QuotaObserver {
  const tally = createTally<'waited' | RefusalCause>(({ waited = 0, ...refused }) =>
    logger.warn(
      { waited, refused },
      'companies are at their limit: calls wait for the quota, or are refused',
    ),
  );
  return { waited: () => tally.add('waited'), refused: (cause) => tally.add(cause) };
}

const WELL = {
  connection: 'Redis: connected',
  reads: 'Redis: reads are answered again',
  writes: 'Redis: writes are taken again',
  documents: 'Redis: trusted documents are found again',
  quota: 'Redis: instances share quotas again',
};
const NOT_WELL = {
  connection: 'Redis: no connection',
  reads: 'Redis: reads fail or are too slow',
  writes: 'Redis: writes fail or are too slow',
  documents: 'Redis: a trusted document cannot be read, or (CHANGED) is not what its id says',
  quota:
    'Redis: quotas are not shared: this instance takes its part of each (UPSTREAM_QUOTA_SHARE)',
};

/** Codes that only Cluster or Sentinel servers answer, or that `connection.ts` found out. */
const SEVERAL_SERVERS = new Set([
  'CLUSTER',
  'SENTINEL',
  'MOVED',
  'ASK',
  'CROSSSLOT',
  'CLUSTERDOWN',
]);

export function logRedis(logger: Logger): ReportRedisState {
  let isToldOfKind = false;
  return (aspect, reason) => {
    if (reason === undefined) logger.info(WELL[aspect]);
    else if (!SEVERAL_SERVERS.has(reason)) logger.warn({ reason }, NOT_WELL[aspect]);
    else if (!isToldOfKind) {
      isToldOfKind = true;
      logger.error(
        { reason },
        'Redis: Cluster and Sentinel are not supported, so little or nothing is kept: set REDIS_URL to a single server',
      );
    }
  };
}
