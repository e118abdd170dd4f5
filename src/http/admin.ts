import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Metrics } from '../observe/metrics/index.ts';
import { ONLY_READ, send } from './answer/send.ts';
import { AT_ONCE, type Handle } from './arrival.ts';
import { listenOn } from './listen.ts';
import { endWithBody } from './request/receiving.ts';
import { isProbe, pathOf, readHead } from './request/target.ts';
import { createCors, responseClass } from './response-headers.ts';
import { type Config, ConfigError } from '../config/index.ts';

type MetricsText = Pick<Metrics, 'contentType' | 'read'>;

interface AdminOptions {
  /** The gateway, which answers `/health` and `/ready` here as well. */
  readonly handle: Handle;
  /** Undefined: the gateway counts nothing, and there is no `/metrics`. */
  readonly metrics: MetricsText | undefined;
}

export interface AdminListener {
  listen(at: { readonly host: string; readonly port: number }): Promise<string>;
  close(): void;
}

/** Enough for two Prometheus servers, the probes, and an operator. */
const MAX_CONNECTIONS = 100;

/**
 * A separate listener for operators. A proxy of the public one does not lead here, and no overload turns anybody away.
 */
export function createAdminListener({ handle, metrics }: AdminOptions): AdminListener {
  const server = createServer(
    {
      ServerResponse: responseClass(createCors({ corsOrigins: [] })),
      headersTimeout: 10_000,
      requestTimeout: 30_000,
    },
    (request, response) => {
      response.once('finish', () => endWithBody(request));
      const refusal = readHead(request);
      if (isProbe(request.url)) handle(request, response, { ...AT_ONCE, refusal });
      else if (pathOf(request.url) === '/metrics' && metrics !== undefined)
        tell(metrics, request, response);
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

/**
 * @returns Its URL. Undefined if the port is in use and `ADMIN_PORT` is not set: usually another gateway has it.
 * @throws ConfigError if it cannot listen there.
 */
export async function openAdmin(
  admin: AdminListener,
  at: NonNullable<Config['admin']>,
  logger: Logger,
): Promise<string | undefined> {
  try {
    return await admin.listen(at);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' && !at.isRequired) {
      logger.warn(
        { port: at.port },
        'no metrics are served, since the port is in use: set ADMIN_PORT',
      );
      return undefined;
    }
    throw new ConfigError([
      code === 'EADDRINUSE'
        ? 'ADMIN_PORT is in use by another process: set it to another one, to 0 for a free one, or to off'
        : `ADMIN_HOST and ADMIN_PORT cannot be listened on (${code ?? String(error)})`,
    ]);
  }
}
