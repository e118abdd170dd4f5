/** Joins a body from its chunks. */
export interface BodyCollector {
  /** The bytes that have come so far. */
  readonly size: number;
  push(chunk: Buffer): void;
  /** The whole body: `expected` itself, if the same bytes have come. */
  end(): Uint8Array;
}

/**
 * As long as the bytes are the expected ones, they are not stored, joined, or compared later: most bodies equal the
 * last ones. That saves copies; the memory of a full load stays the same.
 *
 * @param expected The body that is likely to come; never change it.
 */
export function createBodyCollector(expected: Uint8Array | undefined): BodyCollector {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let isExpected = expected !== undefined;

  const isNext = (chunk: Buffer): boolean =>
    expected !== undefined &&
    size + chunk.length <= expected.length &&
    chunk.compare(expected, size, size + chunk.length) === 0;

  return {
    get size() {
      return size;
    },
    push: (chunk) => {
      if (isExpected && !isNext(chunk)) {
        isExpected = false;
        if (expected !== undefined && size > 0) chunks.push(expected.subarray(0, size));
      }
      if (!isExpected) chunks.push(chunk);
      size += chunk.length;
    },
    end: () => {
      if (isExpected && expected !== undefined)
        return size === expected.length ? expected : expected.subarray(0, size);
      const [only] = chunks;
      return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, size);
    },
  };
}
