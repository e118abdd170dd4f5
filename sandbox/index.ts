import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SandboxCall } from './calls.ts';
import { createCompany } from './company/index.ts';
import type { SandboxData } from './data.ts';
import { type Fault, Faults } from './faults.ts';
import { FIRST_READINGS, type Readings } from './readings.ts';
import { listener } from './server.ts';

export {
  SANDBOX_ADMIN_ID,
  SANDBOX_ADMIN_TOKEN,
  SANDBOX_USER_ID,
  SANDBOX_USER_TOKEN,
} from './caller.ts';
export { createCompany } from './company/index.ts';
export { planted } from './company/planted.ts';
export { objectId } from './ids.ts';
export { FIRST_READINGS } from './readings.ts';
export type { SandboxCall } from './calls.ts';
export type { RawRecord, SandboxData } from './data.ts';
export type { Fault } from './faults.ts';
export type { CountReading, ListName, Readings } from './readings.ts';

export interface SandboxOptions {
  /** Default: `createCompany()`. */
  data?: SandboxData;
  /** Default: 0, any free port. It listens on 127.0.0.1 only. */
  port?: number;
  /** The most that `limit` is honoured for; more is cut without a word. Default: 1000. */
  maxLimit?: number;
  /** How long every answer takes. Default: 0. */
  latencyMs?: number;
  /** How it reads what the documentation leaves open. Default: as `FIRST_READINGS`. */
  readings?: Partial<Readings>;
}

/** A running stand-in for the Cotalker REST API. */
export interface Sandbox {
  /** Base URL without a slash at its end: `http://127.0.0.1:41231/api`. */
  readonly url: string;
  data: SandboxData;
  /** Every call received, in order; always the same array. */
  readonly calls: SandboxCall[];
  latencyMs: number;
  maxLimit: number;
  /** Looked at with each call. */
  readings: Readings;
  /** Adds a fault, and returns what removes it. */
  fail(fault: Fault): () => void;
  /** Forgets the calls and the faults; data, latency, cap and readings stay. */
  reset(): void;
  /** Cuts what is still open, keep-alive connections too. */
  close(): Promise<void>;
}

export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const faults = new Faults();
  const state = {
    data: options.data ?? createCompany(),
    calls: [],
    latencyMs: options.latencyMs ?? 0,
    maxLimit: options.maxLimit ?? 1000,
    readings: { ...FIRST_READINGS, ...options.readings },
  };

  // Idle connections outlive any pause in a test: a client must not race the server for their end.
  const server = createServer({ keepAliveTimeout: 60_000 });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const sandbox: Sandbox = {
    ...state,
    url: `http://127.0.0.1:${port}/api`,
    fail: (fault) => faults.add(fault),
    reset() {
      sandbox.calls.length = 0;
      faults.clear();
    },
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  server.on('request', listener(sandbox, faults));
  return sandbox;
}
