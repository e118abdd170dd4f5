import { Agent, request } from 'node:http';

/** One request of a load, as its caller saw it. */
export interface Sample {
  /** The HTTP status; 0: the connection broke before the answer was complete. */
  readonly status: number;
  /** Milliseconds from sending the request to the last byte of the answer. */
  readonly ms: number;
}

export interface Load {
  /** The gateway's base URL. */
  readonly url: string;
  /** The query of the nth request. */
  readonly query: string | ((n: number) => string);
  /** The Bearer token of the nth request. Default: one for each, so that no two share a call. */
  readonly token?: (n: number) => string;
}

export interface Client {
  /** POSTs the nth query and reads the answer to its end. Never rejects. */
  send(n: number): Promise<Sample>;
  close(): void;
}

/** A caller over keep-alive connections, as many as it has requests in flight. */
export function createClient({ url, query, token = (n) => `load-${n}` }: Load): Client {
  const agent = new Agent({ keepAlive: true });
  return {
    send: (n) =>
      new Promise((resolve) => {
        const start = performance.now();
        const settle = (status: number): void => resolve({ status, ms: performance.now() - start });
        const body = JSON.stringify({ query: typeof query === 'string' ? query : query(n) });
        const post = request(`${url}/graphql`, {
          agent,
          method: 'POST',
          headers: {
            authorization: `Bearer ${token(n)}`,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          },
        });
        post.on('error', () => settle(0));
        post.on('response', (response) => {
          response.resume();
          response.on('error', () => settle(0));
          response.on('end', () => settle(response.complete ? (response.statusCode ?? 0) : 0));
        });
        post.end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** Keeps `width` requests in flight until `count` have been sent, or the time is up. */
export async function closedLoop(
  client: Client,
  {
    width,
    count = Infinity,
    seconds = Infinity,
  }: { readonly width: number; readonly count?: number; readonly seconds?: number },
): Promise<Sample[]> {
  const samples: Sample[] = [];
  const end = performance.now() + seconds * 1000;
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count && performance.now() < end) samples.push(await client.send(next++));
  };
  await Promise.all(Array.from({ length: width }, lane));
  return samples;
}

/**
 * Sends `perSecond` requests a second, however long the answers take: as many callers do, who know
 * nothing of each other.
 */
export async function openLoop(
  client: Client,
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
): Promise<Sample[]> {
  const flights: Promise<Sample>[] = [];
  const start = performance.now();
  const total = Math.round(perSecond * seconds);
  while (flights.length < total) {
    const due = Math.min(total, ((performance.now() - start) / 1000) * perSecond);
    while (flights.length < due) flights.push(client.send(flights.length));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return Promise.all(flights);
}

/** The milliseconds within which the given share of the samples, such as 0.99, was answered. */
export function percentile(samples: readonly { readonly ms: number }[], share: number): number {
  const sorted = samples.map(({ ms }) => ms).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
