import { createClient, RESP_TYPES } from '@redis/client';
import { LATE, RedisError, reasonOf } from './errors.ts';
import { onlyNews, type TellOfRedis } from './state.ts';

/** One connection to Redis, which comes back by itself where it is lost. */
export interface Redis {
  /**
   * Sends one command. Nothing is queued: while there is no connection it fails at once.
   *
   * @param patienceMs Milliseconds until the answer is given up.
   * @returns The reply; texts in it are Buffers.
   * @throws RedisError `LATE` where no answer came in time, else why there was none.
   */
  send(command: readonly (string | Buffer)[], patienceMs: number): Promise<unknown>;
  readonly tell: TellOfRedis;
  /** Cuts the connection; what is not answered fails. */
  close(): void;
}

/** How long a connection may answer nothing before it is given up for a new one, in milliseconds. */
const SILENCE_MS = 5000;
/** The longest wait between two tries to connect. */
const MAX_RETRY_MS = 2000;

/**
 * Connects, without waiting for it.
 *
 * The client's queue for the time without a connection is off: a command that waits there would keep a
 * request waiting, and memory. Its own `timeout` ends only what has not been sent yet, and its
 * `socketTimeout` takes an idle connection for a dead one, so both are done here.
 *
 * @param url `redis://` or `rediss://`, with credentials where they are needed.
 */
export function createRedis(url: string, onChange: TellOfRedis): Redis {
  const tell = onlyNews(onChange);
  let isClosed = false;
  let client = connect();
  /** When the first of the commands was sent that have no answer yet. */
  let silentSince = Infinity;

  function connect() {
    const opened = openClient(url, {
      isCurrent: () => opened === client && !isClosed,
      tell,
      onSilent: () => giveUp(LATE),
    });
    return opened;
  }

  /** Tries anew with another connection. */
  const giveUp = (reason: string): void => {
    if (isClosed) return;
    tell('connection', reason);
    silentSince = Infinity;
    const old = client;
    client = connect();
    old.destroy();
  };

  return {
    tell,
    send: async (command, patienceMs) => {
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
      const reply = await within(answer, patienceMs);
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
  /** Whether it has not been given up for another. */
  readonly isCurrent: () => boolean;
  readonly tell: TellOfRedis;
  /** It is connected, and the server says nothing. */
  readonly onSilent: () => void;
}

function openClient(url: string, { isCurrent, tell, onSilent }: ClientEvents) {
  const client = createClient({
    url,
    // What every server and proxy knows; nothing of version 3 is used.
    RESP: 2,
    maintNotifications: 'disabled',
    disableOfflineQueue: true,
    commandOptions: { timeout: 0, typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
    socket: { reconnectStrategy: waitBefore, connectTimeout: SILENCE_MS },
  });
  let patience: NodeJS.Timeout | undefined;
  client
    // Connected, but not greeted yet: a server that takes connections and says nothing gets no further.
    .on('connect', () => {
      patience = setTimeout(() => {
        if (isCurrent()) onSilent();
      }, SILENCE_MS).unref();
    })
    .on('ready', () => {
      clearTimeout(patience);
      if (!isCurrent()) return;
      tell('connection', undefined);
      void tellOfMode(client.sendCommand(['INFO', 'server']), tell);
    })
    .on('error', (error: unknown) => {
      clearTimeout(patience);
      if (isCurrent()) tell('connection', reasonOf(error));
    });
  // It goes on trying; why it has failed is told as an error event.
  client.connect().catch(() => undefined);
  return client;
}

/** Tells where the server is one of several: a Cluster has most keys elsewhere, and a Sentinel has none. */
async function tellOfMode(info: Promise<unknown>, tell: TellOfRedis): Promise<void> {
  // Where a user may not ask, the first key that is elsewhere tells (`MOVED`).
  const text = String(await info.catch(() => ''));
  const mode = /^redis_mode:(cluster|sentinel)\b/m.exec(text)?.[1];
  if (mode !== undefined) tell('connection', mode.toUpperCase());
}

/** Milliseconds before the nth try: twice as long each time, and not for all instances at once. */
const waitBefore = (retries: number): number =>
  Math.min(MAX_RETRY_MS, 50 * 2 ** retries) * (0.5 + Math.random() / 2);

const TOO_LATE = Symbol('too late');

/** The promise's outcome, or `TOO_LATE`. */
function within<T>(promise: Promise<T>, ms: number): Promise<T | typeof TOO_LATE> {
  return new Promise((resolve, reject) => {
    // Where it is this process that was late, the answer may be there already: timers come ahead of
    // sockets, so these are looked at once more.
    const timer = setTimeout(() => setImmediate(() => setImmediate(resolve, TOO_LATE)), ms);
    timer.unref();
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
