import type { SandboxData } from '../data.ts';
import { postMessage } from './channels.ts';
import { type Draw, drawing } from './draw.ts';
import { renameGroup, swapGroups } from './groups.ts';
import { moveTask } from './tasks.ts';

/** How the company changes by itself. */
export interface Life {
  /** The time in which one change of each kind happens, in milliseconds. The first happens at the start. */
  readonly everyMs: number;
  /** The same seed makes the same changes in the same order. */
  readonly seed: string;
  /** Milliseconds since the epoch; a test gives one that it moves. Default: `Date.now`. */
  readonly now?: () => number;
}

/** What `npm start` shows. */
export const EVERY_20_SECONDS: Life = { everyMs: 20_000, seed: 'andina' };

/** @param moment of the change, in ISO 8601. */
type Change = (data: SandboxData, draw: Draw, moment: string) => void;

/** Groups change in every second one, so that whoever follows them need not wait long. */
const CHANGES: readonly Change[] = [renameGroup, moveTask, swapGroups, postMessage];

/** A company that nobody has looked at for longer has changed only so many times. */
const MOST_AT_ONCE = 1000;

/**
 * The changes of all companies by the clock. Nothing runs in between: a call makes the changes that are due by then,
 * each dated with the moment at which it was due.
 */
export class Changes {
  readonly #life: Life;
  readonly #start: number;
  readonly #made = new Map<SandboxData, number>();

  constructor(life: Life) {
    this.#life = life;
    this.#start = this.#now();
  }

  catchUp(data: SandboxData): void {
    const stepMs = this.#life.everyMs / CHANGES.length;
    const due = Math.floor((this.#now() - this.#start) / stepMs) + 1;
    const made = Math.max(this.#made.get(data) ?? 0, due - MOST_AT_ONCE);
    for (let step = made; step < due; step += 1) {
      const moment = new Date(this.#start + step * stepMs).toISOString();
      CHANGES[step % CHANGES.length]?.(data, drawing(`${this.#life.seed}/${step}`), moment);
    }
    this.#made.set(data, Math.max(made, due));
  }

  #now(): number {
    return (this.#life.now ?? Date.now)();
  }
}
