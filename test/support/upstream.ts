import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A stand-in for Cotalker that answers as a test says, for what the sandbox would never do. */
export interface StubUpstream {
  /** The base URL, such as `http://127.0.0.1:41234/api`. */
  readonly url: string;
  /** What was asked for, in order. */
  readonly calls: { readonly url: string; readonly headers: IncomingHttpHeaders }[];
  close(): Promise<void>;
}

export async function startUpstream(answer: RequestListener): Promise<StubUpstream> {
  const calls: StubUpstream['calls'] = [];
  const server = createServer((request, response) => {
    calls.push({ url: request.url ?? '', headers: request.headers });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    calls,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers each path below `/api` with a JSON body, whatever its parameters; 404 for other paths. */
export const answerWith =
  (bodies: Readonly<Record<string, unknown>>): RequestListener =>
  ({ url = '' }, response) => {
    const path = url.replace(/\?.*$/, '').replace(/^\/api/, '');
    const isKnown = Object.hasOwn(bodies, path);
    response.writeHead(isKnown ? 200 : 404, { 'content-type': 'application/json' });
    response.end(isKnown ? JSON.stringify(bodies[path]) : '');
  };
