import type { Service } from '../../src/http/overload/limit.ts';
import { RequestLine } from '../../src/http/overload/line.ts';
import { createPlaces } from '../../src/http/overload/places.ts';

/** A request of the simulation. */
export interface Outcome {
  readonly caller: string;
  readonly at: number;
  readonly reason: string | undefined;
  readonly ms: number;
}

export interface Simulated {
  readonly line: RequestLine;
  readonly outcomes: Outcome[];
  now(): number;
  longestTurnMs(): number;
  /** Lets a request come. `large`: its answer is of 1 MB, and takes 20 times as long. */
  send(caller: string, then?: () => void, large?: boolean): void;
  /** Calls back at that time. */
  at(ms: number, callback: () => void): void;
  /** Goes on until then. */
  run(untilMs: number): void;
}

export interface Work {
  /** Of the processor, to begin a request and to finish it, in milliseconds. */
  readonly beginMs: number;
  readonly finishMs: number;
  /** To turn a request away. Default: nothing. */
  readonly refuseMs?: number;
  /** How far away the upstream is, at a time. */
  readonly latencyMs: number | ((now: number) => number);
  /** The part of the processor that others leave. Default: all of it. */
  readonly share?: number;
  /** For so long after the start no overload is looked for. Default: not at all. */
  readonly exemptMs?: number;
  /** How many requests may be in memory. Default: as many as come. */
  readonly maxInFlight?: number;
  /** Without a line: each request begins as it comes. */
  readonly isPlain?: boolean;
}

const LARGE_TIMES = 20;
export const DEADLINE_MS = 10_000;

/** An event loop of one processor, with a clock of its own: turns, sockets that can be read, and the line. */
export function simulate({
  beginMs,
  finishMs,
  refuseMs = 0,
  latencyMs,
  share = 1,
  exemptMs = 0,
  maxInFlight = Infinity,
  isPlain = false,
}: Work): Simulated {
  let now = 0;
  let cpu = 0;
  let idle = 0;
  const immediates: (() => void)[] = [];
  /** What is due when, in order. */
  const due: { readonly at: number; readonly callback: () => void }[] = [];
  const outcomes: Outcome[] = [];
  const at = (ms: number, callback: () => void): void => {
    let [place, end] = [0, due.length];
    while (place < end) {
      const middle = (place + end) >> 1;
      if ((due[middle]?.at ?? 0) <= ms) place = middle + 1;
      else end = middle;
    }
    due.splice(place, 0, { at: ms, callback });
  };
  const latency = typeof latencyMs === 'number' ? () => latencyMs : latencyMs;
  const work = (ms: number): void => {
    now += ms / share;
    cpu += ms;
  };
  const clock = {
    now: () => now,
    cpu: () => cpu,
    idle: () => idle,
    later: (ms: number, callback: () => void) => at(now + ms, callback),
    nextTurn: (callback: () => void) => void immediates.push(callback),
  };
  const line = new RequestLine({ deadlineMs: DEADLINE_MS, exemptMs, clock });
  const places = createPlaces(maxInFlight);

  const send: Simulated['send'] = (caller, then = () => undefined, large = false) => {
    const start = now;
    let leave = (): void => undefined;
    const end = (reason?: string): void => {
      leave();
      if (reason !== undefined) work(refuseMs);
      outcomes.push({ caller, at: start, reason, ms: now - start });
      then();
    };
    const begin = (giveBack: () => void, service?: Service): void => {
      work(beginMs);
      at(now + latency(now), () => {
        work(large ? finishMs * LARGE_TIMES : finishMs);
        const answerBytes = large ? 1e6 : 100;
        if (service !== undefined) line.finished({ caller, service, answerBytes });
        giveBack();
        end();
      });
    };
    if (isPlain) {
      begin(() => undefined);
      return;
    }
    leave = line.judge.arrived(caller);
    const refusal = places.refusalOf(caller);
    if (refusal !== undefined) {
      end(refusal);
      return;
    }
    line.judge.ask(caller, (reason = places.refusalOf(caller)) => {
      if (reason !== undefined) {
        end(reason);
        return;
      }
      const giveBack = places.take(caller);
      line.enter({
        caller,
        isGone: () => false,
        refuse: (late) => {
          giveBack();
          end(late);
        },
        begin: (_, service) => begin(giveBack, service),
      });
    });
  };
  let longestTurnMs = 0;
  const turn = (): void => {
    const start = now;
    const ready = due.findIndex((one) => one.at > now);
    for (const { callback } of due.splice(0, ready < 0 ? due.length : ready)) callback();
    for (const callback of immediates.splice(0)) callback();
    longestTurnMs = Math.max(longestTurnMs, now - start);
    if (immediates.length > 0) return;
    const rest = Math.max(0, (due[0]?.at ?? now) - now);
    now += rest;
    idle += rest;
  };
  return {
    ...{ line, outcomes, send, at, now: () => now, longestTurnMs: () => longestTurnMs },
    run: (untilMs) => {
      at(untilMs, () => undefined);
      while (now < untilMs) turn();
    },
  };
}

/** Callers who each ask again once they are answered; after a refusal they wait, as they are told. */
export function closedLoop(
  server: Simulated,
  width: number,
  callerOf = (n: number): string => `c${n}`,
): void {
  for (let n = 0; n < width; n += 1) {
    const again = (): void =>
      server.send(callerOf(n), () => {
        const isRefused = server.outcomes.at(-1)?.reason !== undefined;
        server.at(server.now() + (isRefused ? RETRY_AFTER_MS : 1), again);
      });
    server.at(server.now(), again);
  }
}

const RETRY_AFTER_MS = 1500;

/** So many a second, whatever becomes of them. */
export function openLoop(
  server: Simulated,
  perSecond: number,
  seconds: number,
  callerOf = (n: number): string => `o${n}`,
): void {
  const start = server.now();
  for (let n = 0; n < perSecond * seconds; n += 1)
    server.at(start + (n * 1000) / perSecond, () => server.send(callerOf(n)));
}

export const served = (outcomes: readonly Outcome[]): Outcome[] =>
  outcomes.filter(({ reason }) => reason === undefined);
export const refused = (outcomes: readonly Outcome[]): Outcome[] =>
  outcomes.filter(({ reason }) => reason !== undefined);
