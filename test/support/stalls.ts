import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

/** How often the machine, or this process, has stood still so far. */
export interface Stalls {
  readonly count: number;
  close(): Promise<void>;
}

const TICK_MS = 20;
/** A machine that is merely busy with other processes lets a thread without work wait for a few of their time slices. */
const STALL_MS = 150;

/** A thread that does nothing but look at the clock: what the test itself does cannot hold it up. */
const WATCH = `
  const { workerData } = require('node:worker_threads');
  const counts = new Int32Array(workerData.shared);
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    if (now - last > workerData.stallMs) Atomics.add(counts, 0, 1);
    last = now;
  }, workerData.tickMs);
`;

/** Watches from now on. It does not keep the process alive. */
export function watchStalls(): Stalls {
  const shared = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const counts = new Int32Array(shared);
  const workerData = { shared, stallMs: STALL_MS, tickMs: TICK_MS };
  const worker = new Worker(WATCH, { eval: true, workerData, execArgv: [] });
  worker.unref();
  return {
    get count() {
      return Atomics.load(counts, 0);
    },
    close: async () => {
      await worker.terminate();
    },
  };
}

/** How often a test is run at the most. */
const TIMES = 4;

interface Renewal {
  readonly stalls: Pick<Stalls, 'count'>;
  /** What comes between two runs. @param error Why the one before failed. */
  readonly again: (error: unknown) => Promise<void>;
}

/** Runs a test that measures real time once more if it fails and the machine stood still meanwhile; else never. */
export async function unlessStalled(
  run: () => Promise<void>,
  { stalls, again }: Renewal,
): Promise<void> {
  for (let n = 1; ; n += 1) {
    const before = stalls.count;
    try {
      await run();
      return;
    } catch (error) {
      // The test may have gone on before the thread that watches.
      await sleep(STALL_MS);
      if (stalls.count === before || n === TIMES) throw error;
      await again(error);
    }
  }
}
