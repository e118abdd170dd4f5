import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SandboxCall } from './calls.ts';
import { createCompany } from './company/index.ts';
import { otherCompany } from './company/other.ts';
import type { SandboxData } from './data.ts';
import { type Fault, Faults } from './faults.ts';
import { Changes, type Life } from './life/index.ts';
import { type Quota, Quotas } from './quota.ts';
import { FIRST_READINGS, type Readings } from './readings.ts';
import { listener } from './server.ts';
import { leadToSites } from './sites.ts';

export {
  companyOf,
  SANDBOX_ADMIN_ID,
  SANDBOX_ADMIN_TOKEN,
  SANDBOX_COMPANY_ID,
  SANDBOX_USER_B_TOKEN,
  SANDBOX_USER_ID,
  SANDBOX_USER_TOKEN,
} from './caller.ts';
export { createCompany } from './company/index.ts';
export { OTHER_COMPANY_ID } from './company/other.ts';
export { planted } from './company/planted.ts';
export { objectId } from './ids.ts';
export { EVERY_20_SECONDS } from './life/index.ts';
export { DOCUMENTED_QUOTA, DOCUMENTED_WRITE_QUOTA } from './quota.ts';
export { sandboxToken } from './token.ts';
export { FIRST_READINGS } from './readings.ts';
export type { SandboxCall } from './calls.ts';
export type { RawRecord, SandboxData } from './data.ts';
export type { Quota } from './quota.ts';
export type { Fault } from './faults.ts';
export type { Life } from './life/index.ts';
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
  /** How many calls each company may make. Default: as many as it likes. */
  quota?: Quota;
  /** How many of these may be writes. Default: as many as it likes. */
  writeQuota?: Quota;
  /** Milliseconds, for the quota's windows. Default: `performance.now`. */
  now?: () => number;
  /** How it reads what the documentation leaves open. Default: as `FIRST_READINGS`. */
  readings?: Partial<Readings>;
  /** How the companies change by themselves. Default: not at all. */
  life?: Life;
  /** Whether the links of groups lead to pages of the sandbox. Default: to hosts that do not exist. */
  hasSites?: boolean;
}

/** A running stand-in for the Cotalker REST API. */
export interface Sandbox {
  /** Base URL without a slash at its end: `http://127.0.0.1:41231/api`. */
  readonly url: string;
  data: SandboxData;
  /** The other company's: made of `createCompany()` when it is first asked for. */
  readonly otherData: SandboxData;
  /** Every call received, in order; always the same array. */
  readonly calls: SandboxCall[];
  latencyMs: number;
  maxLimit: number;
  /** Looked at with each call; undefined: there is none. */
  quota: Quota | undefined;
  /** The same for writes alone. */
  writeQuota: Quota | undefined;
  /** Looked at with each call. */
  readings: Readings;
  /** Adds a fault, and returns what removes it. */
  fail(fault: Fault): () => void;
  /** Forgets the calls, the faults and what of the quota is used; all else stays. */
  reset(): void;
  /** Cuts what is still open, keep-alive connections too. */
  close(): Promise<void>;
}

export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const faults = new Faults();
  const quotas = new Quotas(options.now ?? (() => performance.now()));
  const changes = options.life && new Changes(options.life);
  let other: SandboxData | undefined;
  const state = {
    data: options.data ?? createCompany(),
    calls: [],
    latencyMs: options.latencyMs ?? 0,
    maxLimit: options.maxLimit ?? 1000,
    quota: options.quota,
    writeQuota: options.writeQuota,
    readings: { ...FIRST_READINGS, ...options.readings },
  };

  // Idle connections outlive any pause in a test: a client must not race the server for their end.
  const server = createServer({ keepAliveTimeout: 60_000 });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  if (options.hasSites) leadToSites(state.data, origin);

  const sandbox: Sandbox = {
    ...state,
    get otherData() {
      if (other === undefined) {
        other = otherCompany(createCompany());
        if (options.hasSites) leadToSites(other, origin);
      }
      return other;
    },
    url: `${origin}/api`,
    fail: (fault) => faults.add(fault),
    reset() {
      sandbox.calls.length = 0;
      faults.clear();
      quotas.clear();
    },
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  server.on('request', listener(sandbox, faults, quotas, changes));
  return sandbox;
}
