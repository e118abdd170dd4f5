import { createSourceEventStream, execute, type ExecutionArgs } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Asked, Context } from '../../context.ts';
import { badRequest } from '../../errors.ts';
import type { RequestObserver } from '../../observe/request-observer.ts';
import { note, summaryOfEvent } from '../../observe/request-summary.ts';
import { inOnePart } from './incremental.ts';

/** Makes what one execution needs; `fresh`: of nothing that the response cache has kept. */
type MakeContext = (asked: Asked, fresh: boolean) => Pick<Context, 'loaders' | 'close'>;

/** An event that shares with others what it looks up; see `GroupBatch`. */
interface Batched {
  readonly batch?: Readonly<Record<'prepare' | 'conclude', (loaders: Context['loaders']) => void>>;
}

/**
 * Executes each event of a subscription as a request of its own: with its own deadline, budget of calls and
 * loaders. The executors' own `subscribe` has one context for all, whose deadline would end the subscription,
 * and whose loaders would remember what the groups were like hours ago. What is looked up of groups that
 * changed together is shared, see `GroupBatch`.
 *
 * @param opened Told of each that begins.
 */
export const useSubscriptions = (
  makeContext: MakeContext,
  opened: Required<RequestObserver>['opened'],
): Plugin => ({
  onSubscribe({ args, setSubscribeFn, setResultAndStopExecution }) {
    const incoming = (args as ExecutionArgs).contextValue as Context;
    if (!incoming.request.accepts('events')) {
      const says =
        'A subscription is answered in server-sent events or parts: accept text/event-stream, or multipart/mixed;subscriptionSpec=1.0.';
      incoming.close();
      setResultAndStopExecution({ errors: [badRequest(says, 406)] });
      return;
    }
    const { summary } = incoming;
    setSubscribeFn(async (given: ExecutionArgs) => {
      if (summary.method === 'HEAD') {
        incoming.close();
        note(summary, { isOpen: true });
        return noEvents();
      }
      const execution = { ...given, document: inOnePart(given.document) };
      // The deadline of the request is that for opening it.
      const source = await createSourceEventStream(execution);
      incoming.close();
      if (!isAsyncIterable(source)) return source;
      note(summary, { isOpen: true });
      opened(summary, performance.now() - summary.start);
      return respond(execution, source, makeContext);
    });
  },
});

/** All that HEAD gets: its answer is over with its head, and nobody reads events. */
async function* noEvents(): AsyncGenerator<never> {}

async function* respond(
  execution: ExecutionArgs,
  source: AsyncIterable<unknown>,
  makeContext: MakeContext,
) {
  const { summary, ...initial } = execution.contextValue as Context;
  for await (const rootValue of source) {
    // Told as it is now.
    const own = { ...initial, summary: summaryOfEvent(summary) };
    const context = { ...own, ...makeContext(own, true) };
    const { batch } = rootValue as Batched;
    batch?.prepare(context.loaders);
    let result;
    try {
      result = await execute({ ...execution, rootValue, contextValue: context });
      batch?.conclude(context.loaders);
    } finally {
      context.close();
    }
    yield result;
  }
}
