import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { listenOn } from './listen.ts';
import { createCors, responseClass } from './response-headers.ts';

/** The metrics as a text for Prometheus. */
export interface MetricsText {
  readonly contentType: string;
  read(): Promise<string>;
}

export interface AdminOptions {
  /** The gateway, which answers `/health` and `/ready` here as well. */
  readonly handle: RequestListener;
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
      const path = (request.url ?? '').replace(/\?.*/s, '');
      if (path === '/health' || path === '/ready') handle(request, response);
      else if (path === '/metrics' && metrics !== undefined) tell(metrics, request, response);
      else response.writeHead(404).end();
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
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  metrics.read().then(
    (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
    () => response.writeHead(500).end(),
  );
}
