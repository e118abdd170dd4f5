/**
 * Joins a body from its chunks. As long as the bytes are the expected ones, they are not stored, joined, or compared
 * later: most bodies equal the last ones. That saves copies; the memory of a full load stays the same.
 */
export class BodyCollector {
  readonly #expected: Uint8Array | undefined;
  #isExpected: boolean;
  readonly #chunks: Uint8Array[] = [];
  #size = 0;

  /** @param expected The body that is likely to come; never change it. */
  constructor(expected: Uint8Array | undefined) {
    this.#expected = expected;
    this.#isExpected = expected !== undefined;
  }

  /** The bytes that have come so far. */
  get size(): number {
    return this.#size;
  }

  push(chunk: Buffer): void {
    const expected = this.#expected;
    if (this.#isExpected && !this.#isNext(chunk)) {
      this.#isExpected = false;
      if (expected !== undefined && this.#size > 0)
        this.#chunks.push(expected.subarray(0, this.#size));
    }
    if (!this.#isExpected) this.#chunks.push(chunk);
    this.#size += chunk.length;
  }

  /** The whole body: `expected` itself, if the same bytes have come. */
  end(): Uint8Array {
    const expected = this.#expected;
    if (this.#isExpected && expected !== undefined)
      return this.#size === expected.length ? expected : expected.subarray(0, this.#size);
    const [only] = this.#chunks;
    return this.#chunks.length === 1 && only !== undefined
      ? only
      : Buffer.concat(this.#chunks, this.#size);
  }

  #isNext(chunk: Buffer): boolean {
    const end = this.#size + chunk.length;
    return (
      this.#expected !== undefined &&
      end <= this.#expected.length &&
      chunk.compare(this.#expected, this.#size, end) === 0
    );
  }
}
