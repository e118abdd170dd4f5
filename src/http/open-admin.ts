import type { Logger } from 'pino';
import { type Config, ConfigError } from '../config/index.ts';
import type { AdminListener } from './admin.ts';

/**
 * Opens the listener for metrics and probes.
 *
 * @returns Its URL. Undefined if the port is in use and `ADMIN_PORT` is not set: usually another gateway on the
 *   same machine has it.
 * @throws ConfigError if it cannot listen there.
 */
export async function openAdmin(
  admin: AdminListener,
  at: NonNullable<Config['admin']>,
  logger: Logger,
): Promise<string | undefined> {
  try {
    return await admin.listen(at);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' && !at.isRequired) {
      logger.warn(
        { port: at.port },
        'no metrics are served, since the port is in use: set ADMIN_PORT',
      );
      return undefined;
    }
    throw new ConfigError([
      code === 'EADDRINUSE'
        ? 'ADMIN_PORT is in use by another process: set it to another one, to 0 for a free one, or to off'
        : `ADMIN_HOST and ADMIN_PORT cannot be listened on (${code ?? String(error)})`,
    ]);
  }
}
