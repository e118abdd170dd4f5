import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** One request, as its caller saw it. */
export interface Sample {
  /** 0: the connection broke. */
  readonly status: number;
  readonly ms: number;
  /** When it was over, as `performance.now()` counts. */
  readonly at: number;
}

/** Sends one body over and over, each of several callers with a token of its own. */
export interface Load {
  /** Keeps `width` requests in flight for so long. */
  closedLoop(width: number, seconds: number): Promise<Sample[]>;
  /** Sends `perSecond`, however long the answers take, by 500 callers who take turns. */
  openLoop(perSecond: number, seconds: number): Promise<Sample[]>;
  /** All at the same moment, once each. */
  atOnce(count: number): Promise<Sample[]>;
  close(): void;
}

const CALLERS = 500;

/** @param keepsConnections Whether each connection serves many requests, or one. */
export function createLoad(port: number, body: string, keepsConnections = true): Load {
  const agent = new Agent({ keepAlive: keepsConnections, maxFreeSockets: Infinity });
  let sent = 0;
  const send = (lane: number): Promise<Sample> =>
    new Promise((resolve) => {
      const start = performance.now();
      const settle = (status: number): void => {
        const at = performance.now();
        resolve({ status, ms: at - start, at });
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
    openLoop: async (perSecond, seconds) => {
      const flights: Promise<Sample>[] = [];
      const start = performance.now();
      while (flights.length < perSecond * seconds) {
        const due = ((performance.now() - start) / 1000) * perSecond;
        while (flights.length < due) flights.push(send((sent += 1) % CALLERS));
        await sleep(2);
      }
      return Promise.all(flights);
    },
    atOnce: (count) => Promise.all(lanes(count, send)),
    close: () => agent.destroy(),
  };
}

export const withStatus = (samples: readonly Sample[], wanted: number): Sample[] =>
  samples.filter(({ status }) => status === wanted);

export const timesOf = (samples: readonly Sample[]): number[] => samples.map(({ ms }) => ms);
