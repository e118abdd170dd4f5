import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One answer of the upstream behind the proxy, on its way back. */
export interface Passing {
  /** What was asked for, before a drift changed it: the path below `/api`, and the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  status: number;
  /** The parsed body; loosely typed, since a drift may change anything; undefined where it is no JSON. */
  body: any;
}

/** How a service differs from what the sandbox stands for. */
export interface Drift {
  /** Changes what is asked of the sandbox. */
  readonly ask?: (query: URLSearchParams, path: string, headers: Headers) => void;
  /** Changes what the sandbox answers. */
  readonly answer?: (passing: Passing) => void;
}

export interface DriftProxy {
  /** The base URL, such as `http://127.0.0.1:41234/api`. */
  readonly url: string;
  /** To be set by the test. */
  drift: Drift;
  close(): Promise<void>;
}

/** A server in front of the sandbox that changes what passes, as a service would that has moved on. */
export async function startDriftProxy(upstreamUrl: string): Promise<DriftProxy> {
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://localhost');
    const path = pathname.replace(/^\/api/, '');
    const headers = new Headers();
    for (const name of ['authorization', 'admin']) {
      const value = request.headers[name];
      if (typeof value === 'string') headers.set(name, value);
    }
    const pass = async (): Promise<void> => {
      const changed = new URLSearchParams(query);
      proxy.drift.ask?.(changed, path, headers);
      const answer = await fetch(`${upstreamUrl}${path}?${changed}`, { headers });
      const text = await answer.text();
      const isJson = answer.headers.get('content-type')?.startsWith('application/json');
      const body: unknown = isJson ? JSON.parse(text) : undefined;
      const passing: Passing = {
        ...{ path, query, headers: request.headers },
        ...{ status: answer.status, body },
      };
      proxy.drift.answer?.(passing);
      response.writeHead(passing.status, { 'content-type': 'application/json' });
      response.end(passing.body === undefined ? '' : JSON.stringify(passing.body));
    };
    pass().catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: DriftProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    drift: {},
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}
