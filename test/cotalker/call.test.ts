import { describe, expect, test } from '@jest/globals';
import fc from '../support/properties.ts';
import { type Call, pathOf, type QueryValue } from '../../src/cotalker/call.ts';

const ID = '619e51fee8b60a63b678aa94';

describe('the path of a call', () => {
  test.each<[Call, string]>([
    [{ template: '/v2/groups' }, '/v2/groups'],
    [{ template: '/v2/groups', query: {} }, '/v2/groups'],
    [{ template: '/v2/groups', query: { search: undefined } }, '/v2/groups'],
    [
      { template: '/v2/groups', query: { limit: 10, count: true } },
      '/v2/groups?limit=10&count=true',
    ],
    [
      { template: '/v2/groups', query: { limit: 0, search: '', count: false } },
      '/v2/groups?limit=0&search=&count=false',
    ],
    [{ template: '/v2/groups/{id}', id: ID }, `/v2/groups/${ID}`],
    [
      { template: '/v2/task-groups/{id}/tasks', id: ID, query: { page: 2 } },
      `/v2/task-groups/${ID}/tasks?page=2`,
    ],
    // An array repeats its key.
    [
      { template: '/v2/task-groups', query: { groupIds: [ID, 'b'] } },
      `/v2/task-groups?groupIds=${ID}&groupIds=b`,
    ],
    // A text keeps its commas, at which a server may part ids before it decodes them.
    [{ template: '/v2/properties', query: { ids: `${ID},b` } }, `/v2/properties?ids=${ID},b`],
    [{ template: '/v2/task-groups', query: { groupIds: [] } }, '/v2/task-groups'],
    [{ template: '/v2/groups', query: { again: 'x' }, again: true }, '/v2/groups?again=x'],
  ])('%j', (call, path) => expect(pathOf(call)).toBe(path));

  test.each([
    ...['', '..', '../users', `${ID}/../../x`, `${ID}?admin=true`, `${ID}#`, `${ID} `, `${ID}\n`],
    ...[
      '%2e%2e',
      ID.toUpperCase(),
      ID.slice(1),
      `${ID}0`,
      '{id}',
      '$&'.repeat(12),
      '０'.repeat(24),
    ],
  ])('%j is no id, and reaches no URL', (id) =>
    expect(() => pathOf({ template: '/v2/groups/{id}', id })).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND', message: 'not an id' }),
    ),
  );
});

test('whatever a query holds stays in its value', () => {
  const key = fc.stringMatching(/^[a-zA-Z_]{1,9}$/);
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('&a=b', '#', '?', '+', '%26', '../', '\r\nx: y'),
    fc.integer(),
    fc.boolean(),
  );
  const query = fc.dictionary(
    key,
    fc.oneof(value, fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 })),
  );
  const property = fc.property(query, (query: Record<string, QueryValue>) => {
    const path = pathOf({ template: '/v2/groups', query });
    const url = new URL(`https://x.test/api${path}`);
    expect(path).toMatch(/^[\x21-\x7e]+$/);
    expect([url.origin, url.pathname, url.hash]).toEqual(['https://x.test', '/api/v2/groups', '']);
    const sent = Object.entries(query).flatMap(([key, value]) =>
      [value].flat().map((one) => [key, String(one).toWellFormed()]),
    );
    expect([...url.searchParams]).toEqual(sent);
  });
  fc.assert(property, { numRuns: 1000 });
});

test('a query is written to the letter as URLSearchParams writes it, but for commas', () => {
  const value = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constant(ID));
  fc.assert(
    fc.property(value, value, (search, modified_gte) => {
      const query = { search, modified_gte, limit: 10 };
      const expected = String(new URLSearchParams({ search, modified_gte, limit: '10' }));
      const path = pathOf({ template: '/v2/groups', query });
      expect(path).toBe(`/v2/groups?${expected.replaceAll('%2C', ',')}`);
    }),
    { numRuns: 1000 },
  );
});
