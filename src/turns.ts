/** Shares the event loop's turns out between what has to be done, so that none of them takes long. */
export interface Turns {
  /**
   * Asks for a while of the processor; undefined: now. Else resolves in a later turn, to how long that took in
   * milliseconds: what goes on before what begins, and of each kind in the order of asking.
   *
   * Node calls back for all sockets that can be read before it looks at others, so a hundred answers of
   * Cotalker's that come at once keep a request waiting that is only to be turned away.
   *
   * @param work `begin`: a request that nothing has been done for yet. `goOn`: one that has been begun.
   */
  take(work: 'begin' | 'goOn'): Promise<number> | undefined;
  /** How long who was let in last had waited, or who still does has, in milliseconds. */
  readonly lateMs: number;
}

/** How long requests have waited for their turn, where they have; each goes with its request. */
const waits = new WeakMap<object, number>();
export const noteWait = (request: object, ms: number): void => void waits.set(request, ms);
/** In milliseconds: what a request's figures and its deadline count as well. */
export const waitOf = (request: object): number => waits.get(request) ?? 0;

/** As long as some ten small requests take: with less, the loop would look around more than it worked. */
const TURN_MS = 5;
/**
 * What is begun is finished first: a request that waits outside is a socket, one that waits within is all that
 * has been read for it, which grows old, and is then kept until V8 goes through its whole heap.
 */
const BEGINNING_PART = 0.2;
/**
 * In milliseconds; who has waited longer begins ahead of what goes on, within the part for that: what goes on of its
 * own accord, such as live lists, must not keep requests out.
 */
const PATIENCE_MS = 100;

interface Waiting {
  readonly since: number;
  readonly resolve: (waitedMs: number) => void;
}

/** @param maxMs How much of a turn is given away, in milliseconds; who has begun ends, however long it takes. */
export function createTurns(maxMs = TURN_MS): Turns {
  const waiting = { begin: [] as Waiting[], goOn: [] as Waiting[] };
  let began: number | undefined;
  let lastGoingOn = -Infinity;
  let lastWaitMs = 0;

  const endTurn = (): void => {
    began = undefined;
  };
  /** How much of this turn is gone, in milliseconds. */
  const gone = (now: number): number => {
    if (began === undefined) {
      began = now;
      setImmediate(endTurn);
    }
    return now - began;
  };
  /** Requests that need nothing of Cotalker keep none from going on. */
  const shareOf = (work: 'begin' | 'goOn', now: number): number => {
    const doOthersGoOn = waiting.goOn.length > 0 || now - lastGoingOn < PATIENCE_MS;
    return work === 'begin' && doOthersGoOn ? maxMs * BEGINNING_PART : maxMs;
  };
  const sinceOf = ([first]: readonly Waiting[]): number => first?.since ?? Infinity;
  const isImpatient = (now: number): boolean => now - sinceOf(waiting.begin) > PATIENCE_MS;
  const next = (now: number): Waiting | undefined => {
    const spent = gone(now);
    if (spent >= maxMs) return undefined;
    const mayBegin =
      spent < shareOf('begin', now) && (isImpatient(now) || waiting.goOn.length === 0);
    return (mayBegin ? waiting.begin.shift() : undefined) ?? waiting.goOn.shift();
  };
  /** There is one of these on its way for each that waits, so that Node does what follows from it in between. */
  const letIn = (): void => {
    const now = performance.now();
    const one = next(now);
    if (one === undefined) {
      setImmediate(letIn);
      return;
    }
    lastWaitMs = now - one.since;
    one.resolve(lastWaitMs);
  };

  return {
    take: (work) => {
      const now = performance.now();
      const isFirst =
        waiting.goOn.length === 0 &&
        (work === 'goOn' ? !isImpatient(now) : waiting.begin.length === 0);
      if (work === 'goOn') lastGoingOn = now;
      if (isFirst && gone(now) < shareOf(work, now)) {
        lastWaitMs = 0;
        return undefined;
      }
      setImmediate(letIn);
      return new Promise((resolve) => waiting[work].push({ since: now, resolve }));
    },
    get lateMs() {
      const now = performance.now();
      return Math.max(lastWaitMs, now - sinceOf(waiting.begin), now - sinceOf(waiting.goOn));
    },
  };
}
