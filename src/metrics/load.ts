import { Counter, Gauge, type Registry } from '@prometheus-io/client';

/** How much there is to do, as `Listener` tells. */
export interface Load {
  /** Requests in flight, of any kind. */
  readonly inFlight: number;
  /** How many may be, at the moment. */
  readonly limit: number;
  /** Requests turned away since the start. */
  readonly turnedAway: number;
}

/** @param read Asked whenever the metrics are read. */
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
    name: 'cotalker_gateway_requests_in_flight_limit',
    help: 'How many requests may be in flight; less than MAX_INFLIGHT while the event loop is late.',
    registers,
    collect() {
      this.set(read().limit);
    },
  });
  new Counter({
    name: 'cotalker_gateway_requests_turned_away_total',
    help: 'Requests answered with 503 since there was too much to do.',
    registers,
    collect() {
      this.reset();
      this.inc(read().turnedAway);
    },
  });
}
