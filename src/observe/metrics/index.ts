import { collectDefaultMetrics, Registry } from '@prometheus-io/client';
import type { LookupResult } from '../../cotalker/cache/response-cache.ts';
import type { Teller } from '../teller.ts';
import { createCacheMetrics } from './cache.ts';
import { createLiveMetrics, type LiveLoad } from './live.ts';
import { createLoadMetrics, type Load } from './load.ts';
import { createLogMetrics } from './log.ts';
import { createQuotaMetrics, type QuotaMetrics } from './quota.ts';
import { createRequestMetrics } from './requests.ts';
import { createUpstreamMetrics, type UpstreamMetrics } from './upstream.ts';

/** Counts what the process does, for Prometheus. */
export interface Metrics extends UpstreamMetrics, QuotaMetrics {
  readonly tell: Teller;
  /** To be told of each lookup in the response cache. */
  readonly noteLookup: (result: LookupResult) => void;
  /** Tells from now on how much is followed. To be called once. */
  readonly watchLive: (load: () => LiveLoad) => void;
  /** The media type of {@link read}. */
  readonly contentType: string;
  /** All metrics in Prometheus' text format, those of Node and of the process included. */
  read(): Promise<string>;
}

/** Who reads more often gets the same again: it is served however much there is to do. */
const KEEP_MS = 1000;

export interface MetricsOptions {
  /** How many lines of the log were dropped so far. */
  readonly droppedLines?: () => number;
  /** How long a text is served, in milliseconds. */
  readonly keepMs?: number;
}

export function createMetrics(
  load: () => Load,
  { droppedLines = () => 0, keepMs = KEEP_MS }: MetricsOptions = {},
): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of registry.getMetricsAsArray().map(({ name }) => name))
    if (UNWANTED.test(name)) registry.removeSingleMetric(name);
  createLoadMetrics(registry, load);
  createLogMetrics(registry, droppedLines);
  let text: Promise<string> | undefined;
  let madeAt = -Infinity;
  return {
    ...createUpstreamMetrics(registry),
    ...createQuotaMetrics(registry),
    tell: createRequestMetrics(registry),
    noteLookup: createCacheMetrics(registry),
    watchLive: (load) => createLiveMetrics(registry, load),
    contentType: registry.contentType,
    read: () => {
      if (text === undefined || performance.now() - madeAt >= keepMs) {
        madeAt = performance.now();
        text = registry.metrics();
      }
      return text;
    },
  };
}

/**
 * Default metrics that are left out. The first kind walks all connections by a function that Node has not documented;
 * the second has names that Prometheus advises against, and `nodejs_eventloop_lag_*` tells the same.
 */
const UNWANTED = /^nodejs_(?:active|eventloop_utilization)_/;
