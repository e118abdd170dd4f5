import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Load } from './paced-load.ts';

/*
 * Sends requests at a pace, however long the answers take, in a process of its own: what the test has to do makes
 * none late. Prints the samples as JSON. It writes ready bytes on plain sockets, since it must never be the one that
 * is short of time.
 *
 * Argument: the load as JSON.
 */

const { url, body, perSecond, seconds, callers, connections }: Load = JSON.parse(
  process.argv[2] ?? '',
);
const { hostname, port } = new URL(url);
const keeps = connections > 0;

/** The status, milliseconds from when it was due to the last byte of the answer, and when it was due; status 0: the connection broke. */
type Sample = readonly [status: number, ms: number, atMs: number];

const nameOf = (n: number): string =>
  callers === undefined ? `load-${process.pid}-${n}` : `steady-${n % callers}`;

const samples: Sample[] = [];
const free: Socket[] = [];
const settles = new WeakMap<Socket, (status: number) => void>();
let worstLagMs = 0;
let opened = 0;

/** The whole length of the answer that begins with this text; undefined: its headers are not all here. */
function lengthOf(text: string): number | undefined {
  const end = text.indexOf('\r\n\r\n');
  const length = /^content-length: (\d+)/im.exec(text)?.[1];
  return end < 0 ? undefined : end + 4 + Number(length);
}

function open(): Socket {
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  opened += 1;
  let head = '';
  let received = 0;
  socket.on('data', (part) => {
    // What comes on a connection that has no request.
    if (!settles.has(socket)) return;
    received += part.length;
    if (head.length < 4096) head += part.toString('latin1');
    const length = lengthOf(head);
    if (length === undefined || received < length) return;
    const status = Number(head.slice(9, 12));
    head = '';
    received = 0;
    if (keeps) free.push(socket);
    else socket.destroy();
    settles.get(socket)?.(status);
  });
  socket
    .on('error', () => undefined)
    .on('close', () => {
      const at = free.indexOf(socket);
      if (at >= 0) free.splice(at, 1);
      settles.get(socket)?.(0);
    });
  return socket;
}

const send = (n: number, due: number): Promise<void> =>
  new Promise((resolve) => {
    const socket = free.pop() ?? open();
    settles.set(socket, (status) => {
      settles.delete(socket);
      samples.push([status, performance.now() - due, due - start]);
      resolve();
    });
    socket.write(
      `POST /graphql HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${nameOf(n)}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  });

// As a load balancer has them. libuv accepts one connection in a turn of the event loop: with new ones alone it would be
// measured how fast that is.
for (let n = 0; n < connections; n += 1) {
  const socket = open();
  await once(socket, 'connect');
  free.push(socket);
}
const start = performance.now();
const everyMs = 1000 / perSecond;
const sent: Promise<void>[] = [];
while (sent.length < perSecond * seconds) {
  const now = performance.now();
  for (let due = start + sent.length * everyMs; due <= now; due = start + sent.length * everyMs) {
    worstLagMs = Math.max(worstLagMs, now - due);
    sent.push(send(sent.length, due));
  }
  await sleep(1);
}
await Promise.all(sent);
process.stdout.write(JSON.stringify({ samples, worstLagMs, opened }), () => process.exit());
