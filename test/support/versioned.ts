import type { RequestListener } from 'node:http';

/** An upstream that names its answers, and answers 304 to who knows the name. */
export interface Versioned {
  answer: RequestListener;
  /** What is in its list of groups: their names. */
  names: readonly string[];
  /** What it says besides; undefined values are left out. */
  headers: Readonly<Record<string, string | string[]>>;
  /** The `ETag` of its next answers; undefined: none. */
  etag: string | undefined;
  /** The statuses of its answers, in order. */
  readonly statuses: number[];
}

/** Every list is one of groups, each with a name and a link, which tells its kind without another call. */
export function createVersioned(): Versioned {
  const it: Versioned = {
    names: ['one'],
    headers: {},
    etag: undefined,
    statuses: [],
    answer: ({ headers }, response) => {
      const isKnown = it.etag !== undefined && headers['if-none-match'] === it.etag;
      const status = isKnown ? 304 : 200;
      it.statuses.push(status);
      response.writeHead(status, {
        'content-type': 'application/json',
        ...it.headers,
        ...(it.etag !== undefined && { etag: it.etag }),
      });
      const groups = it.names.map((name, n) => ({
        _id: (n + 1).toString(16).padStart(24, '0'),
        ...{ name, link: { url: 'https://x.example/' } },
        modifiedAt: `2024-01-01T00:00:0${n}.000Z`,
      }));
      response.end(
        isKnown ? undefined : JSON.stringify({ data: { groups, count: groups.length } }),
      );
    },
  };
  return it;
}

/** A query that takes one call, and asks for the names. */
export const NAMES = '{ groups { nodes { ... on MenuEntry { name } } } }';
/** The same of a list that is remembered page by page, and never as a whole. */
export const NARROW = '{ groups(filter: { search: "x" }) { nodes { ... on MenuEntry { name } } } }';
