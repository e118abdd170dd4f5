import type { BodyCollector } from './body-collector.ts';
import type { AnswerHandler, Connection } from './connections.ts';
import { type CotalkerError, invalidResponse } from '../errors.ts';
import type { RateLimit, RawAnswer } from '../exchange.ts';
import { failureOfConnection } from './failure.ts';
import { RATE_LIMIT_FIELDS, readRateLimit } from './rate-limit.ts';

/** Told once what a call has come to. */
export interface Outcome {
  readonly resolve: (answer: RawAnswer) => void;
  /**
   * Told why no whole answer came: `UPSTREAM_TIMEOUT`, `UPSTREAM_UNAVAILABLE`, `UPSTREAM_INVALID_RESPONSE`.
   */
  readonly reject: (error: CotalkerError) => void;
}

/** The most that is read of a body nobody needs, in bytes and milliseconds. */
const DISCARD_BYTES = 64 * 1024;
const DISCARD_MS = 250;

/**
 * An answer may come in chunks of a byte, each of which takes its time: what is more framing than
 * content, beyond this, would keep the process from all else.
 */
const MAX_FRAMING_BYTES = 256 * 1024;

/** As an outcome, of a GET that may have to be sent again. */
export interface Retryable extends Outcome {
  /** Sends the GET once more, over a new connection; undefined where that has been done. */
  readonly again?: (() => void) | undefined;
}

export interface ReceptionOptions {
  readonly maxBytes: number;
  /** Of a write: told once bytes of it may have gone out. */
  readonly onOut?: (() => void) | undefined;
}

/** What comes of one call. */
export class Reception implements AnswerHandler {
  readonly #connection: Connection;
  readonly #maxBytes: number;
  readonly #onOut: (() => void) | undefined;
  readonly #body: BodyCollector;
  readonly #outcome: Retryable;
  #bytesBefore = 0;
  #status = 0;
  #headers: ReceivedHeaders = {};
  #discarded = 0;
  #patience: NodeJS.Timeout | undefined;
  #isSettled = false;

  constructor(
    connection: Connection,
    { maxBytes, onOut }: ReceptionOptions,
    body: BodyCollector,
    outcome: Retryable,
  ) {
    this.#connection = connection;
    this.#maxBytes = maxBytes;
    this.#onOut = onOut;
    this.#body = body;
    this.#outcome = outcome;
    this.#bytesBefore = connection.bytesRead;
  }

  /** Whether nothing of an answer has come, not even a byte. */
  get isSilent(): boolean {
    return this.#status === 0 && this.#connection.bytesRead === this.#bytesBefore;
  }

  /** Whether its body is wanted: of a write that of any 2xx, of which the sheet names none. */
  get #isWell(): boolean {
    return this.#status === 200 || (this.#onOut !== undefined && this.#status < 300);
  }

  #sendAgain(): void {
    if (this.#isSettled) return;
    this.#settle();
    this.#connection.cut();
    this.#outcome.again?.();
  }

  #settle(): void {
    this.#isSettled = true;
    clearTimeout(this.#patience);
  }

  /** Cuts the connection; the call comes to this error, if it has not come to anything yet. */
  fail(error: CotalkerError): void {
    if (this.#isSettled) return;
    this.#settle();
    this.#connection.cut();
    this.#outcome.reject(error);
  }

  onRequestStart(): void {
    this.#onOut?.();
    this.#bytesBefore = this.#connection.bytesRead;
  }

  onResponseStart(_: unknown, status: number, headers: ReceivedHeaders): void {
    // Not yet the answer, such as 103 with its early hints.
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    // A body that nobody needs is read to its end, so that its connection can serve again. If the body is long or
    // slow, it is cut off together with the connection.
    if (!this.#isWell) this.#patience = setTimeout(() => this.#leave(), DISCARD_MS).unref();
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    if (this.#isSettled) return;
    if (!this.#isWell) {
      this.#discarded += chunk.length;
      if (this.#discarded > DISCARD_BYTES) this.#leave();
      return;
    }
    this.#body.push(chunk);
    const { size } = this.#body;
    const framed = this.#connection.bytesRead - this.#bytesBefore;
    if (size > this.#maxBytes) this.fail(invalidResponse('the answer is too large', 200));
    else if (framed > 2 * size + MAX_FRAMING_BYTES)
      this.fail(invalidResponse('the answer is cut into too small pieces', 200));
  }

  onResponseEnd(): void {
    this.#connection.giveBack();
    this.#conclude();
  }

  onResponseError(_: unknown, error: Error): void {
    // Of an answer that is none it is the status that tells, however its body ends.
    if (this.#status === 0) {
      const failure = failureOfConnection(error, this.#connection.isEnded);
      const hasDiedIdle = failure.isTransient && this.#connection.isReused && this.isSilent;
      if (hasDiedIdle && this.#outcome.again !== undefined) this.#sendAgain();
      else this.fail(failure);
    } else if (this.#isWell) this.fail(invalidResponse('the answer is cut off or corrupt'));
    else this.#leave();
  }

  /** The status is all that is wanted: what is left of the body goes with the connection. */
  #leave(): void {
    this.#conclude();
    this.#connection.cut();
  }

  #conclude(): void {
    if (this.#isSettled) return;
    this.#settle();
    const headers = this.#headers;
    this.#outcome.resolve({
      status: this.#status,
      encoding: allOf(headers['content-encoding']),
      retryAfter: firstOf(headers['retry-after']),
      etag: firstOf(headers['etag']),
      freshness: {
        cacheControl: allOf(headers['cache-control']),
        age: firstOf(headers['age']),
        date: firstOf(headers['date']),
        expires: firstOf(headers['expires']),
        vary: allOf(headers['vary']),
      },
      rateLimit: rateLimitOf(headers),
      body: this.#isWell ? this.#body.end() : NOTHING,
    });
  }
}

const NOTHING = Buffer.alloc(0);

/** By lower-case name; a field that comes more than once is an array. */
type ReceivedHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Of a field whose values are a list (RFC 9110, section 5.3). */
const allOf = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(', ') : value;

/** Most answers have none of these. */
const rateLimitOf = (headers: ReceivedHeaders): RateLimit | undefined =>
  RATE_LIMIT_FIELDS.some((name) => headers[name] !== undefined)
    ? readRateLimit((name) => allOf(headers[name]))
    : undefined;

/** Of a field that must not come twice. */
const firstOf = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;
