import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { startGateway, type StartOptions, type TestGateway } from '../support/gateway.ts';
import type { GatewayName } from './exchange.ts';
import { MANIFEST } from './requests/documents.ts';

export interface Gateways {
  readonly sandbox: Sandbox;
  readonly urlOf: (name: GatewayName) => string;
  close(): Promise<void>;
}

/** Starts one gateway of each kind, all of them in front of one sandbox. */
export async function startGateways(): Promise<Gateways> {
  const sandbox = await createSandbox();
  const folder = mkdtempSync(join(tmpdir(), 'golden-'));
  const file = join(folder, 'documents.json');
  writeFileSync(file, JSON.stringify(MANIFEST));
  const kinds: Record<GatewayName, StartOptions> = {
    open: {},
    closed: { introspection: false, explain: false },
    pages: {
      ...{ isMetered: true, graphiql: { token: 'sandbox-user' } },
      ...{ corsOrigins: ['https://app.test'], isReady: () => false, isShedding: () => true },
    },
    // A tenth of the usual cost, and two calls a query.
    small: { maxQueryCost: 5000, limits: { callsPerRequest: 2, perOwner: 10, total: 100 } },
    strict: { trustedDocuments: { file, mode: 'strict' } },
    mixed: { trustedDocuments: { file, mode: 'mixed' } },
    full: { maxInFlight: 0 },
  };
  const started = new Map<string, TestGateway>();
  for (const [name, options] of Object.entries(kinds))
    started.set(name, await startGateway(sandbox.url, options));
  return {
    sandbox,
    urlOf: (name) => started.get(name)?.url ?? '',
    close: async () => {
      for (const gateway of started.values()) await gateway.close();
      await sandbox.close();
      rmSync(folder, { recursive: true });
    },
  };
}
