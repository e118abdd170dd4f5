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

/** @param read Called whenever the metrics are read. */
export function createLoadMetrics(registry: Registry, read: () => Load): void {
  const registers = [registry];
  new Gauge({
    name: 'cotalker_gateway_requests_in_flight',
    help: 'Requests of any kind that have come in and whose answers are not out.',
    registers,
    collect() {
      this.set(read().inFlight);
    },
  });
  new Gauge({
    name: 'cotalker_gateway_requests_waiting',
    help: 'Requests that wait in line for the processor; those in flight include them.',
    registers,
    collect() {
      this.set(read().waiting);
    },
  });
  new Counter({
    name: 'cotalker_gateway_requests_turned_away_total',
    help: 'Requests answered with 503: the line stands, the deadline, the places, or the share of a token.',
    labelNames: ['reason'],
    registers,
    collect() {
      this.reset();
      for (const [reason, count] of Object.entries(read().turnedAway)) this.inc({ reason }, count);
    },
  });
}
