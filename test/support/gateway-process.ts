import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { bundled } from './bundled.ts';
import { COMPILE_CACHE } from './compile-cache.ts';

/** The gateway in a process of its own, where its memory can be told from the test's. */
export interface GatewayProcess {
  /** The base URL, such as `http://127.0.0.1:41234`. */
  readonly url: string;
  /** The base URL of the listener for operators. */
  readonly adminUrl: string;
  /** The memory it takes now, in MB. */
  memory(): number;
  /** The most that it took since the last {@link resetPeak}, in MB. */
  peak(): number;
  resetPeak(): void;
  /** All that it wrote, logs included. */
  output(): string;
  /** What of it went to stderr. */
  errors(): string;
  signal(name: NodeJS.Signals): void;
  /** Resolves to its exit code, or to the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  close(): Promise<void>;
}

export async function startGatewayProcess(
  upstreamUrl: string,
  env: Readonly<Record<string, string>> = {},
  nodeOptions: readonly string[] = [],
): Promise<GatewayProcess> {
  const child = spawn(process.execPath, [...nodeOptions, bundled('main')], {
    env: {
      ...{ PORT: '0', ADMIN_PORT: '0', COTALKER_API_URL: upstreamUrl, ...COMPILE_CACHE },
      // So that a test counts all calls, and may make as many as it likes.
      ...{ REFERENCE_TTL_MS: '0', MENU_TTL_MS: '0', UPSTREAM_QUOTA: 'off' },
      ...env,
    },
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (part: Buffer) => (output += part.toString()));
  child.stderr.on('data', (part: Buffer) => {
    output += part.toString();
    errors += part.toString();
  });
  const ended = once(child, 'close').then(() => child.exitCode ?? child.signalCode);
  const address = (): string | undefined => /(http:\S+)\/graphql/.exec(output)?.[1];
  while (address() === undefined) {
    const isUp = await Promise.race([once(child.stdout, 'data'), ended.then(() => false)]);
    if (isUp === false) throw new Error(`the gateway ended: ${output}`);
  }

  const read = (field: string): number => {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  };
  return {
    url: address() ?? '',
    adminUrl: /"admin":"([^"]+)"/.exec(output)?.[1] ?? '',
    memory: () => read('VmRSS'),
    peak: () => read('VmHWM'),
    // https://docs.kernel.org/filesystems/proc.html: 5 resets the peak.
    resetPeak: () => writeFileSync(`/proc/${child.pid}/clear_refs`, '5'),
    output: () => output,
    errors: () => errors,
    signal: (name) => void child.kill(name),
    ended,
    close: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
