import { Agent, request } from 'node:http';
import { connections, type Get, upstreamUrl } from './rest.ts';

const agent = new Agent({ keepAlive: true, maxSockets: connections });
const { hostname, port, pathname } = new URL(upstreamUrl);

/** GET over `node:http` and nothing else. */
export const createGet =
  (authorization: string): Get =>
  <T>(path: string, query: string) =>
    new Promise<T>((resolve, reject) => {
      const call = request(
        { agent, hostname, port, path: `${pathname}${path}?${query}`, headers: { authorization } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            if (response.statusCode === 200) resolve(JSON.parse(text) as T);
            else reject(new Error(`upstream: ${response.statusCode}`));
          });
        },
      );
      call.on('error', reject).end();
    });
