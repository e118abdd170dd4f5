import { abortError } from './abort.ts';

/** How many upstream calls may be in flight at once. */
export interface SlotLimits {
  /** On behalf of one owner (a GraphQL request). */
  readonly perOwner: number;
  /** In the whole process. */
  readonly total: number;
}

/** Gives the slot back; more than once does no harm. */
export type Release = () => void;

export interface Slots {
  /**
   * Resolves when the owner may make a call. Owners take turns, so a request with hundreds of calls
   * does not keep one with a single call waiting.
   *
   * @throws CotalkerError when the signal fires first.
   */
  take(owner: object, signal: AbortSignal): Promise<Release>;
}

interface Waiting {
  readonly grant: () => void;
}

export function createSlots({ perOwner, total }: SlotLimits): Slots {
  /** The owners with someone waiting, in the order of their turns. */
  const queues = new Map<object, Set<Waiting>>();
  const active = new Map<object, number>();
  let free = total;

  const activeOf = (owner: object): number => active.get(owner) ?? 0;

  const occupy = (owner: object): Release => {
    free -= 1;
    active.set(owner, activeOf(owner) + 1);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      free += 1;
      if (activeOf(owner) === 1) active.delete(owner);
      else active.set(owner, activeOf(owner) - 1);
      grantNext();
    };
  };

  const grantNext = (): void => {
    for (const [owner, queue] of queues) {
      if (free === 0) return;
      if (activeOf(owner) >= perOwner) continue;
      const [next] = queue;
      if (next === undefined) continue;
      leave(owner, next);
      // To the end of the turns; the iteration comes by again, as long as there are slots.
      if (queue.size > 0) {
        queues.delete(owner);
        queues.set(owner, queue);
      }
      next.grant();
    }
  };

  const leave = (owner: object, waiting: Waiting): void => {
    const queue = queues.get(owner);
    queue?.delete(waiting);
    if (queue?.size === 0) queues.delete(owner);
  };

  return {
    take: (owner, signal) => {
      if (signal.aborted) return Promise.reject(abortError(signal));
      if (free > 0 && activeOf(owner) < perOwner) return Promise.resolve(occupy(owner));
      return new Promise((resolve, reject) => {
        const giveUp = (): void => {
          leave(owner, waiting);
          reject(abortError(signal));
        };
        const waiting: Waiting = {
          grant: () => {
            signal.removeEventListener('abort', giveUp);
            resolve(occupy(owner));
          },
        };
        signal.addEventListener('abort', giveUp, { once: true });
        const queue = queues.get(owner);
        if (queue === undefined) queues.set(owner, new Set([waiting]));
        else queue.add(waiting);
      });
    },
  };
}
