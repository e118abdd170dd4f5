import { createClient, NetworkError, type RequestParams } from 'graphql-sse';
import type { Answer } from './fetch.ts';
import type { Gateway, Question } from './types.ts';

/** Its document declares `$after: String`, passes it on, and selects `cursor`. */
type Subscription = Question;

/** Failures that pass: the connection is cut, or one of these codes. */
const willPass = (error: any): boolean =>
  error instanceof NetworkError ||
  /^(OVERLOADED|RATE_LIMITED|UPSTREAM_.*)$/.test(error?.extensions?.code);

interface Options {
  /** Ends it. */
  readonly signal?: AbortSignal;
  /** Nothing reports a connection that died silently, so each one is renewed after this time. */
  readonly renewMs?: number;
}

/** The changes of one list, `groupChanged` or `channelChanged`, under whatever name. */
type Changes = Readonly<Record<string, { cursor: string } | null>>;

/**
 * The events of a subscription, for ever. After each end of the connection it subscribes again with the last cursor,
 * so no change is lost. Throws errors that do not pass, such as UNAUTHENTICATED.
 */
export async function* follow<Data extends Changes>(
  { url, token }: Gateway,
  { variables = {}, ...asked }: Subscription,
  { signal = new AbortController().signal, renewMs = 300_000 }: Options = {},
): AsyncGenerator<Answer<Data>, void> {
  const headers = () => ({ Authorization: `Bearer ${token()}` });
  // The client's own retries would subscribe again with the first cursor.
  const client = createClient({ url, headers, retryAttempts: 0 });
  let { after } = variables as { after?: unknown };
  for (let failures = 0; !signal.aborted;) {
    const events = client.iterate<Data>({
      ...asked,
      variables: { ...variables, after },
    } as RequestParams);
    const leave = () => void events.return?.();
    const renewal = setTimeout(leave, renewMs);
    signal.addEventListener('abort', leave);
    try {
      for await (const event of events as AsyncIterable<Answer<Data>>) {
        const [change] = Object.values<Changes[string]>(event.data ?? {});
        if (!change) throw event.errors?.[0];
        after = change.cursor;
        failures = 0;
        yield event;
      }
    } catch (error) {
      if (!willPass(error)) throw error;
      failures += 1;
    } finally {
      clearTimeout(renewal);
      signal.removeEventListener('abort', leave);
    }
    // A random wait, so that not all clients come back at once.
    await pause(Math.min(30_000, 500 * 2 ** failures) * Math.random(), signal);
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    if (signal.aborted) resolve();
  });

interface Sink {
  next(event: any): void;
  error(error: unknown): void;
}

/** Sends the events of `follow` to a sink, as the observables of clients want them. Returns what ends it. */
export function followInto(sink: Sink, gateway: Gateway, subscription: Subscription): () => void {
  const ending = new AbortController();
  void (async () => {
    try {
      for await (const event of follow(gateway, subscription, { signal: ending.signal }))
        if (!ending.signal.aborted) sink.next(event);
    } catch (error) {
      if (!ending.signal.aborted) sink.error(error);
    }
  })();
  return () => ending.abort();
}
