/** The code of a command that was not answered in time. */
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
