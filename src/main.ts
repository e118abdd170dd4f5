import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';
import { type Config, ConfigError, readConfig } from './config.ts';
import { createExchange } from './cotalker/client.ts';
import { createGateway } from './server.ts';
import { greeting } from './greeting.ts';

/** Config -> (sandbox) -> gateway -> listen -> close. Nothing else starts a server. */
async function main(config: Config): Promise<void> {
  const logger = createLogger(config);
  const upstream = await openUpstream(config);
  const { exchange, close } = createExchange({ baseUrl: upstream.url });
  let isServing = false;
  const gateway = createGateway({
    ...config,
    exchange,
    logger,
    isReady: () => isServing,
    graphiql: config.graphiql && { token: upstream.sandboxToken },
  });
  const server = createServer((request, response) => void gateway(request, response));
  const address = await listen(server, config);
  isServing = true;
  process.stdout.write(greeting({ ...config, address, upstream }));

  const stop = (): void => {
    if (!isServing) process.exit(1);
    isServing = false;
    logger.info('stopping: requests in flight are finished; a second signal ends at once');
    server.close(() => {
      close();
      void upstream.close();
    });
    server.closeIdleConnections();
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
}

/** One JSON line an event; on a terminal, the same for people. */
const createLogger = ({ logLevel }: Config): Logger =>
  process.stdout.isTTY
    ? pino({ level: logLevel }, pretty({ sync: true, ignore: 'pid,hostname' }))
    : pino({ level: logLevel });

interface Upstream {
  readonly url: string;
  /** A token to try things with; only the sandbox has one. */
  readonly sandboxToken: string | undefined;
  readonly close: () => Promise<void>;
}

/** Cotalker, or the embedded sandbox, which is loaded only where it is used. */
async function openUpstream({ upstreamUrl }: Config): Promise<Upstream> {
  if (upstreamUrl !== undefined) {
    return { url: upstreamUrl, sandboxToken: undefined, close: async () => undefined };
  }
  const { createSandbox, SANDBOX_USER_TOKEN } = await import('./sandbox/index.ts');
  const { url, close } = await createSandbox();
  return { url, sandboxToken: SANDBOX_USER_TOKEN, close };
}

/** Resolves to the address that is really served, as a base URL. */
async function listen(server: Server, { host, port }: Config): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  const bound = server.address() as AddressInfo;
  const name = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
  return `http://${name}:${bound.port}`;
}

/** What went wrong at the start, in words for the operator. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return 'The port is in use by another process: set PORT to another one.';
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return 'HOST is no address of this machine.';
  if (code === 'EACCES') return 'PORT may not be opened by this user: set it to one above 1023.';
  return `The gateway could not start: ${message}`;
}

try {
  await main(readConfig());
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}
