import type { ServerResponse } from 'node:http';
import { MEDIA_TYPES } from './media-types.ts';
import type { Result } from '../../observe/request-observer.ts';

export interface Head {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** How results follow each other in one body. */
interface Framing {
  readonly first: string;
  readonly partOf: (json: string) => string;
  readonly last: string;
  /** What says that the answer goes on; undefined: nothing does. */
  readonly heartbeat?: string;
}

/** To the letter as Apollo's router has it: each version of the client for iOS refuses other letters, or one header more. */
const PART_HEAD = 'content-type: application/json\r\n\r\n';

/** A delimiter goes out with the part ahead of it, since clients take a part for whole only then. */
function partsBetween(boundary: string) {
  const delimiter = `\r\n--${boundary}`;
  const partOf = (json: string): string => `\r\n${PART_HEAD}${json}${delimiter}`;
  return { first: delimiter, partOf, last: '--\r\n' };
}
const PAYLOADS = partsBetween('graphql');

type StreamType = 'events' | 'parts' | 'payloads';

const FRAMINGS: Readonly<Record<StreamType, Framing>> = {
  // With the names that graphql-sse has.
  events: {
    first: ':\n\n',
    partOf: (json) => `event: next\ndata: ${json}\n\n`,
    last: 'event: complete\ndata:\n\n',
    heartbeat: ':\n\n',
  },
  parts: partsBetween('-'),
  payloads: {
    ...PAYLOADS,
    partOf: (json) => PAYLOADS.partOf(`{"payload":${json}}`),
    heartbeat: PAYLOADS.partOf('{}'),
  },
};

/**
 * Proxies must pass on parts and events at once. nginx buffers an answer until a buffer is full, which never happens
 * for events. The first header turns that off in most
 * (https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering). Other proxies compress, and hold events
 * back for it: `no-transform` forbids that (RFC 9111, section 5.2.2.6). The format of parts is named, since Apollo's
 * client for iOS reads no answer without it.
 */
const headersOf = (type: StreamType): Head['headers'] => ({
  'x-accel-buffering': 'no',
  'cache-control': 'no-store, no-transform',
  'content-type': MEDIA_TYPES[type].replace('; charset=utf-8', ''),
});

interface Stream {
  readonly type: StreamType;
  readonly results: AsyncIterable<Result> | readonly Result[];
  readonly toText: (part: Result) => string;
  readonly head?: Head;
  readonly heartbeatMs: number;
}

/**
 * Sends results one by one, each as soon as it is there and the caller has read what is ahead of it. It ends with the
 * results, or as the caller leaves.
 */
export async function sendStream(
  response: ServerResponse,
  { type, results, toText, head = OK, heartbeatMs }: Stream,
): Promise<void> {
  const isGone = (): boolean => response.destroyed;
  if (isGone()) return;
  const { first, partOf, last, heartbeat } = FRAMINGS[type];
  response.writeHead(head.status, { ...head.headers, ...headersOf(type) });
  response.write(first);
  const beat = (): void => {
    // Who does not read is not filled up.
    if (!isGone() && !response.writableNeedDrain) response.write(heartbeat);
  };
  const heartbeats = heartbeat === undefined ? undefined : setInterval(beat, heartbeatMs);
  try {
    for await (const result of results) {
      if (isGone()) return;
      if (!response.write(partOf(toText(result)))) await untilRead(response);
    }
  } finally {
    clearInterval(heartbeats);
  }
  if (!isGone()) response.end(last);
}

const OK: Head = { status: 200, headers: {} };

const untilRead = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
