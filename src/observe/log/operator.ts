import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { isDefect } from '../../errors.ts';

/** Logs when the breaker opens because too many calls fail, and when it closes. */
export const logBreaker =
  (logger: Logger) =>
  (state: 'open' | 'closed'): void => {
    if (state === 'open') logger.warn('circuit breaker open: Cotalker fails, and is not asked');
    else logger.info('circuit breaker closed: Cotalker answers again');
  };

/** The shortest time between two log lines of a kind, in milliseconds. */
const REMINDER_MS = 60_000;

/** Tells whether a line is due: of each kind once a minute. */
function createReminder(): (kind: string) => boolean {
  const loggedAt = new Map<string, number>();
  return (kind) => {
    const now = performance.now();
    if (now - (loggedAt.get(kind) ?? -Infinity) < REMINDER_MS) return false;
    loggedAt.set(kind, now);
    return true;
  };
}

/** Logs, at most once a minute, that a list got a 404: the server is probably not Cotalker. */
export function logMissingList(logger: Logger): (endpoint: string) => void {
  const isDue = createReminder();
  return (endpoint) => {
    if (!isDue(endpoint)) return;
    logger.error(
      { endpoint },
      'answered 404, though Cotalker always has this list: check COTALKER_API_URL, which ends in /api as a rule',
    );
  };
}

/** Tells the operator, once a minute at the most, of a page that may not read answers: the next one is told later. */
export function logRefusedOrigin(logger: Logger): (origin: string) => void {
  const isDue = createReminder();
  return (origin) => {
    if (!isDue('any origin')) return;
    logger.warn(
      { origin },
      'a page of another origin may not read answers: CORS_ORIGINS lists those that may',
    );
  };
}

/** Tells the operator, once a minute and code at the most, that lists that are followed cannot be read. */
export function logFailingFeeds(logger: Logger): (code: string) => void {
  const isDue = createReminder();
  return (code) => {
    if (!isDue(code)) return;
    logger.warn({ code }, 'feeds fail: lists that are followed cannot be read, and are tried on');
  };
}

/** Logs, once for each fact, what the gateway has learnt about Cotalker; see `traits/index.ts`. */
export const logLearnt =
  (logger: Logger) =>
  (fact: string, reading: string | number): void =>
    logger.info({ fact, reading }, 'learnt of Cotalker');

/** Logs when the collector does not accept spans, and when it does again. */
export const logCollector =
  (logger: Logger) =>
  (change: { readonly status: number | undefined; readonly code: string | undefined } | 'well') => {
    if (change === 'well') logger.info('the collector takes spans again');
    else logger.warn(change, 'the collector does not take spans: they are lost');
  };

/** Logs how many requests were turned away since the last line, by reason. */
export const logTurnedAway =
  (logger: Logger) =>
  (turnedAway: Readonly<Record<string, number>>): void =>
    logger.warn({ turnedAway }, 'requests are turned away');

/** Logs an error that is a defect of the gateway. All others are counted by code. */
export function logDefect(logger: Logger, error: unknown): void {
  if (isDefect(error)) logger.error({ err: placeOf(error) }, 'defect');
}

/**
 * The type of an error and where it was thrown. Never its message or its other fields, which may hold a record or a
 * caller's value.
 */
function placeOf(error: unknown): { readonly type: string; readonly at: readonly string[] } {
  if (error instanceof GraphQLError && error.originalError) return placeOf(error.originalError);
  if (!(error instanceof Error)) return { type: typeof error, at: [] };
  const { name, message, stack = '' } = error;
  const head = message === '' ? name : `${name}: ${message}`;
  // If a stack does not begin like this, the end of the message in it is unknown.
  const frames = stack.startsWith(`${head}\n`) ? stack.slice(head.length + 1).split('\n') : [];
  return { type: error.constructor.name, at: frames.map((frame) => frame.trim()) };
}
