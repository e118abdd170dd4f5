/**
 * How much of a turn of the event loop goes into answers that are just read, and as much again into those that wait. Node
 * first calls back for all readable sockets. So a hundred answers that came together would make a turn of 150 ms, and
 * everybody would wait for it.
 */
const TURN_MS = 10;
/** Every so many turns go to the answer that came first, so that a young request does not wait for all older ones. */
const FIRST_COME_EVERY = 4;

export interface ShortTurns {
  /** @param since When the request began that the answer is for. */
  run(work: () => void, since: number): void;
  /** Whether answers wait: the processor is short. */
  readonly isBehind: boolean;
}

interface Waiting {
  readonly work: () => void;
  readonly since: number;
}

/**
 * Works answers off, as many a turn of the event loop as it has time for: between the turns others have theirs. What
 * follows from an answer is done with it, before the next.
 *
 * Where answers have to wait, the processor is short. Then the request that began first comes first, as in the line
 * for slots. If all went on at the same pace, all would be half done at their deadline.
 */
export function createShortTurns(): ShortTurns {
  /** In the order in which they came, each with a step to come. */
  const waiting: Waiting[] = [];
  let endsAt: number | undefined;
  let taken = 0;

  const hasTime = (): boolean => {
    if (endsAt === undefined) {
      endsAt = performance.now() + TURN_MS;
      setImmediate(() => (endsAt = undefined));
    }
    return performance.now() < endsAt;
  };
  const takeNext = (): Waiting | undefined => {
    taken += 1;
    const index = taken % FIRST_COME_EVERY === 0 ? 0 : indexOfOldest(waiting);
    return waiting.splice(index, 1)[0];
  };
  /** One a callback, so that Node does what follows from each in between, and it counts. */
  const step = (): void => {
    if (hasTime()) takeNext()?.work();
    else setImmediate(step);
  };
  return {
    run: (work, since) => {
      if (waiting.length === 0 && hasTime()) work();
      else {
        waiting.push({ work, since });
        setImmediate(step);
      }
    },
    get isBehind() {
      return waiting.length > 0;
    },
  };
}

function indexOfOldest(waiting: readonly Waiting[]): number {
  let oldest = 0;
  let since = Infinity;
  waiting.forEach((one, index) => {
    if (one.since >= since) return;
    oldest = index;
    since = one.since;
  });
  return oldest;
}
