import { collectDefaultMetrics, Registry } from '@prometheus-io/client';
import type { QuotaLoad } from '../../cotalker/quota/quota-observer.ts';
import type { RequestObserver } from '../request-observer.ts';
import { gaugesOfLive, gaugesOfLoad, type LiveLoad, type Load, watch } from './figures.ts';
import { createRequestMetrics } from './requests.ts';
import { createUpstreamMetrics, type UpstreamMetrics } from './upstream.ts';

/** Counts what the process does, for Prometheus. */
export interface Metrics extends UpstreamMetrics {
  readonly observer: RequestObserver;
  /** From now on, the metrics include subscriptions and feeds. Call it once. */
  readonly watchLive: (load: () => LiveLoad) => void;
  /** From now on, the metrics tell how much of their quotas companies use, and whether these are shared. Call it once. */
  readonly watchQuota: (load: () => Pick<QuotaLoad, 'busiest' | 'unshared'>) => void;
  /** The media type of {@link read}. */
  readonly contentType: string;
  /** All metrics in Prometheus' text format, those of Node and of the process included. */
  read(): Promise<string>;
}

/** How long a text is served again. So frequent reads stay cheap, even under full load. */
const KEEP_MS = 1000;

export interface MetricsOptions {
  /** The number of log lines dropped so far. */
  readonly droppedLines?: () => number;
  /** How long a text is served, in milliseconds. */
  readonly keepMs?: number;
}

export function createMetrics(
  load: () => Load,
  { droppedLines = () => 0, keepMs = KEEP_MS }: MetricsOptions = {},
): Metrics {
  const registry = new Registry();
  const ofProcess = (processRegistry ??= collectOfProcess());
  watch(registry, gaugesOfLoad(load), {
    requests_turned_away_total: [
      'Requests answered with 503: the line stands, the deadline, the places, or the share of a token.',
      () => load().turnedAway,
    ],
    log_lines_dropped_total: [
      'Lines of the log that were dropped since they could not be written.',
      droppedLines,
    ],
  });
  let text: Promise<string> | undefined;
  let madeAt = -Infinity;
  return {
    ...createUpstreamMetrics(registry),
    observer: createRequestMetrics(registry),
    watchLive: (read) =>
      watch(registry, gaugesOfLive(read), {
        subscriptions_turned_away_total: [
          'Subscriptions answered with 503 since there were as many as there may be, of all or of the caller.',
          () => read().turnedAway,
        ],
      }),
    watchQuota: (read) =>
      watch(registry, {
        quota_busiest_ratio: [
          'The part of its quota that the busiest company uses, 1 where calls wait for it.',
          () => read().busiest,
        ],
        quota_unshared_companies: [
          'Companies of whose quota this instance takes its part, since Redis, by which instances share it, fails.',
          () => read().unshared,
        ],
      }),
    contentType: registry.contentType,
    read: () => {
      if (text === undefined || performance.now() - madeAt >= keepMs) {
        madeAt = performance.now();
        text = Promise.all([ofProcess.metrics(), registry.metrics()]).then((texts) =>
          texts.join('\n'),
        );
      }
      return text;
    },
  };
}

/** Collected once: the timers of the default metrics run as long as the process. */
let processRegistry: Registry | undefined;

function collectOfProcess(): Registry {
  const registry = new Registry();
  // Its metrics are left out, and their timer would spend time all the same.
  collectDefaultMetrics({ register: registry, eventLoopUtilizationTimeout: LONGEST_TIMER_MS });
  for (const { name } of [...registry.getMetricsAsArray()])
    if (UNWANTED.test(name)) registry.removeSingleMetric(name);
  return registry;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Default metrics that are left out. The first kind reads all connections with an undocumented function of Node.
 * The second has names that Prometheus advises against, and `nodejs_eventloop_lag_*` says the same.
 */
const UNWANTED = /^nodejs_(?:active|eventloop_utilization)_/;
