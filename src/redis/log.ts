import type { Logger } from 'pino';
import type { TellOfRedis } from './state.ts';

const WELL = {
  connection: 'Redis: connected',
  reads: 'Redis: reads are answered again',
  writes: 'Redis: writes are taken again',
  documents: 'Redis: trusted documents are found again',
};
const NOT_WELL = {
  connection: 'Redis: no connection',
  reads: 'Redis: reads fail or are too slow',
  writes: 'Redis: writes fail or are too slow',
  documents: 'Redis: a trusted document cannot be read, or (CHANGED) is not what its id says',
};

/** Tells the operator how Redis is, whenever that changes. */
export const logRedis =
  (logger: Logger): TellOfRedis =>
  (aspect, reason) => {
    if (reason === undefined) logger.info(WELL[aspect]);
    else logger.warn({ reason }, NOT_WELL[aspect]);
  };
