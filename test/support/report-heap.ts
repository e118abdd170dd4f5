/*
 * For `node --expose-gc --import`: on SIGUSR2 the process collects its garbage and says what is left, as
 * one line of JSON on stderr.
 */
process.on('SIGUSR2', () => {
  const { gc } = globalThis;
  gc?.();
  // Finalizers and closed sockets let go of the rest.
  setTimeout(() => {
    gc?.();
    const { heapUsed, external, rss } = process.memoryUsage();
    const active = process.getActiveResourcesInfo();
    process.stderr.write(`${JSON.stringify({ heapUsed, external, rss, active })}\n`);
  }, 100);
});
