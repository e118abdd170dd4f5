import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DestinationStream, type Logger, pino } from 'pino';
import pretty from 'pino-pretty';

export interface Log {
  readonly logger: Logger;
  /** Resolves once all of it is written, or after a second where nobody reads it. To be called before the end. */
  settle(): Promise<void>;
}

/** One JSON line an event; on a terminal, the same for people. */
export function createLog(level: string): Log {
  if (process.stdout.isTTY) {
    const logger = pino(
      { level },
      pretty({ sync: true, singleLine: true, ignore: 'pid,hostname' }),
    );
    return { logger, settle: async () => undefined };
  }
  const { settle, ...destination } = byTurn(process.stdout.fd);
  return { logger: pino({ level }, destination), settle };
}

const MAX_SETTLE_MS = 1000;

/**
 * Hands on the lines of a turn of the event loop together as it ends, which saves all but one of its system calls:
 * of `{ __typename }`, a tenth of the CPU. They are written off the thread, so that a reader who stalls keeps nobody
 * waiting. An uncaught error has them written first.
 */
function byTurn(descriptor: number): DestinationStream & Pick<Log, 'settle'> {
  const file = pino.destination({ dest: descriptor, sync: false });
  let lines = '';
  let isWriting = false;
  file.on('drain', () => {
    isWriting = false;
  });
  const handOn = (): void => {
    if (lines === '') return;
    const ready = lines;
    lines = '';
    isWriting = true;
    file.write(ready);
  };
  process.on('exit', () => {
    if (lines === '') return;
    try {
      file.flushSync();
      writeSync(descriptor, lines);
    } catch {
      // Nobody reads any more.
    }
  });
  return {
    write: (line) => {
      if (lines === '') setImmediate(handOn);
      lines += line;
    },
    settle: async () => {
      handOn();
      if (!isWriting) return;
      const drained = new Promise<void>((resolve) => file.once('drain', resolve));
      await Promise.race([drained, sleep(MAX_SETTLE_MS)]);
    },
  };
}
