/**
 * How much of a turn of the event loop goes into answers. Node first calls back for all readable sockets. So a
 * hundred answers that came together would make a turn of 150 ms, and everybody would wait for it.
 */
const TURN_MS = 10;
const MAX_PER_TURN = 32;

/**
 * Works answers off in the order in which they came, as many a turn of the event loop as it has time for: between the
 * turns others have theirs. What follows from an answer is done with it, before the next.
 */
export function createShortTurns(): (work: () => void) => void {
  const waiting: (() => void)[] = [];
  let endsAt: number | undefined;
  let steps = 0;

  const hasTime = (): boolean => {
    endsAt ??= performance.now() + TURN_MS;
    return performance.now() < endsAt;
  };
  /** One a callback, so that Node does what follows from each in between, and it counts. */
  const step = (): void => {
    steps -= 1;
    if (hasTime()) waiting.shift()?.();
    if (steps === 0) endTurn();
  };
  const endTurn = (): void => {
    endsAt = undefined;
    steps = Math.min(waiting.length, MAX_PER_TURN);
    for (let n = 0; n < steps; n += 1) setImmediate(step);
  };
  return (work) => {
    if (endsAt === undefined && steps === 0) setImmediate(endTurn);
    if (waiting.length === 0 && hasTime()) work();
    else waiting.push(work);
  };
}
