import type { Redis } from './connection.ts';
import { type Aspect, LATE, RedisError } from './state.ts';

/** An answer that had half of this time, or all of it, and did not come, opens the breaker. */
const LATE_MS = 50;

/**
 * Sends a command whose answer a request waits for. Where Redis is slow it is left alone for a while, by all who ask:
 * half a second, and twice as long each time, up to ten seconds.
 *
 * @param aspect What fails where this does.
 * @param patienceMs Milliseconds that the request can wait.
 * @throws RedisError `PAUSED` where Redis is left alone, or there is no time; else as `Redis.send`.
 */
export async function askInTime(
  redis: Redis,
  aspect: Aspect,
  command: readonly (string | Buffer)[],
  patienceMs: number = LATE_MS,
): Promise<unknown> {
  const { breaker } = redis;
  if (patienceMs <= 0 || !breaker.begin()) throw new RedisError('PAUSED');
  const waitMs = Math.min(patienceMs, LATE_MS);
  try {
    const reply = await redis.send(command, waitMs);
    breaker.end('answered');
    redis.report(aspect, undefined);
    return reply;
  } catch (error) {
    const { code } = error as RedisError;
    const isLate = code === LATE && waitMs >= LATE_MS / 2;
    breaker.end(isLate ? 'late' : code === LATE || code === 'DOWN' ? 'none' : 'answered');
    // `DOWN` is told as the connection's; a value of another type is garbage, and no state of Redis'.
    if (isLate || !['DOWN', 'WRONGTYPE', LATE].includes(code)) redis.report(aspect, code);
    throw error;
  }
}
