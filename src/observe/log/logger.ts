import { type Logger, pino } from 'pino';
import { openLogFile } from './log-file.ts';

export interface Log {
  readonly logger: Logger;
  /** Lines that were dropped so far, since they could not be written. */
  readonly dropped: () => number;
  /** Resolves once all of it is written, or cannot be. To be called before the end; nothing is written after it. */
  readonly end: () => Promise<void>;
}

/** One JSON line an event on stdout; on a terminal, the same for people. */
export async function createLog(level: string): Promise<Log> {
  if (process.stdout.isTTY) {
    const stream = await openTerminal();
    if (stream) {
      return { logger: pino({ level }, stream), dropped: () => 0, end: async () => undefined };
    }
  }
  const file = openLogFile(process.stdout.fd, {
    onRecovered: (dropped) =>
      logger.warn(
        { dropped },
        'the log is written again: lines were dropped while it could not be',
      ),
  });
  // Not the file itself: pino would write synchronously where it finds the means.
  const logger = pino({ level }, { write: file.write });
  return { logger, dropped: () => file.dropped, end: file.end };
}

/** Undefined in the image, which goes without the package: on a terminal, too, JSON is written there. */
async function openTerminal() {
  try {
    const { default: pretty } = await import('pino-pretty');
    return pretty({ sync: true, singleLine: true, ignore: 'pid,hostname' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
