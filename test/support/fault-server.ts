import { type AddressInfo, createServer, type Socket } from 'node:net';

/** One request as it came, before anything of it was answered. */
export interface FaultCall {
  readonly method: string;
  /** The path below `/api`, without its query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of a write: it has come to its end before anything is answered. */
  readonly body: string;
  /** When it came, as `performance.now()` counts. */
  readonly at: number;
}

/** What becomes of one request: it writes to the socket whatever it likes, HTTP or not. */
export type Fault = (socket: Socket) => void;

export interface FaultServer {
  /** The base URL, such as `http://127.0.0.1:41234/api`. */
  readonly url: string;
  /** What was asked for, in order. */
  readonly calls: FaultCall[];
  /** Chooses the fault of a request. `nth` counts from 1. To be set by the test. */
  answer: (call: FaultCall, nth: number) => Fault;
  /** How many connections are open now, as the server sees it. */
  readonly open: number;
  /** How many connections were ever made. */
  readonly accepted: number;
  /** Resolves to the milliseconds until no more than `count` connections are open. */
  untilOpen(count: number): Promise<number>;
  /** Resolves as soon as `count` requests have come. */
  untilCalled(count: number): Promise<void>;
  close(): Promise<void>;
}

const TICK_MS = 2;

/**
 * A stand-in for Cotalker that misbehaves below the level of HTTP. It is a bare TCP server, because `node:http`
 * would correct much of what a broken or hostile upstream can send.
 */
export async function startFaultServer(answer: FaultServer['answer']): Promise<FaultServer> {
  const sockets = new Set<Socket>();
  const calls: FaultCall[] = [];
  let accepted = 0;

  const server = createServer({ noDelay: true }, (socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let unread = '';
    socket.on('data', (part) => {
      unread += part.toString('latin1');
      for (let end = unread.indexOf('\r\n\r\n'); end >= 0; end = unread.indexOf('\r\n\r\n')) {
        const call = parse(unread.slice(0, end));
        const bodyEnd = end + 4 + Number(call.headers['content-length'] ?? 0);
        if (unread.length < bodyEnd) break;
        const body = Buffer.from(unread.slice(end + 4, bodyEnd), 'latin1').toString();
        unread = unread.slice(bodyEnd);
        calls.push({ ...call, body });
        faults.answer({ ...call, body }, calls.length)(socket);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const until = async (isSo: () => boolean): Promise<number> => {
    const start = performance.now();
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    return performance.now() - start;
  };
  const faults: FaultServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    calls,
    answer,
    get open() {
      return sockets.size;
    },
    get accepted() {
      return accepted;
    },
    untilOpen: (count) => until(() => sockets.size <= count),
    untilCalled: async (count) => {
      await until(() => calls.length >= count);
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return faults;
}

function parse(head: string): Omit<FaultCall, 'body'> {
  const [start = '', ...lines] = head.split('\r\n');
  const [method = '', target = ''] = start.split(' ');
  const { pathname, searchParams } = new URL(target, 'http://localhost');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return {
    method,
    path: pathname.replace(/^\/api/, ''),
    query: searchParams,
    headers: Object.fromEntries(headers),
    at: performance.now(),
  };
}

/** The base URL of a server that nobody runs: connections to it are refused. No port that was free is sure to stay so. */
export const REFUSED_URL = 'http://127.0.0.1:9/api';
