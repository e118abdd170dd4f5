import type { Logger } from 'pino';
import type { QuotaTeller } from '../../cotalker/quota/teller.ts';

/** How soon the first line comes, and how long until the next, in milliseconds. */
const FIRST_MS = 1000;
const EVERY_MS = 60_000;

/**
 * Tells the operator that companies are at their limit: soon after the first call that waits or is refused, then once a
 * minute while there are more. Which company it is, the log never tells.
 *
 * @param atLimit How many companies use all of their quota now.
 */
export function logQuota(logger: Logger, atLimit: () => number): QuotaTeller {
  let waited = 0;
  let refused: Partial<Record<string, number>> = {};
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    timer = undefined;
    if (waited === 0 && Object.keys(refused).length === 0) return;
    const told = { companies: atLimit(), waited, refused };
    logger.warn(told, 'companies are at their limit: calls wait for the quota, or are refused');
    waited = 0;
    refused = {};
    timer = setTimeout(tell, EVERY_MS).unref();
  };
  const soon = (): void => {
    timer ??= setTimeout(tell, FIRST_MS).unref();
  };
  return {
    waited: () => {
      waited += 1;
      soon();
    },
    refused: (cause) => {
      refused[cause] = (refused[cause] ?? 0) + 1;
      soon();
    },
  };
}
