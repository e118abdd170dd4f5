import type { IncomingMessage, ServerResponse } from 'node:http';
import { AT_ONCE, type Handle } from '../observe/request-observer.ts';
import type { Callers } from './overload/callers.ts';
import type { InFlight } from './overload/in-flight.ts';
import type { RequestLine } from './overload/line.ts';
import type { Places } from './overload/places.ts';
import { shed } from './overload/refuse.ts';
import type { Reason, TurnedAway } from './overload/turned-away.ts';
import type { Receiving } from './request/receiving.ts';
import { isRefusedByHead, pathOf } from './request/target.ts';

interface Stations {
  readonly callers: Callers;
  readonly inFlight: InFlight;
  readonly receiving: Receiving;
  readonly places: Places;
  readonly line: RequestLine;
  readonly turnedAway: TurnedAway;
}

/** @param goAhead Asks for the body, which does not come before. */
export type Receive = (
  request: IncomingMessage,
  response: ServerResponse,
  goAhead?: () => void,
) => void;

const NEVER_SHED = new Set(['/health', '/ready']);

/** The steps of one request, in their order, from its headers to the gateway. */
export function createReceive(handle: Handle, stations: Stations): Receive {
  const { callers, inFlight, receiving, places, line, turnedAway } = stations;
  const refuse = ({ request, response, caller }: Visit, reason: Reason): void => {
    turnedAway.note(reason);
    shed(request, response, line.waitOf(caller));
  };
  const refusalByPlaces = ({ caller }: Visit): Reason | undefined => {
    if (places.refusalOf(caller) !== undefined) inFlight.makeRoom();
    return places.refusalOf(caller);
  };
  const read = (visit: Visit, goAhead: () => void): void => {
    const { request, response, caller } = visit;
    receiving.receive(
      request,
      goAhead,
      () => inFlight.cut(response),
      (body, isTooLarge) => {
        if (isTooLarge) endSoon(request, response);
        const reason = refusalByPlaces(visit) ?? line.refusalOf(caller);
        if (reason !== undefined) refuse(visit, reason);
        else enter(visit, body, { handle, refuse, places, line });
      },
    );
  };

  return (request, response, goAhead = () => undefined) => {
    const isRefused = hasBody(request) && isRefusedByHead(request);
    if (isRefused || NEVER_SHED.has(pathOf(request.url))) {
      inFlight.add(request, response);
      if (isRefused) endSoon(request, response);
      handle(request, response, AT_ONCE);
      return;
    }
    const of = callers.of(request.headers.authorization);
    const visit: Visit = { request, response, ...of, held: [] };
    const end = (): void => leave(visit);
    visit.held.push(line.arrived(visit.caller));
    response.once('close', end);
    // Before the body, which is then never requested. A request counts only when its body has arrived.
    const isFull = refusalByPlaces(visit);
    if (isFull !== undefined) {
      refuse(visit, isFull);
      return;
    }
    inFlight.add(request, response, end);
    line.ask(visit.caller, (reason) => {
      if (response.destroyed) return;
      if (reason !== undefined) refuse(visit, reason);
      else read(visit, goAhead);
    });
  };
}

interface Inside extends Pick<Stations, 'places' | 'line'> {
  readonly handle: Handle;
  readonly refuse: (visit: Visit, reason: Reason) => void;
}

/** Its body is complete: it takes a place, and waits in line. */
function enter(visit: Visit, body: Buffer | undefined, { handle, refuse, places, line }: Inside) {
  const { request, response, caller, accept } = visit;
  visit.held.push(places.take(caller));
  line.enter({
    caller,
    refuse: (reason) => refuse(visit, reason),
    isGone: () => response.destroyed,
    begin: (waitedMs, service) => {
      const before = request.socket.bytesWritten;
      let isCheap = true;
      visit.held.push(() => {
        const answerBytes = request.socket.bytesWritten - before;
        line.finished({ caller, service, isCheap, answerBytes });
      });
      const arrival = {
        ...{ waitedMs, body },
        accept: () => {
          isCheap = false;
          accept();
        },
      };
      handle(request, response, arrival);
    },
  });
}

/** A request, until its answer is sent or is a stream. */
interface Visit extends ReturnType<Callers['of']> {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly held: (() => void)[];
}

function leave({ held }: Visit): void {
  for (const giveBack of held.splice(0)) giveBack();
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Long enough for a caller to see the answer while it still sends. A reset could destroy the answer. */
const LINGER_MS = 750;

/**
 * For a request that is answered before its body is complete, because that is too large, or the head refused. The answer goes out at
 * once. The connection closes at the end of the body, or within a second (RFC 9112, section 9.6).
 */
function endSoon(request: IncomingMessage, response: ServerResponse): void {
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
