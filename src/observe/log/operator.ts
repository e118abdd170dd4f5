import { GraphQLError } from 'graphql';
import type { YogaLogger } from 'graphql-yoga';
import type { Logger } from 'pino';
import { isDefect } from '../../errors.ts';

/** Tells the operator when Cotalker is not asked any more, since too many calls have failed, and when it is again. */
export const logBreaker =
  (logger: Logger) =>
  (state: 'open' | 'closed'): void => {
    if (state === 'open') logger.warn('circuit breaker open: Cotalker fails, and is not asked');
    else logger.info('circuit breaker closed: Cotalker answers again');
  };

/** How long nothing more is said of a list that is missing, in milliseconds. */
const REMINDER_MS = 60_000;

/** Tells the operator, once a minute at the most, that a list is answered 404: most likely by somebody else. */
export function logMissingList(logger: Logger): (endpoint: string) => void {
  const told = new Map<string, number>();
  return (endpoint) => {
    const now = performance.now();
    if (now - (told.get(endpoint) ?? -Infinity) < REMINDER_MS) return;
    told.set(endpoint, now);
    logger.error(
      { endpoint },
      'answered 404, though Cotalker always has this list: check COTALKER_API_URL, which ends in /api as a rule',
    );
  };
}

/** Tells the operator, once a minute at the most, of a page that may not read answers: the next one is told later. */
export function logRefusedOrigin(logger: Logger): (origin: string) => void {
  let toldAt = -Infinity;
  return (origin) => {
    const now = performance.now();
    if (now - toldAt < REMINDER_MS) return;
    toldAt = now;
    logger.warn(
      { origin },
      'a page of another origin may not read answers: CORS_ORIGINS lists those that may',
    );
  };
}

/** Tells the operator when lists that are followed cannot be read, once for each code, and when all can be again. */
export const logFailingFeeds =
  (logger: Logger) =>
  (code: string | undefined): void => {
    if (code === undefined) logger.info('no feed fails any more');
    else
      logger.warn({ code }, 'feeds fail: lists that are followed cannot be read, and are tried on');
  };

/** Tells the operator, once for each fact, how the upstream reads what it is asked; see `index.ts`. */
export const logLearnt =
  (logger: Logger) =>
  (fact: string, reading: string | number): void =>
    logger.info({ fact, reading }, 'learnt of Cotalker');

/** Tells the operator when the collector does not take spans, and when it does again. */
export const logCollector =
  (logger: Logger) =>
  (change: { readonly status: number | undefined; readonly code: string | undefined } | 'well') => {
    if (change === 'well') logger.info('the collector takes spans again');
    else logger.warn(change, 'the collector does not take spans: they are lost');
  };

/** Tells the operator how many requests were turned away since the last line, by reason. */
export const logTurnedAway =
  (logger: Logger) =>
  (turnedAway: Readonly<Record<string, number>>): void =>
    logger.warn({ turnedAway }, 'requests are turned away');

/** What Yoga has to say. Of errors only the gateway's own defects: the others are counted as codes. */
export const yogaLogger = (logger: Logger): YogaLogger => ({
  debug: () => undefined,
  info: () => undefined,
  warn: (...parts: unknown[]) => logger.warn(parts.map(String).join(' ')),
  error: (error: unknown) => {
    if (isDefect(error)) logger.error({ err: placeOf(error) }, 'defect');
  },
});

/**
 * What kind of error it is and where it was thrown, without its message and whatever else it carries:
 * such as what was being read, a record or a caller's value.
 */
function placeOf(error: unknown): { readonly type: string; readonly at: readonly string[] } {
  if (error instanceof GraphQLError && error.originalError) return placeOf(error.originalError);
  if (!(error instanceof Error)) return { type: typeof error, at: [] };
  const { name, message, stack = '' } = error;
  const head = message === '' ? name : `${name}: ${message}`;
  // Of a stack that does not begin so, nobody can tell where the message ends.
  const frames = stack.startsWith(`${head}\n`) ? stack.slice(head.length + 1).split('\n') : [];
  return { type: error.constructor.name, at: frames.map((frame) => frame.trim()) };
}
