import type { IncomingMessage } from 'node:http';
import { MAX_BODY_BYTES } from '../../observe/arrival.ts';
import { collectBody } from './collect-body.ts';

/** Bodies that are on their way. They take no place among the requests, and have bounds of their own. */
export interface Receiving {
  /**
   * Gives the body once all of it is here, or it is too large: then as far as it was read. Undefined where there is
   * none, or where it says that it is too large, and nothing of it was read.
   *
   * @param cut Ends the request: others are waited for in its place.
   */
  receive(
    request: IncomingMessage,
    cut: () => void,
    give: (body: Buffer | undefined, isTooLarge: boolean) => void,
  ): void;
}

export interface ReceivingLimits {
  readonly maxBodies: number;
  /** Of all that has come of them. */
  readonly maxBytes: number;
}

export function createReceiving({ maxBodies, maxBytes }: ReceivingLimits): Receiving {
  /** How many bytes are kept of each, the one that is waited for the longest first. */
  const bodies = new Map<IncomingMessage, { bytes: number; readonly cut: () => void }>();
  let bytes = 0;

  const forget = (request: IncomingMessage): void => {
    bytes -= bodies.get(request)?.bytes ?? 0;
    bodies.delete(request);
  };
  const makeRoom = (): void => {
    for (const [request, { cut }] of bodies) {
      if (bodies.size <= maxBodies && bytes <= maxBytes) return;
      forget(request);
      cut();
    }
  };
  return {
    receive: (request, cut, give) => {
      const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
      const isTooLarge = Number(length ?? 0) > MAX_BODY_BYTES;
      if (isTooLarge || (length === undefined && coding === undefined)) {
        give(undefined, isTooLarge);
        return;
      }
      bodies.set(request, { bytes: 0, cut });
      request.once('close', () => forget(request));
      makeRoom();
      const onGrowth = (by: number): void => {
        const body = bodies.get(request);
        if (body === undefined) return;
        body.bytes += by;
        bytes += by;
        makeRoom();
      };
      collectBody(request, MAX_BODY_BYTES, onGrowth, (body) => {
        forget(request);
        give(body, body.length > MAX_BODY_BYTES);
      });
    },
  };
}
