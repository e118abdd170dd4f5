import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Cors } from './cors.ts';

/**
 * On every answer: what it is must not be guessed, kept, framed, or told to other sites. An answer that
 * needs something else, as GraphiQL's page does, says so in its own headers, which take precedence.
 */
export const BASE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/**
 * The response that `node:http` makes for each request. The headers are set as it is made, so that the
 * answers which Node writes by itself (a missing Host, an unknown Expect) have them, too.
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
