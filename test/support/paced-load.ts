import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** One request, as its caller saw it. */
export interface PacedSample {
  /** The HTTP status; 0: the connection broke. */
  readonly status: number;
  /** From when it was due to the last byte of its answer. */
  readonly ms: number;
  /** When it was due, from the start on. */
  readonly atMs: number;
}

export interface PacedLoad {
  /** The gateway's base URL. */
  readonly url: string;
  readonly query: string;
  readonly perSecond: number;
  readonly seconds: number;
}

/** What the program is told. */
export interface Load extends Omit<PacedLoad, 'query'> {
  readonly body: string;
  /** How many callers take turns; undefined: each request has a token of its own. */
  readonly callers?: number;
  /** Open before the load begins; 0: each request has a connection of its own. */
  readonly connections: number;
}

/** As a load balancer has them. */
const CONNECTIONS = 800;

const PROGRAM = join(import.meta.dirname, 'open-load.ts');

/** Sends so many a second, however long the answers take, from a process of its own: each with a token of its own. */
export const loadAtPace = ({ query, ...load }: PacedLoad): Promise<PacedSample[]> =>
  runLoad({ ...load, body: JSON.stringify({ query }), connections: CONNECTIONS });

/** Sends a load from a process of its own. */
export async function runLoad(load: Load): Promise<PacedSample[]> {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(load)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (part: Buffer) => (output += part.toString()));
  await once(child, 'close');
  const { samples } = JSON.parse(output) as { samples: readonly [number, number, number][] };
  return samples.map(([status, ms, atMs]) => ({ status, ms, atMs }));
}
