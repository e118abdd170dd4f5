import { untilAborted } from '../abort.ts';

/** Gives a turn back; more than once does no harm. */
type Release = () => void;

/** One call in flight, and how many wait for it. */
interface Flight<T> {
  readonly answer: Promise<T>;
  readonly controller: AbortController;
  /** Makes the call with the first turn that comes; later ones are given back. */
  readonly depart: (turn: Release) => void;
  hasDeparted: boolean;
  hasLanded: boolean;
  waiting: number;
}

export interface Coalescer<T> {
  /** Whether a call of this key is in flight. */
  has(key: string): boolean;
  /**
   * The answer of the call of this key that is in flight, else of the one that `start` makes.
   *
   * A call goes out at the first turn of any who wait for it, so that nobody waits in the queue of
   * another. It belongs to them all: one whose `signal` fires leaves with its own error, and only the
   * last to leave takes the call down. A call that ended, well or not, is forgotten.
   *
   * @param key Whatever makes two calls the same, the caller's identity above all.
   * @param turn Waits until the one who joins may make a call.
   * @param start Makes the call; it may give the turn back before it ends.
   */
  join(
    key: string,
    signal: AbortSignal,
    turn: (signal: AbortSignal) => Promise<Release>,
    start: Start<T>,
  ): Promise<T>;
}

type Start<T> = (signal: AbortSignal, turn: Release) => Promise<T>;

export function createCoalescer<T>(): Coalescer<T> {
  const flights = new Map<string, Flight<T>>();

  const announce = (key: string, start: Start<T>): Flight<T> => {
    const controller = new AbortController();
    const { promise: firstTurn, resolve: goWith } = Promise.withResolvers<Release>();
    const flight: Flight<T> = {
      answer: firstTurn.then((release) => start(controller.signal, release).finally(release)),
      controller,
      depart: (turn) => {
        if (flight.hasDeparted || controller.signal.aborted) {
          turn();
          return;
        }
        flight.hasDeparted = true;
        goWith(turn);
      },
      hasDeparted: false,
      hasLanded: false,
      waiting: 0,
    };
    flights.set(key, flight);
    const land = (): void => {
      flight.hasLanded = true;
      forget(key, flight);
    };
    flight.answer.then(land, land);
    return flight;
  };
  const forget = (key: string, flight: Flight<T>): void => {
    if (flights.get(key) === flight) flights.delete(key);
  };

  return {
    has: (key) => flights.has(key),
    join: async (key, signal, turn, start) => {
      const flight = flights.get(key) ?? announce(key, start);
      flight.waiting += 1;
      // A turn fails where the signal fires, and with it the wait below; or where the one who joins is refused, who
      // then leaves, unless another has made the call by then.
      const refused = Promise.withResolvers<never>();
      if (!flight.hasDeparted)
        turn(signal).then(flight.depart, (error: unknown) => {
          if (!flight.hasDeparted) refused.reject(error);
        });
      try {
        return await untilAborted(Promise.race([flight.answer, refused.promise]), signal);
      } finally {
        flight.waiting -= 1;
        if (flight.waiting === 0 && !flight.hasLanded) {
          // Nobody is left who waits for it. The last to leave tells why: the deadline, or a caller who
          // went away.
          forget(key, flight);
          flight.controller.abort(signal.reason);
        }
      }
    },
  };
}
