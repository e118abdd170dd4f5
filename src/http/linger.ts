import type { IncomingMessage, ServerResponse } from 'node:http';

/** As long as a caller needs to see the answer while it still sends: a reset would take the answer with it. */
const LINGER_MS = 1000;

/**
 * For a request that is answered before its body is here, as it is too large: the answer goes out at once, and the
 * connection ends with the body, or a second later (RFC 9112, section 9.6).
 */
export function endSoon(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('connection', 'close');
  const end = response.end.bind(response);
  const endOnce = (...[chunk]: readonly unknown[]): ServerResponse => {
    response.end = end;
    const isBody = typeof chunk === 'string' || chunk instanceof Uint8Array;
    if (isBody) {
      if (!response.headersSent) response.setHeader('content-length', Buffer.byteLength(chunk));
      response.write(chunk);
    } else response.flushHeaders();
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
