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
