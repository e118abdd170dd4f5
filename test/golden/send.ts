import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { type Exchange, USUAL } from './exchange.ts';

/** The bytes of a request; `accept` on top of its headers. */
function requestOf(exchange: Exchange, accept: string | undefined): string {
  const { method = 'POST', target = '/graphql', headers, body, raw } = exchange;
  if (raw !== undefined) return raw;
  const { 'content-type': type, ...usual } = USUAL;
  const all: Record<string, string | undefined> = {
    ...usual,
    ...(accept !== undefined && { accept }),
    ...(body !== undefined && {
      'content-type': type,
      'content-length': String(Buffer.byteLength(body)),
    }),
    ...headers,
  };
  const lines = Object.entries(all)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`;
}

/**
 * Sends bytes, and resolves to all that comes back until the gateway closes the connection.
 *
 * @param ending What comes last of an answer that has no end.
 */
function converse(url: string, request: string, ending?: string): Promise<Buffer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(request));
    socket.on('data', (part) => {
      parts.push(part);
      if (ending !== undefined && Buffer.concat(parts).includes(ending)) socket.destroy();
    });
    // What has come by then is what counts: a body that is refused may be answered by a reset behind it.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(Buffer.concat(parts)));
  });
}

/** A body that was sent in chunks, as a whole. */
function joinChunks(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const end = body.indexOf('\r\n', at);
    const size = parseInt(body.toString('latin1', at, end), 16);
    parts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(parts);
}

/** Longer ones are told by their length and hash: a page, the schema. */
const MAX_TOLD = 1500;
const hashOf = (text: string): string =>
  `(${text.length} characters, SHA-256 ${createHash('sha256').update(text).digest('hex').slice(0, 16)})`;

/**
 * What is of the moment: durations, how often a stream says that it is alive, and when to come again after an
 * overload, which chance has a part in.
 */
const masked = (status: number, text: string): string => {
  const timeless = text
    .replace(/"ms":[\d.]+/g, '"ms":…')
    .replace(/("summary":"[^"]*, )\d+ ms/g, '$1… ms')
    .replace(/^(:\n\n)+/gm, ':\n\n');
  return status === 503 ? timeless.replace(/(retry-?after"?: ?)\d+/gi, '$1…') : timeless;
};
/** Of metrics, the names: the figures are of the moment. */
const metricNames = (text: string): string =>
  (text.match(/^# TYPE cotalker_\w+ \w+$/gm) ?? []).toSorted().join('\n');

/** What every answer has, unless it says otherwise: told in one line. Streams say one thing more of caches. */
const COMMON = [
  'cache-control: no-store',
  'connection: close',
  "content-security-policy: default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy: same-origin',
  'referrer-policy: no-referrer',
  'x-content-type-options: nosniff',
];
const tellHeaders = (headers: readonly string[]): readonly string[] =>
  COMMON.every((line) => headers.includes(line) || headers.includes(`${line}, no-transform`))
    ? ['(and what all answers have)', ...headers.filter((line) => !COMMON.includes(line))]
    : headers;

function tellAnswer(answer: Buffer): string {
  const end = answer.indexOf('\r\n\r\n');
  if (end < 0) return '(no answer)';
  if (answer.indexOf('HTTP/1.1 100 ') === 0)
    return `HTTP/1.1 100 Continue\n${tellAnswer(answer.subarray(end + 4))}`;
  const [start = '', ...lines] = answer.toString('latin1', 0, end).split('\r\n');
  const status = Number(start.split(' ')[1]);
  const headers = lines
    .map((line) => line.replace(/^[^:]+/, (name) => name.toLowerCase()))
    .filter((line) => !/^(date|keep-alive|x-request-id):/.test(line))
    .toSorted();
  const rest = answer.subarray(end + 4);
  const isChunked = headers.includes('transfer-encoding: chunked');
  const whole = (isChunked ? joinChunks(rest) : rest).toString('utf8').replaceAll('\r', '␍');
  const body = masked(status, whole.startsWith('# HELP') ? metricNames(whole) : whole);
  // Whose figures are of the moment, its length is, too.
  const told = headers.filter((line) => body === whole || !line.startsWith('content-length'));
  return [
    start,
    ...masked(status, tellHeaders(told).join('\n')).split('\n'),
    ...['', body.length > MAX_TOLD ? hashOf(body) : body],
  ].join('\n');
}

/** What is sent, cut where it is long; without what all requests have. */
const tellRequest = (request: string): string =>
  request
    .replace(`host: ${USUAL.host}\r\n`, '')
    .replace(`connection: ${USUAL.connection}\r\n`, '')
    .split('\r\n')
    .map((line) => (line.length > 400 ? `${line.slice(0, 100)}… ${hashOf(line)}` : line))
    .join('\n')
    .trimEnd()
    .replace(/^/gm, '> ')
    .replace(/ $/gm, '');

/**
 * Sends the request, once for each `Accept` that it has, and tells it with its answers: equal answers once, behind
 * all that they are given to.
 */
export async function tell(url: string, exchange: Exchange): Promise<string> {
  const { accepts } = exchange;
  const sent = tellRequest(requestOf(exchange, undefined));
  if (accepts === undefined)
    return `${sent}\n${tellAnswer(await converse(url, requestOf(exchange, undefined), exchange.ending))}`;
  const byAnswer = new Map<string, string[]>();
  for (const accept of accepts) {
    const answer = tellAnswer(await converse(url, requestOf(exchange, accept)));
    byAnswer.set(answer, [
      ...(byAnswer.get(answer) ?? []),
      `> accept: ${accept === undefined ? '(none)' : accept || '(empty)'}`,
    ]);
  }
  const told = [...byAnswer].map(([answer, some]) => `${some.join('\n')}\n${answer}`);
  return [sent, ...told].join('\n\n');
}
