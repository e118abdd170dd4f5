import { setTimeout as sleep } from 'node:timers/promises';
import { createRedis } from './connection.ts';
import { RedisError } from './state.ts';

export type Send = (command: readonly string[]) => Promise<unknown>;

const TIMEOUT_MS = 5000;

/**
 * Connects for a program that sends a few commands and ends. The first of them waits for the connection.
 *
 * @throws RedisError with the reason why there is no connection, or no answer.
 */
export async function withRedis<T>(url: string, use: (send: Send) => Promise<T>): Promise<T> {
  let reason = 'LATE';
  const redis = createRedis(url, (_, why = reason) => (reason = why));
  const end = performance.now() + TIMEOUT_MS;
  const send: Send = async (command) => {
    for (;;) {
      try {
        return await redis.send(command, TIMEOUT_MS);
      } catch (error) {
        const { code } = error as RedisError;
        if (code !== 'DOWN') throw error;
        if (performance.now() > end) throw new RedisError(reason);
        await sleep(50);
      }
    }
  };
  try {
    return await use(send);
  } finally {
    redis.close();
  }
}
