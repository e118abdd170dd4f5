import { abortError } from '../errors.ts';
import type { Call } from '../call.ts';
import type {
  Answer,
  CallContext,
  Exchange,
  Interceptor,
  RequestContext,
  WaitForSlot,
} from '../exchange.ts';

/** The calls in flight, each of which a caller's requests share. */
export interface Flights {
  /** Joins an equal call of the same caller that is in flight, if there is one. */
  readonly join: Interceptor;
  /**
   * Makes the call. Others may join it until it settles. It belongs to all requests that wait for it. A request
   * whose signal fires leaves with its own error, and only the last to leave aborts the call.
   */
  readonly open: Interceptor;
  /** The caller of this request has changed something: its calls in flight may tell what was before. */
  forget(request: RequestContext): void;
}

export function createFlights(): Flights {
  const flights = new Map<string, Flight>();
  return {
    forget: ({ caller }) => {
      for (const key of flights.keys()) if (key.includes(` ${caller.token} `)) flights.delete(key);
    },
    join: (next) => (call, context) => {
      const flight = call.again ? undefined : flights.get(context.key);
      if (flight === undefined) return next(call, context);
      const { request } = context;
      return request.trace.follow(call, 'shared', flight.join(request), context);
    },
    open: (next) => (call, context) => {
      if (call.again) return next(call, context);
      const { request, key } = context;
      if (request.signal.aborted) return Promise.reject(abortError(request.signal));
      const flight: Flight = new Flight(() => {
        if (flights.get(key) === flight) flights.delete(key);
      });
      flights.set(key, flight);
      const answer = flight.join(request);
      flight.depart(next, call, context);
      return answer;
    },
  };
}

/** A request that waits for a call in flight. */
interface Waiter {
  readonly request: RequestContext;
  readonly answer: (answer: Answer) => void;
  readonly fail: (error: unknown) => void;
}

/** The line that a call waits in. */
interface Line {
  /** Takes a turn for one who waits. */
  readonly stand: (waiter: Waiter) => void;
  readonly fail: (error: unknown) => void;
}

/** One call, and the requests that wait for it. */
class Flight {
  readonly #controller = new AbortController();
  readonly #waiters = new Set<Waiter>();
  readonly #onEnd: () => void;
  /** The line that the call waits in, if it waits. */
  #line: Line | undefined;
  /** Whose call it is. The others share it. */
  #maker: RequestContext | undefined;

  /** @param onEnd Called when nobody can join any more: the call has settled, or nobody waits for it. */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  depart(next: Exchange, call: Call, context: CallContext): void {
    const { signal } = this.#controller;
    next(call, { ...context, signal, waitForSlot: this.#waitForSlot }).then(
      (answer) => {
        this.#settle();
        for (const waiter of this.#waiters) waiter.answer(answer);
      },
      (error: unknown) => {
        this.#settle();
        for (const waiter of this.#waiters) waiter.fail(error);
      },
    );
  }

  #settle(): void {
    this.#onEnd();
    // Former tables of the map of flights hold this one for a while: it is not to hold the request with its answers.
    this.#maker = undefined;
  }

  /** The answer of the call, for as long as the request waits for it. */
  join(request: RequestContext): Promise<Answer> {
    const { signal } = request;
    if (signal.aborted) return Promise.reject(abortError(signal));
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    // Of a call that stands in a line, the line says why its request leaves.
    const giveUp = (): void => {
      if (this.#line === undefined) this.#dismiss(waiter, abortError(signal));
    };
    const leave = (): void => {
      this.#waiters.delete(waiter);
      signal.removeEventListener('abort', giveUp);
    };
    const waiter: Waiter = {
      request,
      answer: (answer) => {
        leave();
        resolve(answer);
      },
      fail: (error) => {
        leave();
        reject(error);
      },
    };
    signal.addEventListener('abort', giveUp, { once: true });
    this.#maker ??= request;
    if (this.#maker !== request) countShared(request, 1);
    this.#waiters.add(waiter);
    this.#line?.stand(waiter);
    return promise;
  }

  readonly #waitForSlot: WaitForSlot = (take, go, fail) => {
    const stand = (waiter: Waiter): void => {
      const { signal } = waiter.request;
      take(waiter.request).then(
        (release) => {
          if (signal.aborted) this.#dismiss(waiter, abortError(signal));
          if (this.#line !== line) {
            release(true);
            return;
          }
          this.#line = undefined;
          this.#makeFor(waiter.request);
          go(release);
        },
        // Whose turn is refused leaves, unless another has made the call by then.
        (error: unknown) => {
          if (this.#line === line || signal.aborted) this.#dismiss(waiter, error);
        },
      );
    };
    const line: Line = { stand, fail };
    this.#line = line;
    for (const waiter of this.#waiters) stand(waiter);
  };

  /** The call is made at the turn of this request. */
  #makeFor(request: RequestContext): void {
    if (this.#maker !== undefined) countShared(this.#maker, 1);
    countShared(request, -1);
    this.#maker = request;
  }

  #dismiss(waiter: Waiter, error: unknown): void {
    if (!this.#waiters.has(waiter)) return;
    waiter.fail(error);
    if (this.#waiters.size === 0) this.#end(waiter.request.signal);
  }

  /** Nobody waits any more. The last request to leave gives the cause: its deadline, or its caller left. */
  #end({ reason }: AbortSignal): void {
    this.#onEnd();
    const line = this.#line;
    this.#line = undefined;
    this.#controller.abort(reason);
    line?.fail(abortError(this.#controller.signal));
  }
}

function countShared({ owner }: RequestContext, count: number): void {
  owner.shared = (owner.shared ?? 0) + count;
}
