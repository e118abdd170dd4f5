/** What can be well or not about Redis. */
export type Aspect = 'connection' | 'reads' | 'writes' | 'documents';

/**
 * Is told of a change: why an aspect is not well, or undefined where it is again.
 *
 * @param reason A code alone, such as `ECONNREFUSED`, `WRONGPASS`, `OOM` or `LATE`; never a message, which
 *   may name the address, a user or a key.
 */
export type TellOfRedis = (aspect: Aspect, reason: string | undefined) => void;

/** Passes on what is news: the first time that an aspect is well, each reason once until it is again. */
export function onlyNews(tell: TellOfRedis): TellOfRedis {
  const told: Record<Aspect, Set<string | undefined>> = {
    connection: new Set(),
    // These are taken to be well until they are not.
    reads: new Set([undefined]),
    writes: new Set([undefined]),
    documents: new Set([undefined]),
  };
  return (aspect, reason) => {
    const known = told[aspect];
    if (known.has(reason)) return;
    if (reason === undefined) known.clear();
    else known.delete(undefined);
    known.add(reason);
    tell(aspect, reason);
  };
}
