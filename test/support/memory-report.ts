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

export const reportOf = (gateway: GatewayProcess): Promise<MemoryReport> => reported(gateway);

/**
 * Asks for what a file that the gateway has loaded first tells on SIGUSR2: a line of JSON on stderr.
 *
 * @throws Where the gateway ends before.
 */
export async function reported<Report>(gateway: GatewayProcess): Promise<Report> {
  const before = gateway.errors().length;
  gateway.signal('SIGUSR2');
  for (;;) {
    const line = /^(\{.*\})$/m.exec(gateway.errors().slice(before))?.[1];
    if (line !== undefined) return JSON.parse(line) as Report;
    if (await Promise.race([gateway.ended.then(() => true), sleep(5).then(() => false)]))
      throw new Error(`the gateway ended: ${gateway.errors()}`);
  }
}
