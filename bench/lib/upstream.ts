import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { createSandbox, SANDBOX_USER_TOKEN, type Sandbox } from '../../sandbox/index.ts';
import { type World, type WorldName, WORLDS } from '../world/worlds.ts';
import type { Tokens } from './tokens.ts';
import { WORK } from './paths.ts';

export interface UpstreamCounts {
  /** Calls received since the last reading. */
  readonly calls: number;
  /** Of these, how many were for a URL not met before. */
  readonly misses: number;
  /** Connections opened. */
  readonly connections: number;
  /** Different tokens seen. */
  readonly tokens: number;
  /** Calls without a token. */
  readonly refused: number;
}

/** The stub in C, which learns what it does not know from the project's own sandbox. */
export interface Upstream {
  readonly pid: number;
  readonly port: number;
  /** The base URL of a world. */
  urlOf(world: WorldName): string;
  worldOf(name: WorldName): World;
  setLatency(ms: number): void;
  /** Whose bodies are the same, byte for byte. */
  setBodies(tokens: Tokens): void;
  /** Reads and resets the counters. */
  readCounts(): Promise<UpstreamCounts>;
  close(): Promise<void>;
}

/** In the stub's words. */
const STAMPS: Readonly<Record<Tokens, number>> = { own: 0, one: 0, apart: 1, fresh: 2, new: 2 };

export async function startUpstream(core: number | string): Promise<Upstream> {
  const stub = spawn('taskset', ['-c', String(core), join(WORK, 'stub')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const teacher = createTeacher();
  const waiting: ((numbers: number[]) => void)[] = [];
  const port = await new Promise<number>((resolve, reject) => {
    stub.once('error', reject);
    createInterface({ input: stub.stdout }).on('line', (line) => {
      const [kind, ...rest] = line.split(' ');
      if (kind === 'listening') resolve(Number(rest[0]));
      if (kind === 'stats') waiting.shift()?.(rest.map(Number));
      if (kind === 'miss') void teach(stub, teacher, rest.join(' '));
    });
  });
  return {
    pid: stub.pid ?? 0,
    port,
    urlOf: (world) => `http://127.0.0.1:${port}/${world}/api`,
    worldOf: teacher.worldOf,
    setLatency: (ms) => void stub.stdin.write(`latency ${ms}\n`),
    setBodies: (tokens) => void stub.stdin.write(`stamp ${STAMPS[tokens]}\n`),
    readCounts: async () => {
      const numbers = new Promise<number[]>((resolve) => waiting.push(resolve));
      stub.stdin.write('stats\n');
      const [calls = 0, misses = 0, connections = 0, tokens = 0, refused = 0] = await numbers;
      return { calls, misses, connections, tokens, refused };
    },
    close: async () => {
      stub.kill();
      await teacher.close();
    },
  };
}

/** The sandbox knows what Cotalker answers, and refuses parameters that Cotalker does not have. */
function createTeacher() {
  const worlds = new Map<WorldName, World>();
  const sandboxes = new Map<WorldName, Promise<Sandbox>>();
  const worldOf = (name: WorldName): World => {
    const world = worlds.get(name) ?? WORLDS[name]();
    worlds.set(name, world);
    return world;
  };
  const sandboxOf = (name: WorldName): Promise<Sandbox> => {
    const sandbox = sandboxes.get(name) ?? createSandbox({ data: worldOf(name) });
    sandboxes.set(name, sandbox);
    return sandbox;
  };
  return {
    worldOf,
    ask: async (url: string): Promise<{ status: number; body: string }> => {
      const [, name = '', path = ''] = /^\/(\w+)\/api(\/.*)$/.exec(url) ?? [];
      if (!Object.hasOwn(WORLDS, name)) return { status: 404, body: '{}' };
      const sandbox = await sandboxOf(name as WorldName);
      const headers = { authorization: `Bearer ${SANDBOX_USER_TOKEN}` };
      const response = await fetch(sandbox.url + path, { headers });
      return { status: response.status, body: await response.text() };
    },
    close: async () => {
      for (const sandbox of sandboxes.values()) await (await sandbox).close();
    },
  };
}

async function teach(
  stub: ChildProcess,
  teacher: ReturnType<typeof createTeacher>,
  url: string,
): Promise<void> {
  const { status, body } = await teacher.ask(url);
  if (status !== 200) process.stderr.write(`the sandbox refused ${url}: ${status} ${body}\n`);
  const bytes = Buffer.from(body);
  const head = `put ${status} ${Buffer.byteLength(url)} ${bytes.length}\n${url}`;
  stub.stdin?.write(Buffer.concat([Buffer.from(head), bytes]));
}
