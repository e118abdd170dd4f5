import { expect, jest, test } from '@jest/globals';
import fc from '../../support/properties.ts';
import { createSameBytes, type SameBytes } from '../../../src/cotalker/sharing/same-bytes.ts';

const bytes = (text: string): Buffer => Buffer.from(text);
const parse = (text: string) => jest.fn(async () => ({ value: { text }, length: text.length }));

const read = (recall: SameBytes, path: string, text: string): Promise<unknown> =>
  recall.of(path).read(bytes(text), undefined, parse(text));

/** A body is kept from the second time on that it comes. */
async function readTwice(recall: SameBytes, path: string, text: string): Promise<unknown> {
  await read(recall, path, text);
  return read(recall, path, text);
}

async function isKept(recall: SameBytes, path: string, text: string) {
  const again = parse(text);
  await recall.of(path).read(bytes(text), undefined, again);
  return again.mock.calls.length === 0;
}

const expected = (recall: SameBytes, path: string): string | undefined => {
  const { body } = recall.of(path);
  return body && Buffer.from(body).toString();
};

test('the same bytes at the same path are parsed no more', async () => {
  const recall = createSameBytes(100_000);
  const value = await readTwice(recall, '/a', 'x');
  const again = parse('x');
  expect(await recall.of('/a').read(bytes('x'), undefined, again)).toBe(value);
  expect(again).not.toHaveBeenCalled();
});

test('other bytes are, whatever they differ by', async () => {
  const recall = createSameBytes(100_000);
  await readTwice(recall, '/a', 'x');
  for (const text of ['y', 'xx', '', ' x', 'X']) {
    const other = parse(text);
    expect(await recall.of('/a').read(bytes(text), undefined, other)).toEqual({ text });
    expect(other).toHaveBeenCalled();
  }
});

test('bytes of the same length and check sum are told apart', async () => {
  // Both have the CRC-32 4ddb0c25.
  const recall = createSameBytes(100_000);
  await readTwice(recall, '/a', 'plumless');
  expect(await read(recall, '/a', 'buckeroo')).toEqual({ text: 'buckeroo' });
  expect(await isKept(recall, '/a', 'buckeroo')).toBe(true);
  expect(await read(recall, '/a', 'plumless')).toEqual({ text: 'plumless' });
});

test('the same bytes that come again are read once, and no path gets those of another', async () => {
  const recall = createSameBytes(100_000);
  const first = await read(recall, '/a', 'x');
  const second = await read(recall, '/a', 'x');
  expect(second).not.toBe(first);
  expect(await read(recall, '/a', 'x')).toBe(second);
  expect(await isKept(recall, '/b', 'x')).toBe(false);
});

test('a body that comes but once is not kept', async () => {
  const recall = createSameBytes(100_000);
  for (const text of ['x', 'y', 'z']) await read(recall, '/a', text);
  expect(recall.of('/a').body).toBeUndefined();
  expect(await isKept(recall, '/a', 'x')).toBe(false);
  expect(await isKept(recall, '/a', 'x')).toBe(true);
});

test('a call is expected to bring what its path brought last', async () => {
  const recall = createSameBytes(100_000);
  await readTwice(recall, '/a', 'x');
  await readTwice(recall, '/a', 'y');
  expect(expected(recall, '/a')).toBe('y');
  await read(recall, '/a', 'x');
  expect(expected(recall, '/a')).toBe('x');
  expect(expected(recall, '/b')).toBeUndefined();
});

test('what was expected in vain is still read to what it says', async () => {
  const recall = createSameBytes(100_000);
  const x = await readTwice(recall, '/a', 'x');
  const y = await readTwice(recall, '/a', 'y');
  expect(await read(recall, '/a', 'x')).toBe(x);
  expect(await read(recall, '/a', 'y')).toBe(y);
  expect(await read(recall, '/a', 'x')).toBe(x);
});

test('a body that cannot be read is not kept', async () => {
  const recall = createSameBytes(100_000);
  const fail = async () => Promise.reject(new Error('no JSON'));
  for (let n = 0; n < 3; n += 1) {
    await expect(recall.of('/a').read(bytes('x'), undefined, fail)).rejects.toThrow('no JSON');
  }
  expect(await read(recall, '/a', 'x')).toEqual({ text: 'x' });
});

test('what was used last is kept, within the bytes given; nothing takes more than a quarter', async () => {
  const recall = createSameBytes(4 * (1024 + 6.5 * 25));
  const body = 'x'.repeat(25);
  for (const path of ['/a', '/b', '/c', '/d']) await readTwice(recall, path, body);
  expect(await isKept(recall, '/a', body)).toBe(true);
  await readTwice(recall, '/e', body);
  expect(expected(recall, '/b')).toBeUndefined();
  expect(await isKept(recall, '/b', body)).toBe(false);
  expect(await isKept(recall, '/a', body)).toBe(true);
  await readTwice(recall, '/f', 'x'.repeat(26));
  expect(await isKept(recall, '/f', 'x'.repeat(26))).toBe(false);
});

test('whatever comes in whatever order, each gets what its bytes say', async () => {
  const call = fc.record({
    path: fc.constantFrom('/a', '/b', `/c?${'x'.repeat(300)}`),
    text: fc.constantFrom('', 'x', 'y', 'xxxx', 'plumless', 'buckeroo', 'x'.repeat(30)),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(call, { maxLength: 60 }), async (calls) => {
      const recall = createSameBytes(4500);
      for (const { path, text } of calls) {
        expect(await read(recall, path, text)).toEqual({ text });
      }
    }),
  );
});

test('the same bytes are read again where they are packed in another way', async () => {
  const recall = createSameBytes(100_000);
  await readTwice(recall, '/a', 'x');
  const again = parse('x');
  await recall.of('/a').read(bytes('x'), 'gzip', again);
  expect(again).toHaveBeenCalled();
});

test('what was kept when the call went out serves it, whatever has become of it meanwhile', async () => {
  const recall = createSameBytes(4 * (1024 + 6.5));
  const value = await readTwice(recall, '/a', 'x');
  const call = recall.of('/a');
  for (const text of ['a', 'b', 'c', 'd']) await readTwice(recall, '/a', text);
  const again = parse('x');
  expect(await call.read(call.body ?? bytes(''), undefined, again)).toBe(value);
  expect(again).not.toHaveBeenCalled();
  expect(expected(recall, '/a')).toBe('d');
});
