import { setTimeout as sleep } from 'node:timers/promises';
import { type GatewayProcess, startGatewayProcess } from './gateway-process.ts';

/** What is left in a process once its garbage is collected. */
export interface MemoryReport {
  /** Bytes. */
  readonly heapUsed: number;
  readonly external: number;
  readonly rss: number;
  /** The kinds of what keeps the process busy: sockets, timers. */
  readonly active: readonly string[];
}

const preload = (name: string): string[] => ['--import', `${import.meta.dirname}/${name}.ts`];

/**
 * The gateway in a process of its own, which can be asked for its {@link MemoryReport}.
 *
 * @param preloads Further files of this folder that it loads first.
 */
export const startReportingGateway = (
  upstreamUrl: string,
  env: Readonly<Record<string, string>>,
  preloads: readonly string[] = [],
): Promise<GatewayProcess> =>
  startGatewayProcess(upstreamUrl, env, [
    '--expose-gc',
    ...['report-heap', ...preloads].flatMap(preload),
  ]);

export async function reportOf(gateway: GatewayProcess): Promise<MemoryReport> {
  const before = gateway.errors().length;
  gateway.signal('SIGUSR2');
  for (;;) {
    const line = /^(\{"heapUsed.*\})$/m.exec(gateway.errors().slice(before))?.[1];
    if (line !== undefined) return JSON.parse(line) as MemoryReport;
    await sleep(20);
  }
}
