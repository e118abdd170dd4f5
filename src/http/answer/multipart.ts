import type { ExecutionResult } from 'graphql';
import { type FetchAPI, isAsyncIterable, processRegularResult } from 'graphql-yoga';
import { toldError } from '../../errors.ts';
import { MEDIA_TYPES } from '../../graphql/execution/media-types.ts';

type Result = Parameters<typeof processRegularResult>[0];

export interface MultipartOptions {
  readonly type: 'parts' | 'payloads';
  readonly boundary: string;
  /** What a part says of a result. */
  readonly wrap: (result: object) => object;
  /** How often an empty part says that the answer goes on, in milliseconds; undefined: never. */
  readonly heartbeatMs?: number;
}

/**
 * Writes results as the parts of one body, each as soon as it is there. A delimiter goes out with the part ahead of it,
 * since clients take a part for whole only then. A single result keeps its status.
 *
 * Not Yoga's: that has no heartbeats, and knows nothing of `subscriptionSpec`.
 */
export const writeMultipart =
  ({ type, boundary, wrap, heartbeatMs }: MultipartOptions) =>
  (result: Result, fetchAPI: FetchAPI): Response => {
    const results = stepsOf(result);
    const encoder = new fetchAPI.TextEncoder();
    const delimiter = `\r\n--${boundary}`;
    const partOf = (content: object): Uint8Array =>
      encoder.encode(`\r\n${PART_HEAD}${JSON.stringify(content)}${delimiter}`);
    let heartbeats: NodeJS.Timeout | undefined;
    const body = new fetchAPI.ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(encoder.encode(delimiter));
        if (heartbeatMs === undefined) return;
        heartbeats = setInterval(() => {
          // Who does not read is not filled up.
          if ((controller.desiredSize ?? 0) > 0) controller.enqueue(partOf({}));
        }, heartbeatMs);
      },
      pull: async (controller) => {
        const step = await results.next();
        if (step.done !== true) {
          controller.enqueue(partOf(wrap(told(step.value))));
          return;
        }
        clearInterval(heartbeats);
        controller.enqueue(encoder.encode('--\r\n'));
        controller.close();
      },
      cancel: async () => {
        clearInterval(heartbeats);
        await results.return?.();
      },
    });
    const { status, headers } = isAsyncIterable(result)
      ? new fetchAPI.Response(null)
      : processRegularResult(result, fetchAPI, MEDIA_TYPES.graphql);
    headers.delete('content-length');
    // With its format: Apollo's client for iOS reads no answer without it.
    headers.set('content-type', MEDIA_TYPES[type].replace('; charset=utf-8', ''));
    return new fetchAPI.Response(body, { status, headers });
  };

/** To the letter as Apollo's router has it: each version of the client for iOS refuses other letters, or one header more. */
const PART_HEAD = 'content-type: application/json\r\n\r\n';

type Steps = AsyncIterator<ExecutionResult, unknown> | Iterator<ExecutionResult, unknown>;

const stepsOf = (result: Result): Steps =>
  isAsyncIterable(result) ? result[Symbol.asyncIterator]() : [result].flat().values();

/** As it is sent: without what it holds for Yoga. */
const told = ({ errors, ...rest }: ExecutionResult): object => ({
  ...(errors && { errors: errors.map(toldError) }),
  ...rest,
});
