import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface QuotaCall {
  /** The company of the token, or the token itself. */
  readonly company: string;
  readonly token: string;
  /** When it was counted, as `performance.now()` counts. */
  readonly at: number;
  readonly status: number;
}

/** A Cotalker with nothing but a quota, by company: so many calls in any window of time. */
export interface QuotaUpstream {
  readonly url: string;
  /** All that came, in order. */
  readonly calls: readonly QuotaCall[];
  /** Calls that a company may make in a window; to be set by the test. */
  limit: number;
  /** How the window is counted. Default: it slides. */
  kind: 'sliding' | 'fixed' | 'bucket';
  /** Until then, as `performance.now()` counts, it stands still: what comes is counted and answered afterwards. */
  standsUntil: number;
  /** Whether a forged token is refused for the quota of the company that it claims, before it is looked at. */
  countsForged: boolean;
  /** Somebody else makes calls of this company, now. */
  spend(company: string, calls: number): void;
  /** Header fields of each answer. */
  headers: (left: number) => Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** A token that says of itself what Cotalker's say; one that begins with `forged` is not accepted. */
export const tokenOf = (company: string, user = 'user', signature = 'signed'): string =>
  ['{"alg":"HS256"}', JSON.stringify({ company, _id: user, role: 'user' })]
    .map((part) => Buffer.from(part).toString('base64url'))
    .concat(signature)
    .join('.');

const readToken = ({ headers }: IncomingMessage): string =>
  headers.authorization?.replace('Bearer ', '') ?? '';

/** As a service reads it: only what is signed counts. */
function companyOf(token: string): string {
  const [, payload] = token.split('.');
  if (payload === undefined) return token;
  return String(JSON.parse(Buffer.from(payload, 'base64url').toString()).company);
}

/**
 * Answers each list with nothing on it, after `latencyMs`.
 *
 * @param windowMs How long a call counts.
 */
export async function startQuotaUpstream(windowMs: number, latencyMs = 0): Promise<QuotaUpstream> {
  const calls: QuotaCall[] = [];
  const spent = new Map<string, number[]>();
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const token = readToken(request);
    const now = performance.now();
    const isForged = token.endsWith('.forged');
    const company = companyOf(token);
    const count = countOf(spent.get(company) ?? [], now);
    const isRefused = count >= upstream.limit;
    if (isForged && !(upstream.countsForged && isRefused)) {
      calls.push({ company: 'none', token, at: now, status: 401 });
      response.writeHead(401).end();
      return;
    }
    if (!isRefused) upstream.spend(company, 1);
    calls.push({ company, token, at: now, status: isRefused ? 429 : 200 });
    setTimeout(() => {
      const fields = upstream.headers(Math.max(0, upstream.limit - count - 1));
      if (isRefused) response.writeHead(429, { 'retry-after': '1', ...fields }).end();
      else {
        response.writeHead(200, { 'content-type': 'application/json', ...fields });
        response.end('{"data":{"groups":[],"channels":[],"taskgroups":[],"users":[],"count":0}}');
      }
    }, latencyMs);
  };
  const server = createServer((request, response) => {
    const standsMs = Math.max(0, upstream.standsUntil - performance.now());
    if (standsMs === 0) answer(request, response);
    else setTimeout(answer, standsMs, request, response);
  });
  const countOf = (times: readonly number[], now: number): number => {
    const from = upstream.kind === 'fixed' ? now - (now % windowMs) : now - windowMs;
    if (upstream.kind !== 'bucket') return times.filter((at) => at > from).length;
    let level = 0;
    let last = 0;
    for (const at of times) {
      level = Math.max(0, level - ((at - last) * upstream.limit) / windowMs) + 1;
      last = at;
    }
    return Math.max(0, level - ((now - last) * upstream.limit) / windowMs);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const upstream: QuotaUpstream = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    calls,
    limit: Infinity,
    standsUntil: 0,
    countsForged: false,
    kind: 'sliding',
    headers: () => ({}),
    spend: (company, count) => {
      const times = spent.get(company) ?? [];
      times.push(...Array<number>(count).fill(performance.now()));
      spent.set(company, times);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return upstream;
}
