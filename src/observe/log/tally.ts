/** How soon the counts are told first, and how long until the next time, in milliseconds. */
const FIRST_MS = 1000;
const EVERY_MS = 60_000;

/** Counts by name. */
export interface Tally<Name extends string> {
  add(name: Name): void;
  /** Tells what has not been told yet. */
  stop(): void;
}

/**
 * Counts, and tells what was counted since the last time: soon after the first, then once a minute while there is more.
 * It keeps no process alive.
 */
export function createTally<Name extends string>(
  onTell: (counts: Partial<Record<Name, number>>) => void,
): Tally<Name> {
  let counts: Partial<Record<Name, number>> = {};
  let timer: NodeJS.Timeout | undefined;
  /** @returns Whether there was anything. */
  const tell = (): boolean => {
    const isAny = Object.keys(counts).length > 0;
    if (isAny) onTell(counts);
    counts = {};
    return isAny;
  };
  const tellInTime = (): void => {
    timer = tell() ? setTimeout(tellInTime, EVERY_MS).unref() : undefined;
  };
  return {
    add: (name) => {
      counts[name] = (counts[name] ?? 0) + 1;
      timer ??= setTimeout(tellInTime, FIRST_MS).unref();
    },
    stop: () => {
      clearTimeout(timer);
      tell();
    },
  };
}
