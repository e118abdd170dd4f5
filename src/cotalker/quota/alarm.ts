/** Calls back at the earliest of the times that it is set to. It keeps no process alive. */
export class Alarm {
  readonly #ring: () => void;
  #timer: NodeJS.Timeout | undefined;
  /** When it rings, as `performance.now()` counts. */
  #due = Infinity;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** @param ms From now on; later than what it is set to: nothing changes. */
  set(ms: number): void {
    const due = performance.now() + ms;
    if (due >= this.#due) return;
    this.stop();
    this.#due = due;
    this.#timer = setTimeout(
      () => {
        this.#due = Infinity;
        this.#ring();
      },
      Math.max(1, Math.ceil(ms)),
    ).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#due = Infinity;
  }
}
