import sonicBoom from 'sonic-boom';

const { SonicBoom } = sonicBoom;

/** Where the lines of the log go: a pipe, a socket or a file that is open already. */
export interface LogFile {
  /** Takes a line without waiting for it to be written; drops it where too many wait. */
  write(line: string): void;
  /** Lines that were dropped so far. */
  readonly dropped: number;
  /**
   * Writes what waits, and takes nothing more. Resolves once that is done, or cannot be: the descriptor fails, or nobody
   * reads it for {@link STALLED_MS}, or reads so slowly that it takes {@link MAX_END_MS}.
   */
  end(): Promise<void>;
}

export interface LogFileOptions {
  /** Told once all that waited is written again, with the number of lines that were dropped meanwhile. */
  readonly onRecovered: (dropped: number) => void;
  /** What may wait to be written, in bytes. */
  readonly maxBytes?: number;
}

/** Some ten thousand lines. */
const MAX_BYTES = 4 * 1024 * 1024;
/** So much is written at once, which saves most system calls; the time is for a gateway with little to do. */
const BATCH_BYTES = 4096;
const BATCH_MS = 100;

const STALLED_MS = 750;
const MAX_END_MS = 5000;

/**
 * Pino's own destination, but for the end of the process. `pino.destination` writes what waits synchronously then,
 * again and again where the descriptor is full or nobody reads it: the process would never end.
 *
 * A write that fails is tried again with the next line, or a tenth of a second later. Nothing blocks the event loop.
 *
 * @param descriptor An open one, in non-blocking mode where it is a pipe: a thread that is blocked in a write keeps the
 *   process from ending. Node sets that mode for stdout when `process.stdout` is first read.
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
  let told = 0;
  let ended: Promise<void> | undefined;
  let isClosed = false;
  file
    .on('drop', () => (dropped += 1))
    // Nobody can be told while it fails; the metric and the line after it tell.
    .on('error', () => undefined)
    .on('drain', () => {
      if (dropped === told) return;
      const news = dropped - told;
      told = dropped;
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
