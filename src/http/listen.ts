import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * @returns The base URL that the server listens on.
 * @throws Node's error, such as `EADDRINUSE`.
 */
export async function listenOn(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  const bound = server.address() as AddressInfo;
  const name = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
  return `http://${name}:${bound.port}`;
}
