import type { CombinedError } from 'urql';
import { type Problem, problemsOf } from '../problems/problems.ts';

const MAX_WAIT_MS = 60_000;

interface Result<Data> {
  readonly data?: Data | undefined;
  readonly error?: CombinedError | undefined;
  readonly hasNext: boolean;
}

interface Stream<Data, Event> {
  /** Asks for what changes after a cursor. */
  readonly ask: (after: string | null) => {
    subscribe(onResult: (result: Result<Data>) => void): { unsubscribe(): void };
  };
  readonly eventOf: (data: Data) => Event | null;
  /** Where it begins; null: now. */
  readonly from: string | null;
  readonly onEvent: (event: Event, problems: readonly Problem[]) => void;
  /** Called where there may have been changes that did not come. */
  readonly onGap: () => void;
}

/**
 * Follows what changes. Where the stream is refused, breaks or ends, as it does when the gateway is
 * replaced, it begins again behind the last change that came, so that none is lost. While the page is hidden
 * there is no stream: over HTTP/1.1 a browser has no more than six connections for all its tabs.
 *
 * @returns Ends it.
 */
export function follow<Data, Event extends { readonly cursor: string }>({
  ask,
  eventOf,
  from,
  onEvent,
  onGap,
}: Stream<Data, Event>): () => void {
  let cursor = from;
  let failures = 0;
  let stream: { unsubscribe(): void } | undefined;
  let next: ReturnType<typeof setTimeout> | undefined;

  const begin = () => {
    const start = performance.now();
    stream = ask(cursor).subscribe(({ data, error, hasNext }) => {
      const problems = problemsOf(error);
      const event = data && eventOf(data);
      if (event && event.cursor !== cursor) {
        cursor = event.cursor;
        onEvent(event, problems);
      }
      if (hasNext) return;
      failures = performance.now() - start > MAX_WAIT_MS ? 0 : failures + 1;
      next = setTimeout(resume, waitAfter(failures, problems));
    });
  };
  const end = () => {
    clearTimeout(next);
    stream?.unsubscribe();
  };
  const resume = () => {
    end();
    if (document.hidden) return;
    // Without a place to go on from, what has changed meanwhile does not come.
    if (cursor === null) onGap();
    begin();
  };

  if (!document.hidden) begin();
  document.addEventListener('visibilitychange', resume);
  return () => {
    document.removeEventListener('visibilitychange', resume);
    end();
  };
}

/** In milliseconds: what the gateway asks for, and on top a random part that keeps pages from coming all at once. */
const waitAfter = (failures: number, problems: readonly Problem[]): number =>
  1000 * Math.max(0, ...problems.map(({ retryAfter }) => retryAfter ?? 0)) +
  Math.random() * Math.min(MAX_WAIT_MS, 1000 * 2 ** failures);
