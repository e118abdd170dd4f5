import { Counter, type Registry } from '@prometheus-io/client';
import { LOOKUP_RESULTS, type LookupResult } from '../../cotalker/cache/response-cache.ts';

/** Counts the lookups in the response cache by their result. */
export function createCacheMetrics(registry: Registry): (result: LookupResult) => void {
  const lookups = new Counter({
    name: 'cotalker_gateway_cache_lookups_total',
    help: 'Lookups in the response cache: hit, miss, revalidated (Cotalker said that it still holds), error (none could be made, or what was found was not to be trusted).',
    labelNames: ['result'],
    registers: [registry],
  });
  for (const result of LOOKUP_RESULTS) lookups.inc({ result }, 0);
  return (result) => lookups.inc({ result });
}
