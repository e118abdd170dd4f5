import { registerHooks } from 'node:module';
import type { Circus } from '@jest/types';
import { addEventHandler } from 'jest-circus';

/*
 * Runs first in each worker. It does what `jest-light-runner` leaves to its users.
 */

// Jest's runner resolves `@jest/globals` by itself. This one has the same functions as globals.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals'
      ? { url: new URL('./globals.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});

/**
 * How long a test or a hook may take until it fails, in milliseconds. Without a limit, one that hangs would stop
 * the run and name nothing. Generous, since it is no measure: test/timing measures how soon something comes. A suite
 * whose tests take longer sets it in its configuration.
 */
const TIME_LIMIT_MS = Number(process.env['TEST_TIME_LIMIT_MS'] ?? 300_000);

// As they are now: a test may put others in their place.
const { setTimeout, clearTimeout } = globalThis;

type Added = Circus.TestEntry | Circus.Hook;

const limited =
  (run: Added['fn']): Added['fn'] =>
  async () => {
    const { promise, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => reject(new Error(`not done after ${TIME_LIMIT_MS} ms`)),
      TIME_LIMIT_MS,
    );
    try {
      await Promise.race([(run as () => unknown)(), promise]);
    } finally {
      clearTimeout(timer);
    }
  };

addEventHandler(({ name }, { currentDescribeBlock: { children, hooks } }) => {
  let added: Circus.TestEntry | Circus.DescribeBlock | Circus.Hook | undefined;
  if (name === 'add_test') added = children.at(-1);
  if (name === 'add_hook') added = hooks.at(-1);
  if (added !== undefined && 'fn' in added) added.fn = limited(added.fn);
});
