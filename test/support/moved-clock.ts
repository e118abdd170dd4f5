/** A clock that stands still until a test moves it. */
export interface MovedClock {
  /** Milliseconds since it was made. */
  readonly now: number;
  /** Resolves once it has been moved so far; rejects when the signal fires. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Moves it on by a millisecond at a time: what each of them wakes runs before the next. */
  move(ms: number): Promise<void>;
}

/** Immediates in which promises that follow from each other settle, however many they are. */
const TURNS = 3;

export function createMovedClock(): MovedClock {
  const waiting = new Map<() => void, number>();
  let now = 0;
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < TURNS; turn += 1)
      await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    get now() {
      return now;
    },
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        waiting.set(resolve, now + ms);
        const leave = (): void => {
          waiting.delete(resolve);
          reject(new DOMException('left', 'AbortError'));
        };
        if (signal.aborted) leave();
        else signal.addEventListener('abort', leave, { once: true });
      }),
    move: async (ms) => {
      await settle();
      for (const end = now + ms; now < end;) {
        now += 1;
        const due = [...waiting].filter(([, at]) => at <= now);
        for (const [resolve] of due) {
          waiting.delete(resolve);
          resolve();
        }
        if (due.length > 0) await settle();
      }
    },
  };
}
