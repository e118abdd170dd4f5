import { Agent, request } from 'node:http';

/** One request, as its caller saw it. */
export interface Sample {
  /** 0: the connection broke. */
  readonly status: number;
  readonly ms: number;
}

/** Sends one body over and over, each of several callers with a token of its own. */
export interface Load {
  /** Keeps `width` requests in flight for so long. */
  closedLoop(width: number, seconds: number): Promise<Sample[]>;
  /** All at the same moment, once each. */
  atOnce(count: number): Promise<Sample[]>;
  close(): void;
}

/** @param keepsConnections Whether each connection serves many requests, or one. */
export function createLoad(port: number, body: string, keepsConnections = true): Load {
  const agent = new Agent({ keepAlive: keepsConnections, maxFreeSockets: Infinity });
  const send = (lane: number): Promise<Sample> =>
    new Promise((resolve) => {
      const start = performance.now();
      const settle = (status: number): void => {
        resolve({ status, ms: performance.now() - start });
      };
      const post = request({
        ...{ agent, port, host: '127.0.0.1', path: '/graphql', method: 'POST' },
        headers: {
          authorization: `Bearer steady-${lane}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      });
      post.on('error', () => settle(0));
      post.on('response', (response) => {
        response.resume();
        response.on('error', () => settle(0));
        response.on('end', () => settle(response.statusCode ?? 0));
      });
      post.end(body);
    });
  const lanes = <T>(count: number, run: (lane: number) => T): T[] =>
    Array.from({ length: count }, (_, lane) => run(lane));
  return {
    closedLoop: async (width, seconds) => {
      const end = performance.now() + seconds * 1000;
      const samples: Sample[] = [];
      await Promise.all(
        lanes(width, async (lane) => {
          while (performance.now() < end) samples.push(await send(lane));
        }),
      );
      return samples;
    },
    atOnce: (count) => Promise.all(lanes(count, send)),
    close: () => agent.destroy(),
  };
}

export const withStatus = <T extends Sample>(samples: readonly T[], wanted: number): T[] =>
  samples.filter(({ status }) => status === wanted);

export const timesOf = (samples: readonly Sample[]): number[] => samples.map(({ ms }) => ms);
