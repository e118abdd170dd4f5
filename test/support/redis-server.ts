import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, RESP_TYPES } from '@redis/client';
import { freePort } from './free-port.ts';

/** A Redis of a test's own, on a free port of the loopback interface; nothing of it is kept. */
export interface RedisServer {
  /** Such as `redis://127.0.0.1:41234`. */
  readonly url: string;
  /** Sends a command over a connection of the test's; texts in the reply are Buffers. */
  send(...command: (string | Buffer)[]): Promise<any>;
  /** All keys, as texts. */
  keys(): Promise<string[]>;
  /** The server alone; it does not answer until `resume`. */
  stop(): void;
  resume(): void;
  kill(): Promise<void>;
  /** Starts it again at the same port, empty. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const PROGRAM = '/usr/bin/redis-server';

/** @param options Such as `['--maxmemory', '2mb']`. */
export async function startRedisServer(options: readonly string[] = []): Promise<RedisServer> {
  if (!existsSync(PROGRAM))
    throw new Error(`These tests need ${PROGRAM}: apt-get install redis-server.`);
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'redis-'));
  const password = options[options.indexOf('--requirepass') + 1];
  const url = `redis://127.0.0.1:${port}`;
  const start = () => {
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
    return spawn(PROGRAM, [...args, '--save', '', '--appendonly', 'no', ...options], {
      stdio: 'ignore',
    });
  };
  const open = () =>
    createClient({
      url,
      RESP: 2,
      ...(options.includes('--requirepass') && password !== undefined && { password }),
      commandOptions: { timeout: 0, typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
      socket: { reconnectStrategy: 20 },
    }).on('error', () => undefined);
  let server = start();
  let client = open();
  await client.connect();
  const send: RedisServer['send'] = (...command) => client.sendCommand(command);
  const kill = async (): Promise<void> => {
    client.destroy();
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill('SIGKILL');
    await once(server, 'exit');
  };
  return {
    url,
    send,
    keys: async () => ((await send('KEYS', '*')) as Buffer[]).map(String),
    stop: () => void server.kill('SIGSTOP'),
    resume: () => void server.kill('SIGCONT'),
    kill,
    restart: async () => {
      server = start();
      client = open();
      await client.connect();
    },
    close: async () => {
      await kill();
      rmSync(folder, { recursive: true });
    },
  };
}
