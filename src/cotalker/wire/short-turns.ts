/**
 * How much of a turn of the event loop goes into answers. Node first calls back for all readable sockets. So a
 * hundred answers that came together would make a turn of 150 ms, and everybody would wait for it.
 */
const TURN_MS = 10;
const MAX_PER_TURN = 32;
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
  /** In the order in which they came. */
  const waiting: Waiting[] = [];
  let endsAt: number | undefined;
  let steps = 0;
  let taken = 0;

  const hasTime = (): boolean => {
    endsAt ??= performance.now() + TURN_MS;
    return performance.now() < endsAt;
  };
  const takeNext = (): Waiting | undefined => {
    taken += 1;
    const index = taken % FIRST_COME_EVERY === 0 ? 0 : indexOfOldest(waiting);
    return waiting.splice(index, 1)[0];
  };
  /** One a callback, so that Node does what follows from each in between, and it counts. */
  const step = (): void => {
    steps -= 1;
    if (waiting.length > 0 && hasTime()) takeNext()?.work();
    if (steps === 0) endTurn();
  };
  const endTurn = (): void => {
    endsAt = undefined;
    steps = Math.min(waiting.length, MAX_PER_TURN);
    for (let n = 0; n < steps; n += 1) setImmediate(step);
  };
  return {
    run: (work, since) => {
      if (endsAt === undefined && steps === 0) setImmediate(endTurn);
      if (waiting.length === 0 && hasTime()) work();
      else waiting.push({ work, since });
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
