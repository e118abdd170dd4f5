import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics } from 'node:v8';

/*
 * For `node --import`: on SIGUSR2 the process says how many bytes are in its old generation, and how often that was
 * collected, as one line of JSON on stderr.
 */
/** As Node has it for entries of the type `gc`. */
type Collection = PerformanceEntry & { readonly detail?: { readonly kind?: number } };

let collections = 0;
new PerformanceObserver((list) => {
  for (const { detail } of list.getEntries() as Collection[])
    if (detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR) collections += 1;
}).observe({ entryTypes: ['gc'] });

process.on('SIGUSR2', () => {
  const old = getHeapSpaceStatistics()
    .filter(({ space_name: name }) => name === 'old_space' || name === 'large_object_space')
    .reduce((sum, { space_used_size: bytes }) => sum + bytes, 0);
  process.stderr.write(`${JSON.stringify({ old, collections })}\n`);
});
