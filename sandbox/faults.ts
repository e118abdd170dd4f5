import type { SandboxCall } from './calls.ts';

/** Something that goes wrong upstream. All that is given has to match; nothing given matches every call. */
export interface Fault {
  /** `/v2/groups`, `/v2/task-groups/{id}/tasks` … */
  template?: string;
  matches?: (call: SandboxCall) => boolean;
  /** Default: 200 where there is a `body`. */
  status?: number;
  /** A 429 without `headers` carries `Retry-After: 2`; give `{}` for one that carries none. */
  headers?: Record<string, string>;
  /** Sent as it is, as JSON unless `headers` say otherwise. Default: empty. */
  body?: string | Buffer;
  /** How many calls it hits. Default: all. */
  times?: number;
  /** On top of the sandbox's latency. */
  delayMs?: number;
  /** The answer waits for this as well. */
  until?: Promise<unknown>;
  /** Drops the connection without an answer. */
  destroy?: boolean;
  /** Whether the call is carried out all the same: it is the answer alone that is lost. */
  isDone?: boolean;
}

/** What the faults do to one call. */
export interface Effect {
  delayMs: number;
  /** What the answer waits for besides. */
  until: Promise<unknown>[];
  /** Headers on top of the normal answer. */
  headers: Record<string, string>;
  /** The fault that answers in place of the endpoint. */
  answer?: Fault;
}

const answers = (fault: Fault): boolean =>
  fault.status !== undefined || fault.body !== undefined || fault.destroy === true;

export class Faults {
  #armed: { fault: Fault; left: number }[] = [];

  add(fault: Fault): () => void {
    const armed = { fault, left: fault.times ?? Infinity };
    this.#armed.push(armed);
    return () => {
      this.#armed = this.#armed.filter((other) => other !== armed);
    };
  }

  clear(): void {
    this.#armed = [];
  }

  /** In the order in which they were added: delays add up until the first fault that answers. */
  take(call: SandboxCall): Effect {
    const effect: Effect = { delayMs: 0, until: [], headers: {} };
    for (const armed of this.#armed) {
      const { fault } = armed;
      if (armed.left <= 0) continue;
      if (fault.template !== undefined && fault.template !== call.template) continue;
      if (fault.matches && !fault.matches(call)) continue;

      armed.left -= 1;
      effect.delayMs += fault.delayMs ?? 0;
      if (fault.until) effect.until.push(fault.until);
      if (answers(fault)) return { ...effect, answer: fault };
      Object.assign(effect.headers, fault.headers);
    }
    return effect;
  }
}
