import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** In milliseconds. */
const IDLE_AFTER = 1000;

/**
 * Gives back the memory that the start has taken, a second later: 24 MB of 123. V8 keeps them otherwise for when the
 * heap grows again. It takes some 30 ms, so a process that has requests by then keeps its memory: it will need it.
 */
export function giveBackWhenIdle(isIdle: () => boolean): void {
  const collect = (): void => {
    if (!isIdle()) return;
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as NodeJS.GCFunction;
    gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  };
  setTimeout(collect, IDLE_AFTER).unref();
}
