import type { IncomingMessage, ServerResponse } from 'node:http';
import { bearerOf } from '../token-hash.ts';
import { type Arrival, AT_ONCE, type Handle } from './arrival.ts';
import { type Callers, STRANGERS } from './overload/callers.ts';
import type { InFlight } from './overload/in-flight.ts';
import type { RequestLine } from './overload/line.ts';
import type { Places } from './overload/places.ts';
import { shed } from './overload/refuse.ts';
import type { Reason, TurnedAway } from './overload/turned-away.ts';
import {
  hasReadableBody,
  isTooLargeByHead,
  LINGER_MS,
  type Receiving,
} from './request/receiving.ts';
import { isProbe, readHead } from './request/target.ts';

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

/** The steps of one request, in their order, from its headers to the gateway. */
export function createReceive(handle: Handle, stations: Stations): Receive {
  const { callers, inFlight, receiving, places, line, turnedAway } = stations;
  const refuse = ({ request, response, caller }: Visit, reason: Reason): void => {
    turnedAway.note(reason);
    shed(request, response, line.judge.waitOf(caller));
  };
  const refusalByPlaces = ({ caller }: Visit): Reason | undefined => {
    const reason = places.refusalOf(caller);
    if (reason === undefined) return undefined;
    // Who has too many makes room of its own.
    inFlight.makeRoom(reason === 'places' ? undefined : caller);
    return places.refusalOf(caller);
  };
  const read = (visit: Visit, goAhead: () => void): void => {
    const { request, response, caller } = visit;
    receiving.receive(
      request,
      goAhead,
      () => inFlight.cut(response),
      (body) => {
        if (body === 'too large') {
          endSoon(request, response);
          handle(request, response, { ...AT_ONCE, isTooLarge: true });
          return;
        }
        const reason = refusalByPlaces(visit) ?? line.judge.refusalOf(caller);
        if (reason !== undefined) refuse(visit, reason);
        else enter(visit, body, { handle, refuse, places, line, turnedAway });
      },
    );
  };

  return (request, response, goAhead = () => undefined) => {
    const refusal = readHead(request);
    const isTooLarge = isTooLargeByHead(request);
    const isWithoutBody = isTooLarge || (refusal !== undefined && hasReadableBody(request));
    if (isWithoutBody || isProbe(request.url)) {
      inFlight.add(request, response);
      if (isWithoutBody) endSoon(request, response);
      handle(request, response, { ...AT_ONCE, refusal, isTooLarge });
      return;
    }
    const visit = visitOf(request, response, refusal, callers);
    const end = (): void => giveBack(visit.held);
    const over = line.judge.arrived(visit.caller);
    visit.held.push(() => over(!visit.hasBegun && !response.headersSent));
    response.once('close', end);
    // Before the body, which is then never requested. A request counts only when its body has arrived.
    const isFull = refusalByPlaces(visit);
    if (isFull !== undefined) {
      refuse(visit, isFull);
      return;
    }
    inFlight.add(request, response, visit.caller, end);
    const askedAt = performance.now();
    line.judge.ask(visit.caller, (reason) => {
      if (response.destroyed) return;
      visit.keptMs = performance.now() - askedAt;
      if (reason !== undefined) refuse(visit, reason);
      else read(visit, goAhead);
    });
  };
}

function visitOf(
  request: IncomingMessage,
  response: ServerResponse,
  refusal: Visit['refusal'],
  callers: Callers,
): Visit {
  const bearer = bearerOf(request.headers.authorization);
  const whose = { bearer, ...callers.of(bearer) };
  return { request, response, refusal, ...whose, held: [], keptMs: 0, hasBegun: false };
}

interface Inside extends Pick<Stations, 'places' | 'line' | 'turnedAway'> {
  readonly handle: Handle;
  readonly refuse: (visit: Visit, reason: Reason) => void;
}

/** So many bytes of a body count like a request in memory. */
const BYTES_PER_PLACE = 64 * 1024;

/**
 * Its body is complete: it takes a place, and waits in line. While it waits, a large body takes more places of its
 * caller's share.
 */
function enter(visit: Visit, body: Buffer | undefined, inside: Inside): void {
  const { handle, refuse, places, line, turnedAway } = inside;
  const { request, response, caller, refusal, bearer, learn } = visit;
  const bytes = body?.buffer.byteLength ?? 0;
  const more = Math.floor(bytes / BYTES_PER_PLACE);
  const ofBody = Array.from({ length: more }, () => places.take(caller));
  // With its places it is let go, also where its caller has left and the line has not come to it.
  let kept = body;
  visit.held.push(places.take(caller), () => {
    giveBack(ofBody);
    kept = undefined;
  });
  line.enter({
    caller,
    refuse: (reason) => refuse(visit, reason),
    isGone: () => response.destroyed,
    begin: (inLineMs, service) => {
      visit.hasBegun = true;
      giveBack(ofBody);
      const before = request.socket.bytesWritten;
      let outcomeOf: Parameters<Arrival['follow']>[0] = () => undefined;
      visit.held.push(() => {
        const { hasCalled = false, token, isTurnedAway = false } = outcomeOf() ?? {};
        learn(token);
        if (isTurnedAway) turnedAway.note('calls');
        const answerBytes = request.socket.bytesWritten - before;
        line.finished({ caller, service, isCheap: !hasCalled, answerBytes });
      });
      const follow: Arrival['follow'] = (of) => (outcomeOf = of);
      const isKnown = caller !== STRANGERS;
      const asked = { waitedMs: visit.keptMs + inLineMs, body: kept, refusal, bearer, isKnown };
      handle(request, response, { ...AT_ONCE, ...asked, follow });
    },
  });
}

/** A request, until its answer is sent or is a stream. */
interface Visit extends ReturnType<Callers['of']>, Pick<Arrival, 'refusal' | 'bearer'> {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly held: (() => void)[];
  /** How long it was kept by a trial before its body was asked for, in milliseconds. */
  keptMs: number;
  hasBegun: boolean;
}

/** Once, whoever asks for it again. */
function giveBack(held: (() => void)[]): void {
  for (const giveOneBack of held.splice(0)) giveOneBack();
}

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
