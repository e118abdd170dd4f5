import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NODE, WORK } from './paths.ts';
import type { GraphQLRequest } from './scenarios.ts';
import type { Address, Subject } from './subject.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface RunningSubject {
  readonly pid: number;
  readonly port: number;
  /** Milliseconds from the start of the process to its first answer. */
  readonly coldStartMs: number;
  ask(request: GraphQLRequest, token: string): Promise<Answer>;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 30_000;
const HELLO: GraphQLRequest = {
  operationName: 'Hello',
  query: 'query Hello { __typename }',
  variables: {},
};

/** Starts a subject on a core of its own, and waits for its first answer. */
export async function startSubject(
  subject: Subject,
  upstream: Omit<Address, 'port'>,
  core: number | string,
  flags: readonly string[] = [],
): Promise<RunningSubject> {
  const port = await freePort();
  const { args, env } = subject.command({ port, ...upstream });
  const logFile = join(WORK, `${subject.name}.log`);
  const log = openSync(logFile, 'w');
  const start = performance.now();
  const child = spawn('taskset', ['-c', String(core), NODE, ...flags, ...args], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    cwd: WORK,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  const ask = (request: GraphQLRequest, token: string): Promise<Answer> =>
    post(port, request, token);
  while (child.exitCode === null && performance.now() - start < START_TIMEOUT_MS) {
    const answer = await ask(HELLO, 'cold-start').catch(() => undefined);
    if (answer?.status === 200) {
      return {
        pid: child.pid ?? 0,
        port,
        coldStartMs: performance.now() - start,
        ask,
        stop: () =>
          new Promise((resolve) => {
            if (child.exitCode !== null) resolve();
            child.once('exit', () => resolve());
            kill();
          }),
      };
    }
    await sleep(2);
  }
  kill();
  throw new Error(`${subject.name} does not start:\n${readFileSync(logFile, 'utf8').slice(-4000)}`);
}

async function post(port: number, request: GraphQLRequest, token: string): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify(request),
  });
  const { status, headers } = response;
  return { status, headers, text: await response.text() };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address !== null && typeof address === 'object' ? address.port : 0;
}
