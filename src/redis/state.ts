export const LATE = 'LATE';

/** Why a command has no answer. It has only a code: the client's own errors quote addresses, users and keys. */
export class RedisError extends Error {
  override readonly name = 'RedisError';
  /** `DOWN`: there is no connection; `LATE`; else Redis' own code, such as `OOM`, or Node's. */
  readonly code: string;

  constructor(code: string) {
    super(`Redis: ${code}`);
    this.code = code;
  }
}

/** Redis puts the code at the start of its message, Node into `code`; the client has none. */
export function reasonOf(error: unknown): string {
  const { code, message, constructor } = error as NodeJS.ErrnoException;
  if (typeof code === 'string' && /^[A-Z_]{2,60}$/.test(code)) return code;
  return /^[A-Z]{2,20}(?= )/.exec(message)?.[0] ?? constructor.name;
}

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
