import { untilAborted } from './abort.ts';

/** One call in flight, and how many wait for it. */
interface Flight<T> {
  readonly answer: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

export interface Coalescer<T> {
  /** Whether a call of this key is in flight. */
  has(key: string): boolean;
  /**
   * The answer of the call of this key that is in flight, else of the one that `start` makes.
   *
   * The call belongs to all who wait for it: one whose `signal` fires leaves with its own error, and
   * only the last to leave takes the call down. A call that ended, well or not, is forgotten.
   *
   * @param key Whatever makes two calls the same, the caller's identity above all.
   */
  join(key: string, signal: AbortSignal, start: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

export function createCoalescer<T>(): Coalescer<T> {
  const flights = new Map<string, Flight<T>>();

  const takeOff = (key: string, start: (signal: AbortSignal) => Promise<T>): Flight<T> => {
    const controller = new AbortController();
    const flight = { answer: start(controller.signal), controller, waiting: 0 };
    flights.set(key, flight);
    const land = (): void => forget(key, flight);
    flight.answer.then(land, land);
    return flight;
  };
  const forget = (key: string, flight: Flight<T>): void => {
    if (flights.get(key) === flight) flights.delete(key);
  };

  return {
    has: (key) => flights.has(key),
    join: async (key, signal, start) => {
      const flight = flights.get(key) ?? takeOff(key, start);
      flight.waiting += 1;
      try {
        return await untilAborted(flight.answer, signal);
      } finally {
        flight.waiting -= 1;
        if (flight.waiting === 0) {
          // Nobody is left who waits for it; aborting a call that has ended does nothing.
          forget(key, flight);
          flight.controller.abort();
        }
      }
    },
  };
}
