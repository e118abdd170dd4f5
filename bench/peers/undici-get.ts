import { Agent, request } from 'undici';
import { connections, type Get, upstreamUrl } from './rest.ts';

export const dispatcher = new Agent({ connections });

/** GET over undici's `request`, the fastest of its documented calls that give a body. */
export const createGet =
  (authorization: string): Get =>
  async <T>(path: string, query: string) => {
    const { statusCode, body } = await request(`${upstreamUrl}${path}?${query}`, {
      dispatcher,
      headers: { authorization, accept: 'application/json' },
    });
    if (statusCode !== 200) {
      await body.dump();
      throw new Error(`upstream: ${statusCode}`);
    }
    return (await body.json()) as T;
  };
