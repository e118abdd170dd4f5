import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection on which a test writes what no client would, and sees every byte that comes back. */
export interface RawConnection {
  readonly socket: Socket;
  /** All that has been received. */
  readonly received: string;
  write(text: string): void;
  /** Resolves once the received text matches. */
  until(pattern: RegExp): Promise<string>;
  /** Resolves to the milliseconds from the connection's start to its end, however it ends. */
  readonly closed: Promise<number>;
}

/** @throws Node's error where the connection is refused, such as `ECONNREFUSED`. */
export async function openRaw(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const start = performance.now();
  const socket = connect(Number(port), hostname);
  let received = '';
  let onData: () => void = () => undefined;
  socket.on('data', (part) => {
    received += part.toString('latin1');
    onData();
  });
  // A reset is an end like any other.
  socket.on('error', () => undefined);
  const closed = new Promise<number>((resolve) => {
    socket.on('close', () => resolve(performance.now() - start));
  });
  await once(socket, 'connect');
  return {
    socket,
    get received() {
      return received;
    },
    write: (text) => void socket.write(text),
    until: (pattern) =>
      new Promise((resolve, reject) => {
        onData = () => {
          if (pattern.test(received)) resolve(received);
        };
        onData();
        void closed.then(() => reject(new Error(`closed after ${JSON.stringify(received)}`)));
      }),
    closed,
  };
}

/** The bytes of a POST of a query. */
export function rawPost(query: string, headers: Readonly<Record<string, string>> = {}): string {
  const body = JSON.stringify({ query });
  const all = {
    ...{ host: 'localhost', authorization: 'Bearer sandbox-user' },
    ...{ 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) },
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST /graphql HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}
