import type { IncomingMessage, ServerResponse } from 'node:http';

/** Long enough for a caller to see the answer while it still sends. A reset could destroy the answer. */
const LINGER_MS = 750;

/**
 * For a request that is answered before its body is complete, because the body is too large. The answer goes out at
 * once. The connection closes at the end of the body, or within a second (RFC 9112, section 9.6).
 */
export function endSoon(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('connection', 'close');
  const end = response.end.bind(response);
  const endOnce = (body: string | Uint8Array): ServerResponse => {
    response.end = end;
    response.write(body);
    const finish = (): void => {
      clearTimeout(timer);
      if (!response.writableEnded) end();
    };
    const timer = setTimeout(finish, LINGER_MS);
    request.once('end', finish).once('close', finish).resume();
    return response;
  };
  response.end = endOnce as ServerResponse['end'];
}
