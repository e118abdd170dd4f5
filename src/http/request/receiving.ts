import type { IncomingMessage } from 'node:http';
import { MAX_BODY_BYTES } from '../../observe/arrival.ts';
import { collectBody } from './collect-body.ts';

/** Bodies that are arriving. They do not count as requests in memory, and have their own bounds. */
export interface Receiving {
  /**
   * Resolves with the body when it is complete, or with the part that was read if it is too large. Undefined if
   * there is none, or if its declared length is too large: then nothing was read.
   *
   * @param cut Ends the request, to make room for others.
   */
  receive(
    request: IncomingMessage,
    cut: () => void,
    give: (body: Buffer | undefined, isTooLarge: boolean) => void,
  ): void;
}

export interface ReceivingLimits {
  readonly maxBodies: number;
  /** The bytes of all arriving bodies. */
  readonly maxBytes: number;
}

export function createReceiving({ maxBodies, maxBytes }: ReceivingLimits): Receiving {
  /** The bytes that have arrived of each body, oldest body first. */
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
