import type { IncomingMessage, ServerResponse } from 'node:http';
import { AT_ONCE, type Handle } from '../observe/request-observer.ts';
import { endSoon } from './linger.ts';
import type { Callers } from './overload/callers.ts';
import type { InFlight } from './overload/in-flight.ts';
import type { Line } from './overload/line.ts';
import type { Places } from './overload/places.ts';
import { shed } from './overload/refuse.ts';
import type { Reason, TurnedAway } from './overload/turned-away.ts';
import type { Receiving } from './request/receiving.ts';
import { pathOf } from './request/target.ts';

/** What a request passes until it is served. */
export interface Stations {
  readonly callers: Callers;
  readonly inFlight: InFlight;
  readonly receiving: Receiving;
  readonly places: Places;
  readonly line: Line;
  readonly turnedAway: TurnedAway;
}

/** @param goAhead Asks for the body, which does not come before. */
export type Receive = (
  request: IncomingMessage,
  response: ServerResponse,
  goAhead?: () => void,
) => void;

/** These paths are answered even during an overload. */
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
    if (NEVER_SHED.has(pathOf(request.url))) {
      inFlight.add(request, response);
      handle(request, response, AT_ONCE);
      return;
    }
    const of = callers.of(request.headers.authorization);
    const visit: Visit = { request, response, ...of, held: [] };
    const end = (): void => leave(visit);
    line.arrived();
    // Before the body, which is then never requested. A request counts only when its body has arrived.
    const isFull = refusalByPlaces(visit);
    if (isFull !== undefined) {
      refuse(visit, isFull);
      return;
    }
    inFlight.add(request, response, end);
    response.once('close', end);
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
      visit.held.push(() =>
        line.finished({ caller, service, answerBytes: request.socket.bytesWritten - before }),
      );
      handle(request, response, { waitedMs, body, accept });
    },
  });
}

/** A request, until its answer is sent or is a stream. */
interface Visit extends ReturnType<Callers['of']> {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Each gives back something that it holds. */
  readonly held: (() => void)[];
}

/** Gives back what it holds, once. */
function leave({ held }: Visit): void {
  for (const giveBack of held.splice(0)) giveBack();
}
