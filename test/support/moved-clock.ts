/** A clock that stands still until a test moves it. */
export interface MovedClock {
  /** Milliseconds since it was made. */
  readonly now: number;
  /** Resolves once it has been moved so far; rejects when the signal fires. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** Moves it on, from one wait that ends to the next: what each of them wakes runs before that. */
  move(ms: number): Promise<void>;
  /** From now on moves by itself to the next wait that ends, whenever nothing else is left to run; gives an end to that. */
  run(): () => void;
}

/** Turns of the event loop in which promises that follow from each other settle, however many they are. */
const TURNS = 3;

export function createMovedClock(): MovedClock {
  const waiting = new Map<() => void, number>();
  let now = 0;
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < TURNS; turn += 1)
      await new Promise((resolve) => setImmediate(resolve));
  };
  /** To the next wait that ends, or to `end`, whichever is sooner. */
  const step = (end: number): void => {
    now = Math.min(end, ...waiting.values());
    for (const [resolve, at] of [...waiting]) if (at <= now) resolve();
  };
  return {
    get now() {
      return now;
    },
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        const leave = (): void => {
          waiting.delete(end);
          reject(new DOMException('left', 'AbortError'));
        };
        const end = (): void => {
          waiting.delete(end);
          signal?.removeEventListener('abort', leave);
          resolve();
        };
        waiting.set(end, now + ms);
        if (signal?.aborted === true) leave();
        else signal?.addEventListener('abort', leave, { once: true });
      }),
    move: async (ms) => {
      const end = now + ms;
      await settle();
      while (now < end) {
        step(end);
        await settle();
      }
    },
    run: () => {
      let isRunning = true;
      const go = async (): Promise<void> => {
        while (isRunning) {
          await settle();
          if (waiting.size > 0) step(Infinity);
        }
      };
      void go();
      return () => {
        isRunning = false;
      };
    },
  };
}
