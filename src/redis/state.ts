/** The aspects of Redis that can work or fail. */
export type Aspect = 'connection' | 'reads' | 'writes' | 'documents' | 'quota';

/**
 * Called for each change: why an aspect fails, or undefined when it works again.
 *
 * @param reason Only a code, such as `ECONNREFUSED`, `WRONGPASS`, `OOM` or `LATE`. Never a message, which may name
 *   the address, a user or a key.
 */
export type ReportRedisState = (aspect: Aspect, reason: string | undefined) => void;

/** Passes on only changes: each reason once, until the aspect works again. */
export function onlyChanges(report: ReportRedisState): ReportRedisState {
  const reported: Record<Aspect, Set<string | undefined>> = {
    connection: new Set(),
    // These aspects count as working until they fail.
    reads: new Set([undefined]),
    writes: new Set([undefined]),
    documents: new Set([undefined]),
    quota: new Set([undefined]),
  };
  return (aspect, reason) => {
    const known = reported[aspect];
    if (known.has(reason)) return;
    if (reason === undefined) known.clear();
    else known.delete(undefined);
    known.add(reason);
    report(aspect, reason);
  };
}
