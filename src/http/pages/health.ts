import type { Pages, Reply } from '../answer/send.ts';

export interface HealthFacts {
  /** Whether the gateway can serve. */
  readonly isReady: () => boolean;
  /** Whether requests have been turned away for a while. */
  readonly isShedding: () => boolean;
}

/**
 * `/health`: the process is alive. `/ready`: it can serve, otherwise 503.
 *
 * An overloaded gateway stays ready, and only says so. If a load balancer took it out of service, the others would
 * get its share and become overloaded next.
 */
export const healthPages = ({ isReady, isShedding }: HealthFacts): Pages => ({
  '/health': () => reply(true),
  '/ready': () => reply(isReady(), isReady() && isShedding() && { shedding: true }),
});

const reply = (isWell: boolean, facts: object | false = {}): Reply => ({
  status: isWell ? 200 : 503,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify({ status: isWell ? 'ok' : 'unavailable', ...facts }),
});
