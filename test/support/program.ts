import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { bundled } from './bundled.ts';
import { COMPILE_CACHE } from './compile-cache.ts';

export interface ProgramOptions {
  /** Where its stdout goes: a pipe, unless a file is open for it. */
  readonly stdout?: number | 'pipe';
  readonly cwd?: string;
}

/** The program, as `npm run start:built` runs it. */
export class Program {
  readonly process: ChildProcess;
  out = '';
  err = '';
  readonly #ended: Promise<unknown>;

  constructor(env: Record<string, string>, { stdout = 'pipe', cwd }: ProgramOptions = {}) {
    const stdio: StdioOptions = ['ignore', stdout, 'pipe'];
    // Nothing of this process's environment: a variable set there would decide the test.
    this.process = spawn(process.execPath, [bundled('main')], {
      ...{ stdio, cwd },
      env: {
        ...{ PORT: '0', ADMIN_PORT: '0', SANDBOX_STILL: 'on', ...COMPILE_CACHE },
        // So that a test may make as many calls as it likes.
        ...{ UPSTREAM_QUOTA: 'off', ...env },
      },
    });
    this.process.stdout?.on('data', (part: Buffer) => (this.out += part.toString()));
    this.process.stderr?.on('data', (part: Buffer) => (this.err += part.toString()));
    this.#ended = once(this.process, 'close');
  }

  /**
   * Resolves once this holds of all that it has written.
   *
   * @throws Where it ends before.
   */
  async until(isSo: (out: string) => boolean): Promise<void> {
    const { stdout } = this.process;
    if (stdout === null) throw new Error('its stdout is not read');
    const ended = this.#ended.then(() => true);
    while (!isSo(this.out))
      if (await Promise.race([once(stdout, 'data').then(() => false), ended]))
        throw new Error(`it ended: ${this.err}`);
  }

  /** Resolves to the address that it prints. */
  async address(): Promise<string> {
    const addressIn = (out: string) => /(http:\S+)\/graphql/.exec(out)?.[1];
    await this.until((out) => addressIn(out) !== undefined && /\n\n|^\{.*\}\n/m.test(out));
    return addressIn(this.out) ?? '';
  }

  /** Resolves to the exit code, or the signal that ended it. */
  async end(): Promise<number | NodeJS.Signals | null> {
    await this.#ended;
    return this.process.exitCode ?? this.process.signalCode;
  }
}

let programs: Program[] = [];

/** Starts one that {@link endAll} ends. */
export function start(env: Record<string, string> = {}, options?: ProgramOptions): Program {
  const program = new Program(env, options);
  programs.push(program);
  return program;
}

export async function endAll(): Promise<void> {
  for (const program of programs) program.process.kill('SIGKILL');
  await Promise.all(programs.map((program) => program.end()));
  programs = [];
}
