import { type DestinationStream, type Logger, pino } from 'pino';
import pretty from 'pino-pretty';

/** One JSON line an event; on a terminal, the same for people. */
export const createLogger = (level: string): Logger =>
  process.stdout.isTTY
    ? pino({ level }, pretty({ sync: true, singleLine: true, ignore: 'pid,hostname' }))
    : pino({ level }, byTurn(process.stdout.fd));

/** In bytes: beyond that, what a turn has to write does not wait for its end. */
const MAX_WAITING = 8192;

/**
 * Writes the lines of a turn of the event loop together as it ends, which saves a system call for all but one of
 * them: of `{ __typename }`, a tenth of the CPU. What ends the process in between, other than a signal that cannot
 * be caught, has them written first.
 */
function byTurn(descriptor: number): DestinationStream {
  const file = pino.destination({ dest: descriptor, sync: true, minLength: MAX_WAITING });
  let isDue = false;
  const flush = (): void => {
    isDue = false;
    file.flush();
  };
  process.on('exit', flush);
  return {
    write: (line) => {
      file.write(line);
      if (isDue) return;
      isDue = true;
      setImmediate(flush);
    },
  };
}
