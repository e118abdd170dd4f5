import type { Socket } from 'node:net';
import type { Transform } from 'node:stream';
import { createBrotliCompress, createDeflate, createGzip, createZstdCompress } from 'node:zlib';
import type { Fault } from './fault-server.ts';

const head = (status: number, headers: Readonly<Record<string, string | number>> = {}): string =>
  [
    `HTTP/1.1 ${status} Whatever`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n');

/** A well-formed answer; the connection stays open. */
export const status =
  (
    code: number,
    headers: Readonly<Record<string, string>> = {},
    body: string | Buffer = '',
  ): Fault =>
  (socket) => {
    socket.write(head(code, { ...headers, 'content-length': Buffer.byteLength(body) }));
    socket.write(body);
  };

/** A well-formed answer in JSON. */
export const json = (body: unknown, headers: Readonly<Record<string, string>> = {}): Fault =>
  status(200, { 'content-type': 'application/json', ...headers }, JSON.stringify(body));

/** Well-formed HTTP, whatever its body. */
export const text = (
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Fault => status(200, headers, body);

/** The bytes as they are; the connection stays open. */
export const raw =
  (bytes: string | Buffer): Fault =>
  (socket) =>
    void socket.write(bytes);

/** The bytes as they are, and then the end. */
export const rawAndEnd =
  (bytes: string | Buffer): Fault =>
  (socket) =>
    void socket.end(bytes);

/** The bytes as they are, and then a reset (RST). */
export const rawAndReset =
  (bytes: string): Fault =>
  (socket) => {
    socket.write(bytes);
    // Not before the bytes are on their way: a reset overtakes what is still to be sent.
    setTimeout(() => socket.resetAndDestroy(), 20);
  };

/** Takes the request and says nothing. */
export const hang: Fault = () => undefined;

/** Closes the connection without an answer. */
export const drop: Fault = (socket) => void socket.end();

/** Resets the connection without an answer. */
export const reset: Fault = (socket) => void socket.resetAndDestroy();

/** Calls back again and again until the socket is closed. */
function every(ms: number, socket: Socket, act: () => void): void {
  const timer = setInterval(act, ms);
  socket.on('close', () => clearInterval(timer));
}

/** One byte at a time, after `start` at once. */
export const drip =
  (start: string, rest: string, everyMs: number): Fault =>
  (socket) => {
    socket.write(start);
    let sent = 0;
    every(everyMs, socket, () => {
      if (sent < rest.length) socket.write(rest[sent] ?? '');
      sent += 1;
    });
  };

/** A status, and a body of one byte each 200 ms. */
export const drippingBody = (code = 200): Fault =>
  drip(head(code, { 'content-length': 1_000_000 }), '{'.repeat(1_000_000), 200);

/** Headers of one byte each 200 ms. */
export const drippingHead: Fault = drip('', head(200, { 'x-slow': 'a'.repeat(1000) }), 200);

/** Writes the block until the socket is closed, no faster than it is taken. */
function pump(socket: Socket, block: string | Buffer): void {
  const write = (): void => {
    while (!socket.destroyed && socket.write(block));
  };
  socket.on('drain', write);
  write();
}

/** A body without an end. */
export const endlessBody: Fault = (socket) => {
  socket.write(head(200, { 'content-type': 'application/json' }));
  pump(socket, Buffer.alloc(65_536, ' '));
};

/** A 503 with a body without an end. */
export const endlessError: Fault = (socket) => {
  socket.write(head(503));
  pump(socket, Buffer.alloc(65_536, ' '));
};

/** A header without an end. */
export const endlessHeader: Fault = (socket) => {
  socket.write('HTTP/1.1 200 OK\r\nx-flood: ');
  pump(socket, 'a'.repeat(65_536));
};

/** Headers without an end. */
export const endlessHeaders: Fault = (socket) => {
  socket.write('HTTP/1.1 200 OK\r\n');
  pump(socket, 'x: y\r\n'.repeat(1000));
};

/** Interim answers (1xx) without an end. */
export const endlessInterim: Fault = (socket) => {
  const hints = 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'.repeat(20);
  every(1, socket, () => socket.write(hints));
};

const COMPRESS: Readonly<Record<string, () => Transform>> = {
  gzip: () => createGzip({ level: 1 }),
  deflate: () => createDeflate({ level: 1 }),
  br: () => createBrotliCompress({ params: { [0x01 /* quality */]: 1 } }),
  zstd: () => createZstdCompress(),
};

/** A body of that many blanks, compressed while it is sent. */
export const bomb =
  (coding: string, bytes: number): Fault =>
  (socket) => {
    const compress = COMPRESS[coding]?.() as Transform;
    socket.write(head(200, { 'content-encoding': coding, connection: 'close' }));
    compress.pipe(socket);
    const block = Buffer.alloc(65_536, ' ');
    let left = bytes;
    const write = (): void => {
      while (left > 0 && !socket.destroyed) {
        left -= block.length;
        if (!compress.write(block)) return;
      }
      compress.end();
    };
    compress.on('drain', write);
    compress.on('error', () => undefined);
    write();
  };

/** Less than the `Content-Length` says, and then the end. */
export const truncated = (body: string): Fault =>
  rawAndEnd(head(200, { 'content-length': Buffer.byteLength(body) + 1 }) + body);

/** Chunks without the last one, and then the end. */
export const cutOffChunks = (body: string): Fault =>
  rawAndEnd(
    head(200, { 'transfer-encoding': 'chunked' }) + `${body.length.toString(16)}\r\n${body}\r\n`,
  );

/** Headers and a part of the body, and then a reset. */
export const resetInBody: Fault = rawAndReset(head(200, { 'content-length': 100 }) + '{"data":');

/** Headers, and then a reset. */
export const resetAfterHead: Fault = rawAndReset(head(200, { 'content-length': 100 }));

/** The head of an answer that ends with the connection. */
export const openHead = (headers: Readonly<Record<string, string>> = {}): string =>
  head(200, { ...headers, connection: 'close' });
