import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../../src/main.ts');

/** The gateway as a process of its own, as `npm start` runs it. */
export interface Program {
  /** The base URL. */
  readonly url: string;
  /** All that it has written so far. */
  readonly out: string;
  readonly err: string;
  readonly pid: number;
  signal(name: NodeJS.Signals): void;
  /** Resolves to the exit code, or to the name of the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/**
 * Resolves once it listens, on a free port.
 *
 * @param env All of its environment: none of this process's variables decides the test.
 */
export async function startProgram(
  env: Readonly<Record<string, string>>,
  nodeOptions: readonly string[] = [],
): Promise<Program> {
  const child = spawn(process.execPath, [...nodeOptions, MAIN], { env: { PORT: '0', ...env } });
  running.add(child);
  let out = '';
  let err = '';
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  const ended = once(child, 'close').then(() => {
    running.delete(child);
    return child.exitCode ?? child.signalCode;
  });
  const addressOf = (): string | undefined =>
    /^Cotalker gateway: (http:\S+)\/graphql/m.exec(out)?.[1];
  while (addressOf() === undefined) {
    const isUp = await Promise.race([
      once(child.stdout, 'data').then(() => true),
      ended.then(() => false),
    ]);
    if (!isUp) throw new Error(`the gateway ended: ${err}`);
  }
  return {
    url: addressOf() ?? '',
    get out() {
      return out;
    },
    get err() {
      return err;
    },
    pid: child.pid ?? 0,
    signal: (name) => void child.kill(name),
    ended,
  };
}

const running = new Set<ChildProcess>();

/** Ends what a test that failed has left running. */
export async function killPrograms(): Promise<void> {
  const children = [...running];
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(children.map((child) => once(child, 'close')));
}
