import { inspect } from 'node:util';
import sonicBoom from 'sonic-boom';
import { type Logger, pino } from 'pino';

const { SonicBoom } = sonicBoom;

interface LogFile {
  /** Accepts a line without waiting until it is written. Drops it if too many lines wait. */
  write(line: string): void;
  readonly dropped: number;
  /**
   * Writes the waiting lines, and accepts no more. Resolves when that is done or has failed. It fails if the
   * descriptor fails, if nobody reads it for {@link STALLED_MS}, or if it takes more than {@link MAX_END_MS}.
   */
  end(): Promise<void>;
}

interface LogFileOptions {
  /** Called when all waiting lines are written again, with the number of lines dropped meanwhile. */
  readonly onRecovered: (dropped: number) => void;
  readonly maxBytes?: number;
}

/** Some ten thousand lines. */
const MAX_BYTES = 4 * 1024 * 1024;
/** The size of one write, which saves most system calls. The time is for a gateway with few lines. */
const BATCH_BYTES = 4096;
const BATCH_MS = 100;

const STALLED_MS = 750;
const MAX_END_MS = 1000;

/**
 * Works like pino's own destination, except at the end of the process. There, `pino.destination` writes the waiting
 * lines synchronously, and repeats that if the descriptor is full or nobody reads it. The process would never end.
 *
 * A failed write is retried with the next line, or after a tenth of a second. Nothing blocks the event loop.
 *
 * @param descriptor An open descriptor. A pipe must be in non-blocking mode: a thread that is blocked in a write
 *   keeps the process alive. Node sets that mode for stdout when `process.stdout` is first read.
 */
export function openLogFile(
  descriptor: number,
  { onRecovered, maxBytes = MAX_BYTES }: LogFileOptions,
): LogFile {
  const file = new SonicBoom({
    fd: descriptor,
    sync: false,
    minLength: BATCH_BYTES,
    periodicFlush: BATCH_MS,
    maxLength: maxBytes,
  });
  let dropped = 0;
  let reportedDrops = 0;
  let ended: Promise<void> | undefined;
  let isClosed = false;
  file
    .on('drop', () => (dropped += 1))
    // Nobody can read a message while it fails. The metric and a later line report it.
    .on('error', () => undefined)
    .on('drain', () => {
      if (dropped === reportedDrops) return;
      const news = dropped - reportedDrops;
      reportedDrops = dropped;
      onRecovered(news);
    })
    .once('close', () => (isClosed = true));
  return {
    write: (line) => {
      if (isClosed) dropped += 1;
      else file.write(line);
    },
    get dropped() {
      return dropped;
    },
    end: () => (ended ??= endOf(file)),
  };
}

function endOf(file: InstanceType<typeof SonicBoom>): Promise<void> {
  return new Promise((resolve) => {
    const stalled = setTimeout(resolve, STALLED_MS);
    const tooLong = setTimeout(resolve, MAX_END_MS);
    const done = (): void => {
      clearTimeout(stalled);
      clearTimeout(tooLong);
      resolve();
    };
    file
      .on('write', () => stalled.refresh())
      .once('error', done)
      .once('close', done);
    file.end();
  });
}

export interface Log {
  readonly logger: Logger;
  readonly dropped: () => number;
  /**
   * Resolves when all lines are written, or cannot be. Call it before the process ends; nothing is written after
   * it.
   */
  readonly end: () => Promise<void>;
}

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
