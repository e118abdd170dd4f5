/** Shares the event loop's turns out between what has to be done, so that none of them takes long. */
export interface Turns {
  /**
   * Asks for a while of the processor; undefined: now. Else resolves in a later turn, in the order of asking.
   *
   * Node calls back for all sockets that can be read before it looks at others, so a hundred answers of
   * Cotalker's that come at once keep a request waiting that is only to be turned away.
   */
  take(): Promise<void> | undefined;
  /** How long who was let in last had waited, in milliseconds. */
  readonly lateMs: number;
}

/** How long requests have waited for their turn, where they have; each goes with its request. */
const waits = new WeakMap<object, number>();
export const noteWait = (request: object, ms: number): void => void waits.set(request, ms);
/** In milliseconds: what a request's figures and its deadline count as well. */
export const waitOf = (request: object): number => waits.get(request) ?? 0;

/** As long as some ten small requests take: with less, the loop would look around more than it worked. */
const TURN_MS = 5;

/** @param maxMs How much of a turn is given away, in milliseconds; who has begun ends, however long it takes. */
export function createTurns(maxMs = TURN_MS): Turns {
  let began: number | undefined;
  let waiting = 0;
  let lateMs = 0;

  const hasTime = (): boolean => {
    const now = performance.now();
    if (began !== undefined) return now - began < maxMs;
    began = now;
    setImmediate(() => (began = undefined));
    return true;
  };
  const tryFor = (resolve: () => void, since: number): void => {
    if (!hasTime()) {
      setImmediate(tryFor, resolve, since);
      return;
    }
    waiting -= 1;
    lateMs = performance.now() - since;
    resolve();
  };

  return {
    take: () => {
      if (waiting === 0 && hasTime()) {
        lateMs = 0;
        return undefined;
      }
      waiting += 1;
      const since = performance.now();
      return new Promise((resolve) => setImmediate(tryFor, resolve, since));
    },
    get lateMs() {
      return lateMs;
    },
  };
}
