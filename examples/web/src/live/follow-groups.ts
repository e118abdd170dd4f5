import type { Client } from 'urql';
import { graphql } from '../gql/index.ts';
import { problemsOf } from '../problems/problems.ts';

// Only which group: what this app shows of it is asked for again.
const GROUP_CHANGED = graphql(`
  subscription GroupChanged($after: String) {
    groupChanged(after: $after) {
      cursor
      node {
        ... on MenuEntry {
          id
        }
      }
    }
  }
`);

/** The ids of the groups that changed. Undefined: any may have. */
export type Changed = ReadonlySet<string> | undefined;

/** Changes that come within this time are told of at once. */
const GATHER_MS = 1000;
const MAX_WAIT_MS = 60_000;

/**
 * Follows the groups that change. Where the stream is refused, breaks or ends, as it does when the gateway is
 * replaced, it begins again behind the last change that came, so that none is lost. While the page is hidden
 * there is no stream: over HTTP/1.1 a browser has no more than six connections for all its tabs.
 *
 * @param onChange Called after changes, and where there may have been some that did not come.
 * @returns Ends it.
 */
export function followGroups(client: Client, onChange: (changed: Changed) => void): () => void {
  let cursor: string | null = null;
  let failures = 0;
  let stream: { unsubscribe(): void } | undefined;
  let next: ReturnType<typeof setTimeout> | undefined;
  let telling: ReturnType<typeof setTimeout> | undefined;
  let changed: Set<string> | undefined = new Set();

  const tell = (id?: string) => {
    if (id === undefined) changed = undefined;
    else changed?.add(id);
    telling ??= setTimeout(() => {
      telling = undefined;
      const told = changed;
      changed = new Set();
      onChange(told);
    }, GATHER_MS);
  };
  const begin = () => {
    const start = performance.now();
    stream = client
      .subscription(GROUP_CHANGED, { after: cursor })
      .subscribe(({ data, error, hasNext }) => {
        const place = data?.groupChanged?.cursor ?? cursor;
        if (place !== cursor) tell(data?.groupChanged?.node?.id);
        cursor = place;
        if (hasNext) return;
        failures = performance.now() - start > MAX_WAIT_MS ? 0 : failures + 1;
        next = setTimeout(resume, waitAfter(failures, problemsOf(error)));
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
    if (cursor === null) tell();
    begin();
  };

  if (!document.hidden) begin();
  document.addEventListener('visibilitychange', resume);
  return () => {
    document.removeEventListener('visibilitychange', resume);
    clearTimeout(telling);
    end();
  };
}

/** In milliseconds: what the gateway asks for, and on top a random part that keeps pages from coming all at once. */
const waitAfter = (failures: number, problems: ReturnType<typeof problemsOf>): number =>
  1000 * Math.max(0, ...problems.map(({ retryAfter }) => retryAfter ?? 0)) +
  Math.random() * Math.min(MAX_WAIT_MS, 1000 * 2 ** failures);
