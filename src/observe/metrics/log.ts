import { Counter, type Registry } from '@prometheus-io/client';

/** @param dropped Called whenever the metrics are read: gives the lines dropped since the start. */
export function createLogMetrics(registry: Registry, dropped: () => number): void {
  new Counter({
    name: 'cotalker_gateway_log_lines_dropped_total',
    help: 'Lines of the log that were dropped since they could not be written.',
    registers: [registry],
    collect() {
      this.reset();
      this.inc(dropped());
    },
  });
}
