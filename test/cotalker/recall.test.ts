import { expect, jest, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createRecall } from '../../src/cotalker/recall.ts';

const bytes = (text: string): Buffer => Buffer.from(text);
const parse = (text: string) => jest.fn(async () => ({ value: { text }, length: text.length }));

/** A key is kept from the second time on that it comes. */
async function readTwice(recall: ReturnType<typeof createRecall>, key: string, text: string) {
  await recall.of(key).read(bytes(text), undefined, parse(text));
  return recall.of(key).read(bytes(text), undefined, parse(text));
}

test('the same bytes of the same key are parsed no more', async () => {
  const recall = createRecall(100_000);
  const value = await readTwice(recall, 'a', 'x');
  const again = parse('x');
  expect(await recall.of('a').read(bytes('x'), undefined, again)).toBe(value);
  expect(again).not.toHaveBeenCalled();
});

test('other bytes are, whatever they differ by, and take the place of the last ones', async () => {
  const recall = createRecall(100_000);
  await readTwice(recall, 'a', 'x');
  for (const text of ['y', 'xx', '', ' x', 'X']) {
    expect(await recall.of('a').read(bytes(text), undefined, parse(text))).toEqual({ text });
  }
  const first = parse('x');
  await recall.of('a').read(bytes('x'), undefined, first);
  expect(first).toHaveBeenCalled();
});

test('no key gets what another has kept', async () => {
  const recall = createRecall(100_000);
  const value = await readTwice(recall, 'a', 'x');
  const other = parse('x');
  expect(await recall.of('b').read(bytes('x'), undefined, other)).not.toBe(value);
  expect(other).toHaveBeenCalled();
});

test('a body that cannot be read is not kept', async () => {
  const recall = createRecall(100_000);
  const fail = async () => Promise.reject(new Error('no JSON'));
  for (let n = 0; n < 3; n += 1) {
    await expect(recall.of('a').read(bytes('x'), undefined, fail)).rejects.toThrow('no JSON');
  }
  expect(await recall.of('a').read(bytes('x'), undefined, parse('x'))).toEqual({ text: 'x' });
});

test('what was used last is kept, within the bytes given; nothing takes more than a quarter', async () => {
  const recall = createRecall(4 * (1024 + 5 * 25));
  const isKept = async (key: string, text: string): Promise<boolean> => {
    const again = parse(text);
    await recall.of(key).read(bytes(text), undefined, again);
    return again.mock.calls.length === 0;
  };
  const body = 'x'.repeat(25);
  for (const key of ['a', 'b', 'c', 'd']) await readTwice(recall, key, body);
  expect(await isKept('a', body)).toBe(true);
  await readTwice(recall, 'e', body);
  expect(await isKept('b', body)).toBe(false);
  expect(await isKept('a', body)).toBe(true);
  await readTwice(recall, 'f', 'x'.repeat(26));
  expect(await isKept('f', 'x'.repeat(26))).toBe(false);
});

test('whatever comes in whatever order, each gets what its bytes say', async () => {
  const call = fc.record({
    key: fc.constantFrom('a', 'b', 'c'),
    text: fc.constantFrom('', 'x', 'y', 'xxxx', 'x'.repeat(30)),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(call, { maxLength: 60 }), async (calls) => {
      const recall = createRecall(4500);
      for (const { key, text } of calls) {
        expect(await recall.of(key).read(bytes(text), undefined, parse(text))).toEqual({ text });
      }
    }),
  );
});

test('the same bytes are read again where they are packed in another way', async () => {
  const recall = createRecall(100_000);
  await readTwice(recall, 'a', 'x');
  const again = parse('x');
  await recall.of('a').read(bytes('x'), 'gzip', again);
  expect(again).toHaveBeenCalled();
});

test('what was kept when the call went out serves it, whatever has become of it meanwhile', async () => {
  const recall = createRecall(100_000);
  const value = await readTwice(recall, 'a', 'x');
  const call = recall.of('a');
  await recall.of('a').read(bytes('y'), undefined, parse('y'));
  const again = parse('x');
  expect(await call.read(call.body ?? bytes(''), undefined, again)).toBe(value);
  expect(again).not.toHaveBeenCalled();
  expect(Buffer.from(recall.of('a').body ?? []).toString()).toBe('y');
});
