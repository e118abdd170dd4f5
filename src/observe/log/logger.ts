import { inspect } from 'node:util';
import { type Logger, pino } from 'pino';
import { openLogFile } from './log-file.ts';

export interface Log {
  readonly logger: Logger;
  /** The number of lines dropped so far, because they could not be written. */
  readonly dropped: () => number;
  /**
   * Resolves when all lines are written, or cannot be. Call it before the process ends; nothing is written after
   * it.
   */
  readonly end: () => Promise<void>;
}

/** Writes one JSON line for each event to stdout; on a terminal, formatted text. */
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
  // Not the file itself: pino would find its synchronous write and use it.
  const logger = pino({ level }, { write: file.write });
  return { logger, dropped: () => file.dropped, end: file.end };
}

/** Undefined in the image, which does not contain the package: there, a terminal gets JSON too. */
async function openTerminal() {
  try {
    const { default: pretty } = await import('pino-pretty');
    return pretty({ sync: true, singleLine: true, ignore: 'pid,hostname' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/**
 * Ends the process on an unhandled error, as Node does, but first writes the last lines of the log. If stdout
 * itself fails, the log handles it, and the gateway continues.
 */
export function endOnDefect(endLog: () => Promise<void>): void {
  process.stdout.on('error', () => undefined);
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${inspect(error)}\n`);
    void endLog().then(() => process.exit(1));
  });
}
