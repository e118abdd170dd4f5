import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Cors } from './cors.ts';

/**
 * Headers of every answer: browsers must not guess its type, cache it, frame it, or send its address to other
 * sites. An answer that needs others, such as GraphiQL's page, sets its own headers, which have precedence.
 */
export const BASE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/**
 * The response class of `node:http`. It sets the headers when it is created, so that answers of Node itself
 * (missing Host, unknown Expect) have them too.
 */
export const responseClass = (cors: Cors): typeof ServerResponse =>
  class<R extends IncomingMessage = IncomingMessage> extends ServerResponse<R> {
    constructor(...parameters: ConstructorParameters<typeof ServerResponse<R>>) {
      super(...parameters);
      const [{ headers }] = parameters;
      for (const [name, value] of Object.entries({
        ...BASE_HEADERS,
        ...cors.headersFor(headers),
      })) {
        this.setHeader(name, value);
      }
    }
  };
