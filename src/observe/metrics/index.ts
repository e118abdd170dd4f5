import { collectDefaultMetrics, Registry } from '@prometheus-io/client';
import type { LookupResult } from '../../cotalker/cache/response-cache.ts';
import type { RequestObserver } from '../request-observer.ts';
import { createCacheMetrics } from './cache.ts';
import { createLiveMetrics, type LiveLoad } from './live.ts';
import { createLoadMetrics, type Load } from './load.ts';
import { createLogMetrics } from './log.ts';
import { createQuotaMetrics, type QuotaMetrics } from './quota.ts';
import { createRequestMetrics } from './requests.ts';
import { createUpstreamMetrics, type UpstreamMetrics } from './upstream.ts';

/** Counts what the process does, for Prometheus. */
export interface Metrics extends UpstreamMetrics, QuotaMetrics {
  readonly observer: RequestObserver;
  /** Call it for each lookup in the response cache. */
  readonly noteLookup: (result: LookupResult) => void;
  /** From now on, the metrics include subscriptions and feeds. Call it once. */
  readonly watchLive: (load: () => LiveLoad) => void;
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
  createLoadMetrics(registry, load);
  createLogMetrics(registry, droppedLines);
  let text: Promise<string> | undefined;
  let madeAt = -Infinity;
  return {
    ...createUpstreamMetrics(registry),
    ...createQuotaMetrics(registry),
    observer: createRequestMetrics(registry),
    noteLookup: createCacheMetrics(registry),
    watchLive: (load) => createLiveMetrics(registry, load),
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
