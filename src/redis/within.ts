export const TOO_LATE = Symbol('too late');

/** The promise's outcome, or `TOO_LATE`. */
export function within<T>(promise: Promise<T>, ms: number): Promise<T | typeof TOO_LATE> {
  return new Promise((resolve, reject) => {
    // If this process itself was late, the answer may have arrived: timers run before sockets, so look at the
    // sockets once more.
    const timer = setTimeout(() => setImmediate(() => setImmediate(resolve, TOO_LATE)), ms);
    timer.unref();
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
