import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A site on the loopback interface whose every address is a page that says its own path. Those below `/unframed` refuse
 * to be framed.
 */
export interface Pages {
  /** The base URL, such as `http://127.0.0.1:41234`. */
  readonly url: string;
  close(): Promise<void>;
}

export async function startPages(): Promise<Pages> {
  const server = createServer(({ url = '/' }, response) => {
    const heading = url.replace(/[^\w/?=.-]/g, '');
    if (url.startsWith('/unframed'))
      response.setHeader('content-security-policy', "frame-ancestors 'none'");
    response.setHeader('content-type', 'text/html; charset=utf-8').end(
      `<!doctype html><title>${heading}</title><link rel="icon" href="data:,">
      <body style="font: 16px system-ui; padding: 2rem"><h1>${heading}</h1>
      <p>A page of another site.</p>`,
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
