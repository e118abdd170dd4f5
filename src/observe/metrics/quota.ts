import { Counter, Gauge, Histogram, type Registry } from '@prometheus-io/client';
import {
  type QuotaLoad,
  type QuotaObserver,
  REFUSAL_CAUSES,
} from '../../cotalker/quota/quota-observer.ts';

export interface QuotaMetrics {
  /** To be told of what the quotas of companies keep back. */
  readonly quota: QuotaObserver;
  /** Tells from now on how much of their quotas companies use, and whether these are shared. To be called once. */
  readonly watchQuota: (load: () => Pick<QuotaLoad, 'busiest' | 'unshared'>) => void;
}

/** What is counted of the quotas; no company has a label or a series of its own. */
export function createQuotaMetrics(registry: Registry): QuotaMetrics {
  const registers = [registry];
  const waits = new Histogram({
    name: 'cotalker_gateway_quota_wait_seconds',
    help: 'Time that calls to Cotalker waited for the quota of their company; those that went at once are not counted.',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const refusals = new Counter({
    name: 'cotalker_gateway_quota_refusals_total',
    help: 'Requests refused since their turn would have come too late (too_late), and calls that Cotalker refused (cotalker).',
    labelNames: ['cause'],
    registers,
  });
  for (const cause of REFUSAL_CAUSES) refusals.inc({ cause }, 0);
  return {
    quota: {
      refused: (cause) => refusals.inc({ cause }),
      waited: (ms) => waits.observe(ms / 1000),
    },
    watchQuota: (load) => {
      new Gauge({
        name: 'cotalker_gateway_quota_busiest_ratio',
        help: 'The part of its quota that the busiest company uses, 1 where calls wait for it.',
        registers,
        collect() {
          this.set(load().busiest);
        },
      });
      new Gauge({
        name: 'cotalker_gateway_quota_unshared_companies',
        help: 'Companies of whose quota this instance takes its part, since Redis, by which instances share it, fails.',
        registers,
        collect() {
          this.set(load().unshared);
        },
      });
    },
  };
}
