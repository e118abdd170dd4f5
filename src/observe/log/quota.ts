import type { Logger } from 'pino';
import type { QuotaObserver, RefusalCause } from '../../cotalker/quota/quota-observer.ts';
import { createTally } from './tally.ts';

/**
 * Tells the operator that companies are at their limit: soon after the first call that waits or is refused, then once a
 * minute while there are more. Which company it is, the log never tells.
 *
 * @param atLimit How many companies use all of their quota now.
 */
export function logQuota(logger: Logger, atLimit: () => number): QuotaObserver {
  const tally = createTally<'waited' | RefusalCause>(({ waited = 0, ...refused }) =>
    logger.warn(
      { companies: atLimit(), waited, refused },
      'companies are at their limit: calls wait for the quota, or are refused',
    ),
  );
  return { waited: () => tally.add('waited'), refused: (cause) => tally.add(cause) };
}
