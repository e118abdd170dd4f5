import type { Logger } from 'pino';
import type { ReportRedisState } from '../../redis/state.ts';

const WELL = {
  connection: 'Redis: connected',
  reads: 'Redis: reads are answered again',
  writes: 'Redis: writes are taken again',
  documents: 'Redis: trusted documents are found again',
  quota: 'Redis: instances share quotas again',
};
const NOT_WELL = {
  connection: 'Redis: no connection',
  reads: 'Redis: reads fail or are too slow',
  writes: 'Redis: writes fail or are too slow',
  documents: 'Redis: a trusted document cannot be read, or (CHANGED) is not what its id says',
  quota:
    'Redis: quotas are not shared: this instance takes its part of each (UPSTREAM_QUOTA_SHARE)',
};

/** Codes that only Cluster or Sentinel servers answer, or that `connection.ts` found out. */
const SEVERAL_SERVERS = new Set([
  'CLUSTER',
  'SENTINEL',
  'MOVED',
  'ASK',
  'CROSSSLOT',
  'CLUSTERDOWN',
]);

/** Logs each change of Redis' state, and once if Redis is of an unsupported kind. */
export function logRedis(logger: Logger): ReportRedisState {
  let isToldOfKind = false;
  return (aspect, reason) => {
    if (reason === undefined) logger.info(WELL[aspect]);
    else if (!SEVERAL_SERVERS.has(reason)) logger.warn({ reason }, NOT_WELL[aspect]);
    else if (!isToldOfKind) {
      isToldOfKind = true;
      logger.error(
        { reason },
        'Redis: Cluster and Sentinel are not supported, so little or nothing is kept: set REDIS_URL to a single server',
      );
    }
  };
}
