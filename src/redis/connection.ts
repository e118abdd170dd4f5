import { createClient, RESP_TYPES } from '@redis/client';
import { createRedisBreaker, type RedisBreaker, TOO_LATE, within } from './patience.ts';
import { LATE, onlyChanges, reasonOf, RedisError, type ReportRedisState } from './state.ts';

export interface Redis {
  /**
   * Sends one command. Without a connection it fails at once: nothing is queued.
   *
   * @param timeoutMs Milliseconds to wait for the answer.
   * @returns The reply; its strings are Buffers.
   * @throws RedisError `LATE` if no answer came in time; otherwise with the cause.
   */
  send(command: readonly (string | Buffer)[], timeoutMs: number): Promise<unknown>;
  readonly report: ReportRedisState;
  /** Of all whose requests wait for answers; see `ask.ts`. */
  readonly breaker: RedisBreaker;
  close(): void;
}

/** How long a connection may stay without an answer before it is replaced, in milliseconds. */
const SILENCE_MS = 5000;
const MAX_RETRY_MS = 2000;

/**
 * Starts to connect, and does not wait for it.
 *
 * The client's offline queue is off: a command in it would delay a request and take memory. The client's `timeout`
 * covers only commands that it has not sent. Its `socketTimeout` treats an idle connection as dead. So this file
 * does both.
 *
 * @param url `redis://` or `rediss://`, with credentials if needed.
 */
export function createRedis(url: string, onChange: ReportRedisState): Redis {
  const report = onlyChanges(onChange);
  let isClosed = false;
  let client = connect();
  /** The time at which the oldest command without an answer was sent. */
  let silentSince = Infinity;

  function connect() {
    const opened = openClient(url, {
      isCurrent: () => opened === client && !isClosed,
      report,
      onSilent: () => giveUp(LATE),
    });
    return opened;
  }

  const giveUp = (reason: string): void => {
    if (isClosed) return;
    report('connection', reason);
    silentSince = Infinity;
    const old = client;
    client = connect();
    old.destroy();
  };

  return {
    report,
    breaker: createRedisBreaker(),
    send: async (command, timeoutMs) => {
      if (!client.isReady) throw new RedisError('DOWN');
      silentSince = Math.min(silentSince, performance.now());
      const asked = client;
      const answer = asked.sendCommand(command).then(
        (reply) => {
          if (asked === client) silentSince = Infinity;
          return reply;
        },
        (error: unknown) => {
          if (asked === client) silentSince = Infinity;
          throw new RedisError(reasonOf(error));
        },
      );
      const reply = await within(answer, timeoutMs);
      if (reply !== TOO_LATE) return reply;
      if (asked === client && performance.now() - silentSince >= SILENCE_MS) giveUp(LATE);
      throw new RedisError(LATE);
    },
    close: () => {
      isClosed = true;
      client.destroy();
    },
  };
}

interface ClientEvents {
  /** Whether no other connection has replaced it. */
  readonly isCurrent: () => boolean;
  readonly report: ReportRedisState;
  /** Called if the server accepts the connection but never replies. */
  readonly onSilent: () => void;
}

function openClient(url: string, { isCurrent, report, onSilent }: ClientEvents) {
  const client = createClient({
    url,
    // The version that every server and proxy knows; we use nothing of version 3.
    RESP: 2,
    maintNotifications: 'disabled',
    disableOfflineQueue: true,
    commandOptions: { timeout: 0, typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
    socket: { reconnectStrategy: waitBefore, connectTimeout: SILENCE_MS },
  });
  let timer: NodeJS.Timeout | undefined;
  client
    // Connected, but without a reply yet: a server that accepts connections but never replies stays in this state.
    .on('connect', () => {
      timer = setTimeout(() => {
        if (isCurrent()) onSilent();
      }, SILENCE_MS).unref();
    })
    .on('ready', () => {
      clearTimeout(timer);
      if (!isCurrent()) return;
      report('connection', undefined);
      void tellOfMode(client.sendCommand(['INFO', 'server']), report);
    })
    .on('error', (error: unknown) => {
      clearTimeout(timer);
      if (isCurrent()) report('connection', reasonOf(error));
    });
  // The client keeps trying, and reports each failure as an error event.
  client.connect().catch(() => undefined);
  return client;
}

/** Reports a server that is part of a group: a Cluster has most keys on other servers, and a Sentinel has no keys. */
async function tellOfMode(info: Promise<unknown>, report: ReportRedisState): Promise<void> {
  // If the user may not ask, the first key on another server shows it (`MOVED`).
  const text = String(await info.catch(() => ''));
  const mode = /^redis_mode:(cluster|sentinel)\b/m.exec(text)?.[1];
  if (mode !== undefined) report('connection', mode.toUpperCase());
}

/**
 * Milliseconds before the nth try: twice as long each time, with a random part, so that instances do not come
 * together.
 */
const waitBefore = (retries: number): number =>
  Math.min(MAX_RETRY_MS, 50 * 2 ** retries) * (0.5 + Math.random() / 2);
