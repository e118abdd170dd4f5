import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { AT_ONCE, type Handle } from '../observe/request-observer.ts';
import { ONLY_READ, send } from './answer/send.ts';
import { listenOn } from './listen.ts';
import { pathOf } from './request/target.ts';
import { createCors, responseClass } from './response-headers.ts';

/** The metrics as a text for Prometheus. */
export interface MetricsText {
  readonly contentType: string;
  read(): Promise<string>;
}

export interface AdminOptions {
  /** The gateway, which answers `/health` and `/ready` here as well. */
  readonly handle: Handle;
  /** Undefined: the gateway counts nothing, and there is no `/metrics`. */
  readonly metrics: MetricsText | undefined;
}

export interface AdminListener {
  /** Resolves to the base URL that it listens on. */
  listen(at: { readonly host: string; readonly port: number }): Promise<string>;
  /** Closes it with all its connections. */
  close(): void;
}

/** Enough for two Prometheus servers, the probes, and an operator. */
const MAX_CONNECTIONS = 100;

/**
 * A separate listener for operators, with only `/metrics`, `/health` and `/ready`. A proxy of the public listener
 * does not lead here. An overload of the public listener turns nobody away here.
 */
export function createAdminListener({ handle, metrics }: AdminOptions): AdminListener {
  const server = createServer(
    {
      ServerResponse: responseClass(createCors({ corsOrigins: [] })),
      headersTimeout: 10_000,
      requestTimeout: 30_000,
    },
    (request, response) => {
      const path = pathOf(request.url);
      if (path === '/health' || path === '/ready') handle(request, response, AT_ONCE);
      else if (path === '/metrics' && metrics !== undefined) tell(metrics, request, response);
      else send(response, { status: 404 });
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  return {
    listen: (at) => listenOn(server, at),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function tell(metrics: MetricsText, { method }: IncomingMessage, response: ServerResponse): void {
  if (method !== 'GET' && method !== 'HEAD') {
    send(response, ONLY_READ);
    return;
  }
  const headers = { 'content-type': metrics.contentType };
  metrics.read().then(
    (body) => send(response, { status: 200, headers, body }),
    () => send(response, { status: 500 }),
  );
}
