import type { Service } from '../../src/http/overload/limit.ts';
import { RequestLine } from '../../src/http/overload/line.ts';

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
  /** How far away the upstream is. */
  readonly latencyMs: number;
  /** The part of the processor that others leave. Default: all of it. */
  readonly share?: number;
  /** For so long after the start no overload is looked for. Default: not at all. */
  readonly exemptMs?: number;
  /** Without a line: each request begins as it comes. */
  readonly isPlain?: boolean;
}

const LARGE_TIMES = 20;

/** An event loop of one processor, with a clock of its own: turns, sockets that can be read, and the line. */
export function simulate({
  beginMs,
  finishMs,
  refuseMs = 0,
  latencyMs,
  share = 1,
  exemptMs = 0,
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
    const place = due.findLastIndex((one) => one.at <= ms) + 1;
    due.splice(place, 0, { at: ms, callback });
  };
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
  const line = new RequestLine({ deadlineMs: 10_000, exemptMs, clock });

  const send: Simulated['send'] = (caller, then = () => undefined, large = false) => {
    const start = now;
    const end = (reason?: string): void => {
      if (reason !== undefined) work(refuseMs);
      outcomes.push({ caller, at: start, reason, ms: now - start });
      then();
    };
    const begin = (service?: Service): void => {
      work(beginMs);
      at(now + latencyMs, () => {
        work(large ? finishMs * LARGE_TIMES : finishMs);
        const answerBytes = large ? 1e6 : 100;
        if (service !== undefined) line.finished({ caller, service, answerBytes });
        end();
      });
    };
    if (isPlain) {
      begin();
      return;
    }
    line.arrived();
    line.ask(caller, (reason) => {
      if (reason !== undefined) {
        end(reason);
        return;
      }
      line.enter({
        caller,
        isGone: () => false,
        refuse: end,
        begin: (_, service) => begin(service),
      });
    });
  };
  const turn = (): void => {
    const ready = due.findIndex((one) => one.at > now);
    for (const { callback } of due.splice(0, ready < 0 ? due.length : ready)) callback();
    for (const callback of immediates.splice(0)) callback();
    if (immediates.length > 0) return;
    const rest = Math.max(0, (due[0]?.at ?? now) - now);
    now += rest;
    idle += rest;
  };
  return {
    ...{ line, outcomes, send, at, now: () => now },
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
export function openLoop(server: Simulated, perSecond: number, seconds: number, caller?: string) {
  const start = server.now();
  for (let n = 0; n < perSecond * seconds; n += 1)
    server.at(start + (n * 1000) / perSecond, () => server.send(caller ?? `o${n}`));
}

export const served = (outcomes: readonly Outcome[]): Outcome[] =>
  outcomes.filter(({ reason }) => reason === undefined);
export const refused = (outcomes: readonly Outcome[]): Outcome[] =>
  outcomes.filter(({ reason }) => reason !== undefined);
