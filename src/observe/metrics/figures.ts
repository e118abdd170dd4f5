import { Counter, Gauge, type Registry } from '@prometheus-io/client';

/** The load of the gateway, from `Listener`. */
export interface Load {
  /** Requests in flight, of any kind. */
  readonly inFlight: number;
  /** The number of these that wait in line. */
  readonly waiting: number;
  /** Requests turned away since the start, by reason. */
  readonly turnedAway: Readonly<Record<string, number>>;
}

/** Counts of subscriptions and feeds, from `Feeds`. */
export interface LiveLoad {
  readonly subscriptions: number;
  readonly feeds: number;
  /** The number of feeds whose last poll failed. */
  readonly failing: number;
  /** Since the start. */
  readonly turnedAway: number;
}

/**
 * Figures that others keep, by the end of their name, and what they say. Each is read whenever the metrics are read.
 */
type Figures<T> = Readonly<Record<string, readonly [help: string, read: () => T]>>;

export function watch(
  registry: Registry,
  gauges: Figures<number>,
  counters: Figures<number | Load['turnedAway']> = {},
): void {
  const registers = [registry];
  for (const [name, [help, read]] of Object.entries(gauges))
    new Gauge({
      ...{ name: `cotalker_gateway_${name}`, help, registers },
      collect() {
        this.set(read());
      },
    });
  for (const [name, [help, read]] of Object.entries(counters))
    new Counter({
      ...{ name: `cotalker_gateway_${name}`, help, registers, labelNames: ['reason'] },
      collect() {
        this.reset();
        const counts = read();
        if (typeof counts === 'number') this.inc(counts);
        else for (const [reason, count] of Object.entries(counts)) this.inc({ reason }, count);
      },
    });
}

export const gaugesOfLoad = (read: () => Load): Figures<number> => ({
  requests_in_flight: [
    'Requests of any kind that have come in and whose answers are not out.',
    () => read().inFlight,
  ],
  requests_waiting: [
    'Requests that wait in line for the processor; those in flight include them.',
    () => read().waiting,
  ],
});

export const gaugesOfLive = (read: () => LiveLoad): Figures<number> => ({
  subscriptions_open: ['Subscriptions that are open, or about to be.', () => read().subscriptions],
  feeds_open: ['Lists that are polled for subscriptions.', () => read().feeds],
  feeds_failing: [
    'Lists that are polled for subscriptions, and could not be read the last time.',
    () => read().failing,
  ],
});
