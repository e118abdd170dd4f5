import { Counter, Gauge, type Registry } from '@prometheus-io/client';

/** Counts of subscriptions and feeds, from `Feeds`. */
export interface LiveLoad {
  readonly subscriptions: number;
  readonly feeds: number;
  /** The number of feeds whose last poll failed. */
  readonly failing: number;
  /** Since the start. */
  readonly turnedAway: number;
}

/** @param read Called whenever the metrics are read. */
export function createLiveMetrics(registry: Registry, read: () => LiveLoad): void {
  const registers = [registry];
  new Gauge({
    name: 'cotalker_gateway_subscriptions_open',
    help: 'Subscriptions that are open, or about to be.',
    registers,
    collect() {
      this.set(read().subscriptions);
    },
  });
  new Gauge({
    name: 'cotalker_gateway_feeds_open',
    help: 'Lists that are polled for subscriptions.',
    registers,
    collect() {
      this.set(read().feeds);
    },
  });
  new Gauge({
    name: 'cotalker_gateway_feeds_failing',
    help: 'Lists that are polled for subscriptions, and could not be read the last time.',
    registers,
    collect() {
      this.set(read().failing);
    },
  });
  new Counter({
    name: 'cotalker_gateway_subscriptions_turned_away_total',
    help: 'Subscriptions answered with 503 since there were as many as there may be, of all or of the caller.',
    registers,
    collect() {
      this.reset();
      this.inc(read().turnedAway);
    },
  });
}
