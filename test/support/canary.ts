import { expect } from '@jest/globals';
import type { GatewayProcess } from './gateway-process.ts';
import { openRaw, rawPost } from './raw.ts';

/** What is planted where a secret can come from. */
export const CANARY = 'cnry7f3a9';
/** A secret that is sent with every request. */
export const TOKEN = 'sandbox-user';

/** A text in the forms in which it could go on: as it is, in hexadecimal, in base64 at each offset. */
const formsOf = (text: string): string[] => [
  text,
  Buffer.from(text).toString('hex'),
  ...[0, 1, 2].map((offset) => {
    const base64 = Buffer.from('\0'.repeat(offset) + text).toString('base64url');
    // Without the characters that depend on the neighbours.
    return base64.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + text.length) * 8) / 6));
  }),
];
export const SECRETS = [CANARY, TOKEN].flatMap(formsOf);
/** What tells of the program's own place and state. */
const OF_THIS_MACHINE = ['node_modules', 'node:internal', 'file://', process.cwd(), '    at '];

/** Expects that a text holds no secret, nor a stack or a path of this machine, nor what else is named. */
export function expectSilence(text: string, where: string, more: readonly string[] = []): void {
  const lower = text.toLowerCase();
  for (const secret of [...SECRETS, ...OF_THIS_MACHINE, ...more]) {
    if (lower.includes(secret.toLowerCase())) expect({ where, secret, text }).toBe('silent');
  }
}

/** What a process has written behind the first line, which names its own address to the operator. */
export const logsOf = (process: GatewayProcess): string => process.output().replace(/^.*\n/, '');

/** Sends the bytes, which are to ask for the end of the connection, and gives all that comes back. */
export async function send(bytes: string, { url }: { readonly url: string }): Promise<string> {
  const connection = await openRaw(url);
  connection.write(bytes);
  await connection.closed;
  return connection.received;
}

type Headers = Readonly<Record<string, string>>;
const CLOSE = { connection: 'close' };

export function get(target: string, headers: Headers = {}): string {
  const lines = Object.entries({ host: 'x', ...CLOSE, ...headers }).map((line) => line.join(': '));
  return `GET ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}

export const post = (query: string, headers: Headers = {}): string =>
  rawPost(query, { ...CLOSE, 'x-explain': 'true', ...headers });

/** A POST of a body as it is; what it asks for is not explained. */
export const postBody = (body: string, headers: Headers = {}): string =>
  rawPost('', {
    ...{ ...CLOSE, 'content-length': String(Buffer.byteLength(body)) },
    ...headers,
  }).replace(/\r\n\r\n.*/s, `\r\n\r\n${body}`);

/** What the gateway has counted, with the answer's head; expects that it has counted something. */
export async function metricsOf(gateway: { readonly adminUrl: string }): Promise<string> {
  const answer = await send(get('/metrics'), { url: gateway.adminUrl });
  expect(answer).toMatch(/^cotalker_gateway_requests_total\{.*\} [1-9]/m);
  return answer;
}

/** A query that takes one call. */
export const LISTING = '{ groups(first: 1) { totalCount } }';
