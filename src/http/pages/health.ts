import { ONLY_READ, type Page } from './page.ts';

export interface HealthFacts {
  /** Whether the gateway can serve. */
  readonly isReady: () => boolean;
  /** Whether requests have been turned away for a while. */
  readonly isShedding: () => boolean;
}

/**
 * `GET /health`: the process is alive. `GET /ready`: it can serve, otherwise 503.
 *
 * An overloaded gateway stays ready, and only says so. If a load balancer took it out of service, the others would
 * get its share and become overloaded next.
 */
export function healthPages({ isReady, isShedding }: HealthFacts): Page {
  const answers: Readonly<Record<string, () => object | undefined>> = {
    '/health': () => ({}),
    '/ready': () => (isReady() ? { ...(isShedding() && { shedding: true }) } : undefined),
  };
  return ({ method }, path) => {
    const ask = Object.hasOwn(answers, path) ? answers[path] : undefined;
    if (ask === undefined) return undefined;
    if (method !== 'GET') return ONLY_READ;
    const facts = ask();
    return {
      status: facts ? 200 : 503,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ status: facts ? 'ok' : 'unavailable', ...facts }),
    };
  };
}
