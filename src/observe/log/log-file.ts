import sonicBoom from 'sonic-boom';

const { SonicBoom } = sonicBoom;

/** The destination of log lines: an open pipe, socket or file. */
export interface LogFile {
  /** Accepts a line without waiting until it is written. Drops it if too many lines wait. */
  write(line: string): void;
  /** The number of lines dropped so far. */
  readonly dropped: number;
  /**
   * Writes the waiting lines, and accepts no more. Resolves when that is done or has failed. It fails if the
   * descriptor fails, if nobody reads it for {@link STALLED_MS}, or if it takes more than {@link MAX_END_MS}.
   */
  end(): Promise<void>;
}

export interface LogFileOptions {
  /** Called when all waiting lines are written again, with the number of lines dropped meanwhile. */
  readonly onRecovered: (dropped: number) => void;
  /** The most bytes that may wait to be written. */
  readonly maxBytes?: number;
}

/** Some ten thousand lines. */
const MAX_BYTES = 4 * 1024 * 1024;
/** The size of one write, which saves most system calls. The time is for a gateway with few lines. */
const BATCH_BYTES = 4096;
const BATCH_MS = 100;

const STALLED_MS = 750;
const MAX_END_MS = 5000;

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
