import { registerHooks } from 'node:module';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Circus } from '@jest/types';
import { addEventHandler } from 'jest-circus';
import { type Stalls, unlessStalled, watchStalls } from '../stalls.ts';

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
type Run = () => unknown;

const limited = async (run: Run): Promise<void> => {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`not done after ${TIME_LIMIT_MS} ms`)),
    TIME_LIMIT_MS,
  );
  try {
    await Promise.race([run(), promise]);
  } finally {
    clearTimeout(timer);
  }
};

/** Errors that nobody waited for. Node would end the worker for one, and with it the tests of other files. */
const strays: unknown[] = [];
for (const event of ['unhandledRejection', 'uncaughtException'] as const)
  process.on(event, (error: unknown) => void strays.push(error));

/** Fails where an error that nobody waits for comes meanwhile. */
const withoutStrays = async (run: Run): Promise<void> => {
  await limited(run);
  // Node tells of a rejection once the callback is over that it came in.
  await nextTurn();
  const [error] = strays.splice(0);
  if (error !== undefined) throw new Error('an error that nobody waits for', { cause: error });
};

/** Of the suites that measure real time, which no test can where the machine stands still. */
const stalls: Stalls | undefined =
  process.env['TEST_REPEATS_STALLED'] === '1' ? watchStalls() : undefined;

const hooksOf = (block: Circus.DescribeBlock, type: Circus.HookType): Run[] => [
  ...(block.parent === undefined ? [] : hooksOf(block.parent, type)),
  ...block.hooks.filter((hook) => hook.type === type).map(({ fn }) => fn as Run),
];
/** What comes between two runs of a test, of which the first failed because of this. */
const renew = async (block: Circus.DescribeBlock, error: unknown): Promise<void> => {
  process.stderr.write(`The machine stood still, so a test runs again: ${String(error)}\n`);
  for (const end of hooksOf(block, 'afterEach').toReversed()) await end();
  for (const begin of hooksOf(block, 'beforeEach')) await begin();
};

const guarded =
  (run: Added['fn'], block?: Circus.DescribeBlock): Added['fn'] =>
  async () => {
    const once = (): Promise<void> => withoutStrays(run as Run);
    if (stalls === undefined || block === undefined) await once();
    else await unlessStalled(once, { stalls, again: (error) => renew(block, error) });
  };

addEventHandler(({ name }, { currentDescribeBlock: block }) => {
  const test = name === 'add_test' ? block.children.at(-1) : undefined;
  const hook = name === 'add_hook' ? block.hooks.at(-1) : undefined;
  if (test !== undefined && 'fn' in test) test.fn = guarded(test.fn, block);
  if (hook !== undefined) hook.fn = guarded(hook.fn);
});
