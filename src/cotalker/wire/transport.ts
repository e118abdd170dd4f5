import { abortError, OVERTAKEN } from '../errors.ts';
import { BodyCollector } from './body-collector.ts';
import {
  type Connection,
  createConnections,
  type Method,
  type SentHeaders,
} from './connections.ts';
import { type Outcome, Reception } from './reception.ts';

export interface Transport {
  /**
   * Sends one GET over a kept connection. If that died while idle, the GET goes once more over a new connection. This
   * does not count as an attempt of `retry.ts`.
   *
   * A write goes once, over a connection of its own. One that is kept may have died while it was idle, and then nobody
   * could tell whether the write has come to Cotalker.
   */
  send(call: SentCall, outcome: Outcome): void;
  /** Those that are under way, also where nobody waits for them any more. */
  readonly writes: Pick<Writes, 'size' | 'whenNone'>;
  close(): void;
}

/** Counts the writes that are under way. */
export class Writes {
  size = 0;
  #onNone: () => void = () => undefined;

  begin(): void {
    this.size += 1;
  }

  end(): void {
    this.size -= 1;
    if (this.size === 0) this.#onNone();
  }

  /** Resolves when there are none. Call it once. */
  async whenNone(): Promise<void> {
    if (this.size > 0) await new Promise<void>((resolve) => (this.#onNone = resolve));
  }
}

export interface SentWrite {
  readonly method: Method;
  readonly body: string;
  /** Told once bytes of it may have gone out. */
  readonly onOut: () => void;
}

/** One GET, or one write. */
export interface SentCall {
  /** Below the base URL, with its query. */
  readonly path: string;
  readonly headers: SentHeaders;
  /** Closes the connection as it fires. */
  readonly signal: AbortSignal;
  /** The body that is likely to come: if it comes, this same buffer is given. */
  readonly expected: Uint8Array | undefined;
  readonly write?: SentWrite | undefined;
  /** Told once if not even a byte has come for `silenceMs`; `letGo` gives the call up. */
  readonly onSilent?: ((letGo: () => void) => void) | undefined;
  /** Whether it goes over a new connection. */
  readonly isApart?: boolean;
}

/**
 * Sends calls, and nothing else. undici, which Node's `fetch` uses, takes 15 µs of CPU for a small GET, and 75 µs
 * with a body of 100 kB. `node:http` takes 27 and 115 µs, and a stream of got around that 500 µs.
 *
 * @param baseUrl Without a slash at the end.
 * @param maxBytes The most that is taken of a body, in bytes as they are on the wire.
 * @param silenceMs How long nothing at all may come of a call before its `onSilent` is told, in milliseconds.
 */
export function createTransport(
  baseUrl: string,
  maxBytes: number,
  silenceMs = Infinity,
): Transport {
  const { origin, pathname } = new URL(baseUrl);
  const base = pathname.replace(/\/$/, '');
  const connections = createConnections(origin);
  const writes = new Writes();
  const send = (
    { path, headers, signal, expected, write, onSilent, isApart = false }: SentCall,
    { resolve, reject }: Outcome,
  ): void => {
    // Its event would never come.
    if (signal.aborted) {
      reject(abortError(signal));
      return;
    }
    let reception: Reception;
    const giveUp = (): void => reception.fail(abortError(signal));
    const tellIfSilent = (): void => {
      if (reception.isSilent) onSilent?.(() => reception.fail(OVERTAKEN));
    };
    const isWatched = onSilent !== undefined && silenceMs < Infinity;
    const silence = isWatched ? setTimeout(tellIfSilent, silenceMs).unref() : undefined;
    const settle = (): void => {
      clearTimeout(silence);
      signal.removeEventListener('abort', giveUp);
      if (write) writes.end();
    };
    const outcome: Outcome = {
      resolve: (answer) => {
        settle();
        resolve(answer);
      },
      reject: (error) => {
        settle();
        reject(error);
      },
    };
    const sendOver = (connection: Connection, again?: () => void): void => {
      const body = new BodyCollector(expected);
      const options = { maxBytes, onOut: write?.onOut };
      reception = new Reception(connection, options, body, { ...outcome, again });
      const { method = 'GET', body: text = null } = write ?? {};
      connection.send({ path: base + path, method, headers, body: text }, reception);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    if (write) {
      writes.begin();
      sendOver(connections.openOnce());
    } else if (isApart) sendOver(connections.open());
    else sendOver(connections.take(), () => sendOver(connections.renew()));
  };
  return { send, writes, close: connections.close };
}
