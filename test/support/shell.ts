import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';

/** A command line that runs in bash, with the programs of the project at hand. */
export interface Shell {
  /** What it has written to stdout so far. */
  readonly out: () => string;
  /** … and to stderr. */
  readonly err: () => string;
  /** Resolves once more has come, or it has ended: to whether there may be more. To one who waits. */
  more(): Promise<boolean>;
  /** Its exit code; null while it runs, and where a signal has ended it. */
  readonly code: () => number | null;
  /** Ends it, with all that it has started. */
  end(): Promise<void>;
}

export function startShell(
  command: string,
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Shell {
  const path = [resolve('node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter);
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn('bash', ['-c', command], {
    cwd: folder,
    // Not what the test runner sets for itself, such as NODE_OPTIONS.
    env: { PATH: path, HOME: process.env['HOME'] ?? folder, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that it can be ended with all that it has started.
    detached: true,
  });
  const said = { out: '', err: '' };
  let wake: (isMore: boolean) => void = () => undefined;
  const hear = (stream: keyof typeof said) => (part: Buffer) => {
    said[stream] += part.toString();
    wake(true);
  };
  child.stdout.on('data', hear('out'));
  child.stderr.on('data', hear('err'));
  const ended = once(child, 'close').then(() => false);
  return {
    out: () => said.out,
    err: () => said.err,
    more: () => Promise.race([ended, new Promise<boolean>((resolve) => (wake = resolve))]),
    code: () => child.exitCode,
    end: async () => {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
        process.kill(-child.pid, 'SIGKILL');
      await ended;
    },
  };
}

/** Starts the gateway as a page says to, in the project's folder; resolves once it listens. */
export async function startByCommand(command: string): Promise<Shell & { readonly url: string }> {
  const shell = startShell(command, join(import.meta.dirname, '../..'), {
    ...{ PORT: '0', LIVE_POLL_MS: '100' },
  });
  let url;
  while ((url = /(http:\S+)\/graphql/.exec(shell.out())?.[1]) === undefined)
    if (!(await shell.more())) throw new Error(`${command} ended: ${shell.out()}${shell.err()}`);
  return { ...shell, url };
}
