import { collectDefaultMetrics, Counter, Gauge, Registry } from '@prometheus-io/client';
import type { QuotaLoad } from '../../cotalker/quota/quota-observer.ts';
import type { RequestObserver } from '../request-observer.ts';
import { createRequestMetrics } from './requests.ts';
import { createUpstreamMetrics, type UpstreamMetrics } from './upstream.ts';

export interface Load {
  readonly inFlight: number;
  readonly waiting: number;
  readonly turnedAway: Readonly<Record<string, number>>;
  readonly closed: Readonly<Record<string, number>>;
}

export type LiveLoad = Readonly<
  Record<'subscriptions' | 'feeds' | 'failing' | 'turnedAway', number>
>;

/** Counts what the process does, for Prometheus. */
export interface Metrics extends UpstreamMetrics {
  readonly observer: RequestObserver;
  /** From now on, the metrics include subscriptions and feeds. Call it once. */
  readonly watchLive: (load: () => LiveLoad) => void;
  /** From now on, the metrics tell how much of their quotas companies use, and whether these are shared. Call it once. */
  readonly watchQuota: (load: () => Pick<QuotaLoad, 'busiest' | 'unshared'>) => void;
  readonly contentType: string;
  read(): Promise<string>;
}

/** How long a text is served again, in milliseconds: frequent reads stay cheap, and each begins the event loop's lag anew. */
const KEEP_MS = 1000;

export function createMetrics(
  load: () => Load,
  droppedLines: () => number = () => 0,
  keepMs = KEEP_MS,
): Metrics {
  const registry = new Registry();
  const ofProcess = (processRegistry ??= collectOfProcess());
  watchProcess(registry, load, droppedLines);
  let text: Promise<string[]> | undefined;
  let madeAt = -Infinity;
  return {
    ...createUpstreamMetrics(registry),
    observer: createRequestMetrics(registry),
    watchLive: (read) =>
      watch(registry, {
        subscriptions_open: [
          'Subscriptions that are open, or about to be.',
          () => read().subscriptions,
        ],
        feeds_open: ['Lists that are polled for subscriptions.', () => read().feeds],
        feeds_failing: [
          'Lists that are polled for subscriptions, and could not be read the last time.',
          () => read().failing,
        ],
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
    read: async () => {
      if (text === undefined || performance.now() - madeAt >= keepMs) {
        madeAt = performance.now();
        text = Promise.all([ofProcess.metrics(), registry.metrics()]);
      }
      return (await text).join('\n');
    },
  };
}

function watchProcess(registry: Registry, load: () => Load, droppedLines: () => number): void {
  watch(registry, {
    requests_in_flight: [
      'Requests of any kind that have come in and whose answers are not out.',
      () => load().inFlight,
    ],
    requests_waiting: [
      'Requests that wait in line for the processor; those in flight include them.',
      () => load().waiting,
    ],
    requests_turned_away_total: [
      'Requests answered with 503: the line stands, the deadline, the places, the share of a token or of all unknown ones, the slots for calls.',
      () => load().turnedAway,
    ],
    connections_closed_total: [
      'Connections of callers that were closed: silent, late, an unread answer, to make room, malformed, too large, pipelined, too many.',
      () => load().closed,
    ],
    log_lines_dropped_total: [
      'Lines of the log that were dropped since they could not be written.',
      droppedLines,
    ],
  });
}

/**
 * Has the registry tell figures that others keep, by the end of their name: what each says, and how to read it, which
 * is done whenever the metrics are read. What ends in `_total` is counted since the start, in all or by reason.
 */
function watch(
  registry: Registry,
  figures: Readonly<
    Record<string, readonly [help: string, read: () => number | Load['turnedAway']]>
  >,
): void {
  for (const [name, [help, read]] of Object.entries(figures)) {
    const Metric = name.endsWith('_total') ? Counter : Gauge;
    new Metric({
      ...{ name: `cotalker_gateway_${name}`, help, labelNames: ['reason'], registers: [registry] },
      collect() {
        this.reset();
        const counts = read();
        if (typeof counts === 'number') this.inc(counts);
        else for (const [reason, count] of Object.entries(counts)) this.inc({ reason }, count);
      },
    });
  }
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
