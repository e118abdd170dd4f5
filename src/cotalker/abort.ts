import { CotalkerError } from './errors.ts';

/** Whether a signal fired because the time is up, not because the caller left. */
export const isTimeUp = ({ reason }: AbortSignal): boolean =>
  reason instanceof DOMException && reason.name === 'TimeoutError';

/** Why a call was given up: the request's deadline passed, or nobody waits for it any more. */
export function abortError(signal: AbortSignal): CotalkerError {
  return isTimeUp(signal)
    ? new CotalkerError('UPSTREAM_TIMEOUT', 'the deadline passed')
    : new CotalkerError('UPSTREAM_UNAVAILABLE', 'the caller went away');
}

/** The promise's outcome, or the signal's {@link abortError} where that fires first. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(abortError(signal));
    if (signal.aborted) {
      giveUp();
      // Nobody handles its outcome any more: without this, a failure would end the process.
      promise.catch(() => undefined);
      return;
    }
    signal.addEventListener('abort', giveUp, { once: true });
    const settle = (): void => signal.removeEventListener('abort', giveUp);
    promise.then(resolve, reject).finally(settle);
  });
}
