import { inspect } from 'node:util';

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
