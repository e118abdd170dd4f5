import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ConfigError } from '../../src/config/index.ts';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { useFiles } from '../support/files.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { HOSTILE_QUERIES } from '../support/hostile-queries.ts';

const COUNT = 'query Count($search: String) { groups(filter: { search: $search }) { totalCount } }';
const COSTLY =
  'query Costly($n: Int!) { groups(first: $n) { nodes { ... on TaskGroup { tasks(first: 400) { nodes { id } } } } } }';
const TWO = 'query A { a: __typename } query B { b: __typename }';
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
/** As codegen writes it: some with the algorithm ahead of the hash, some without, or another hash. */
const MANIFEST = { [`sha256:${hash(COUNT)}`]: COUNT, [hash(COSTLY)]: COSTLY, two: TWO };

const files = useFiles();
const file = files.write('operations.json', JSON.stringify(MANIFEST));

let sandbox: Sandbox;
const gateways = {} as Record<'strict' | 'mixed', TestGateway>;
beforeAll(async () => {
  sandbox = await createSandbox();
  for (const mode of ['strict', 'mixed'] as const)
    gateways[mode] = await startGateway(sandbox.url, { trustedDocuments: { file, mode } });
});
afterAll(async () => {
  for (const gateway of Object.values(gateways)) await gateway.close();
  await sandbox.close();
});

const HEADERS = {
  authorization: 'Bearer sandbox-user',
  accept: 'application/graphql-response+json',
};

async function post(mode: 'strict' | 'mixed', params: object, more: Record<string, string> = {}) {
  const response = await fetch(`${gateways[mode].url}/graphql`, {
    method: 'POST',
    headers: { ...HEADERS, 'content-type': 'application/json', ...more },
    body: JSON.stringify(params),
  });
  return { status: response.status, body: await response.json() };
}

async function get(mode: 'strict' | 'mixed', params: Record<string, string>) {
  const address = `${gateways[mode].url}/graphql?${new URLSearchParams(params).toString()}`;
  const response = await fetch(address, { headers: HEADERS });
  return { status: response.status, body: await response.json() };
}

const apollo = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });
const COUNTED = { status: 200, body: { data: { groups: { totalCount: 2 } } } };
const variables = { search: 'field' };

describe.each(['strict', 'mixed'] as const)('%s: a document that is known', (mode) => {
  test.each<[string, object]>([
    ['documentId', { documentId: hash(COUNT) }],
    ['documentId with the algorithm', { documentId: `sha256:${hash(COUNT)}` }],
    ["Apollo's extension", { extensions: apollo(hash(COUNT)) }],
    ["Apollo's extension, with an empty query", { query: '', extensions: apollo(hash(COUNT)) }],
  ])('by %s', async (_, params) => {
    expect(await post(mode, { ...params, variables })).toEqual(COUNTED);
    // The same past the fast way, which `X-Explain` keeps a request from.
    const { body } = await post(mode, { ...params, variables }, { 'x-explain': 'true' });
    expect([body.data, body.extensions.upstream.calls]).toEqual([COUNTED.body.data, 1]);
  });

  test('by GET, in both ways', async () => {
    const text = JSON.stringify(variables);
    expect(await get(mode, { documentId: hash(COUNT), variables: text })).toEqual(COUNTED);
    const extensions = JSON.stringify(apollo(hash(COUNT)));
    expect(await get(mode, { extensions, variables: text })).toEqual(COUNTED);
  });

  test('with several operations, of which one is named', async () => {
    const { body } = await post(mode, { documentId: 'two', operationName: 'B' });
    expect(body).toEqual({ data: { b: 'Query' } });
    const none = await post(mode, { documentId: 'two' });
    expect(none.body.errors[0].extensions.code).toBe('OPERATION_RESOLUTION_FAILURE');
  });

  test('is held to the limits, which depend on its variables', async () => {
    const few = await post(mode, { documentId: hash(COSTLY), variables: { n: 1 } });
    expect([few.status, few.body.errors]).toEqual([200, undefined]);
    const { status, body } = await post(mode, {
      documentId: hash(COSTLY),
      variables: { n: 400 },
    });
    expect([status, body.errors[0].extensions.code]).toEqual([400, 'QUERY_TOO_COMPLEX']);
    const wrong = await post(mode, { documentId: hash(COSTLY), variables: { n: 'x' } });
    expect(wrong.body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  test('is held to what holds for every body', async () => {
    const filler = 'x'.repeat(1_000_000);
    const large = await post(mode, { documentId: hash(COUNT), variables: { search: filler } });
    expect([large.status, large.body.errors[0].extensions.code]).toEqual([
      413,
      'REQUEST_ENTITY_TOO_LARGE',
    ]);
    const wrong = await post(mode, { documentId: 'two', variables: [1] });
    expect([wrong.status, wrong.body.errors[0].extensions.code]).toEqual([400, 'BAD_REQUEST']);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post(mode, { documentId: 'two', operationName: 'A' }, form)).status).toBe(415);
  });

  test.each(['nope', 'toString', '__proto__', '', 'sha256:'])('%j is not known', async (id) => {
    for (const params of [{ documentId: id }, { extensions: apollo(id) }]) {
      const { status, body } = await post(mode, params);
      expect([status, body]).toEqual([
        400,
        {
          errors: [
            {
              message: 'PersistedQueryNotFound',
              extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' },
            },
          ],
        },
      ]);
    }
  });

  test.each([7, {}, [], true])('%j is no id', async (id) => {
    for (const params of [
      { documentId: id },
      { extensions: { persistedQuery: { sha256Hash: id } } },
    ]) {
      const { status, body } = await post(mode, params);
      expect([status, body.errors[0].extensions.code]).toEqual([400, 'BAD_REQUEST']);
    }
  });
});

describe('a text', () => {
  const text = '{ __typename }';

  test.each<[string, object]>([
    ['alone', { query: text }],
    ['that is no GraphQL, since it is not even parsed', { query: '{' }],
    ['that is known', { query: COUNT }],
    ['beside a known id', { query: text, documentId: hash(COUNT) }],
    ["beside Apollo's hash, as it registers one", { query: text, extensions: apollo(hash(text)) }],
    ['that is missing, and an id as well', {}],
  ])('%s is refused where only known documents are taken', async (_, params) => {
    const before = sandbox.calls.length;
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const { status, body } = await post('strict', params, { accept });
      expect(body.errors).toEqual([
        {
          message:
            'Only documents that the gateway knows are executed: send "documentId" alone, and no "query".',
          extensions: { code: 'PERSISTED_QUERY_ONLY' },
        },
      ]);
      expect([status, body.data]).toEqual([accept === 'application/json' ? 200 : 400, undefined]);
    }
    expect(sandbox.calls.length).toBe(before);
  });

  test('by GET is refused as well', async () => {
    const { body } = await get('strict', { query: text });
    expect(body.errors[0].extensions.code).toBe('PERSISTED_QUERY_ONLY');
  });

  test('is executed where they are mixed, whatever the id beside it', async () => {
    const answer = { status: 200, body: { data: { __typename: 'Query' } } };
    expect(await post('mixed', { query: text })).toEqual(answer);
    expect(await get('mixed', { query: text })).toEqual(answer);
    expect(await post('mixed', { query: text, documentId: hash(COUNT) })).toEqual(answer);
    const { body } = await post('mixed', {});
    expect(body.errors[0].message).toMatch(/^"query" is missing/);
  });
});

describe('the start', () => {
  const problems = async (path: string, more = {}): Promise<readonly string[]> => {
    try {
      const options = { trustedDocuments: { file: path, mode: 'strict' as const }, ...more };
      const gateway = await startGateway(sandbox.url, options);
      await gateway.close();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return error.problems;
    }
    return [];
  };

  test.each<[string, string, string]>([
    ['no JSON', '{', 'is not JSON'],
    ['a list', '[]', "must hold documents as graphql-codegen's or Apollo's tools write them"],
    [
      'what is no text',
      '{"a": 7}',
      "must hold documents as graphql-codegen's or Apollo's tools write them",
    ],
    ['nothing', '', 'is not JSON'],
    ['no document, and so would answer nobody,', '{}', 'has no documents'],
  ])('a file that holds %s ends it', async (_, content, says) => {
    const path = files.write('broken.json', content);
    expect(await problems(path)).toEqual([`TRUSTED_DOCUMENTS names ${path}, which ${says}`]);
  });

  test('a file that is not there ends it', async () => {
    expect(await problems('/nowhere/o.json')).toEqual([
      'TRUSTED_DOCUMENTS names /nowhere/o.json, which cannot be read (ENOENT)',
    ]);
  });

  test('every document that would be refused is named, with why', async () => {
    const wrong = {
      good: COUNT,
      field: '{ groups {\n nope } }',
      syntax: 'query {',
      mutation: `mutation { ${'__typename '.repeat(6)} }`,
      deep: `{ groups ${'{ a '.repeat(12)} ${'}'.repeat(12)} }`,
      unused: 'fragment A on Query { __typename }',
    };
    const path = files.write('wrong.json', JSON.stringify(wrong));
    const told = await problems(path);
    const prefix = `TRUSTED_DOCUMENTS names ${path}, which has a document that is refused, `;
    expect(told.map((said) => said.startsWith(prefix))).toEqual(Array(5).fill(true));
    expect(told.map((said) => said.slice(prefix.length))).toEqual([
      expect.stringMatching(/^field: Cannot query field "nope" .* \(line 2, column 2\)$/),
      expect.stringMatching(/^syntax: Syntax error: .* \(line 1, column 8\)$/),
      'mutation: The query has 6 mutations; it may have 5.',
      'deep: The query has 13 levels; it may have 12.',
      expect.stringMatching(/^unused: Fragment "A" is never used/),
    ]);
  });

  test.each(HOSTILE_QUERIES)(
    'no limit can be got around by one: $name',
    async ({ query, says }) => {
      const path = files.write('hostile.json', JSON.stringify({ hostile: query }));
      const told = await problems(path);
      expect(told[0]).toContain('a document that is refused, hostile: ');
      expect(told[0]).toContain(says);
    },
  );

  test('without introspection, a document that asks for the schema ends it', async () => {
    const path = files.write('schema.json', '{"a": "{ __schema { __typename } }"}');
    expect(await problems(path)).toEqual([]);
    expect(await problems(path, { introspection: false })).toEqual([
      expect.stringContaining('Introspection is turned off.'),
    ]);
  });

  test("the example's manifest is taken as it is", async () => {
    const path = 'examples/web/src/gql/persisted-documents.json';
    expect(Object.keys(JSON.parse(readFileSync(path, 'utf8')) as object).length).toBeGreaterThan(3);
    expect(await problems(path)).toEqual([]);
  });
});

test('the log names a document by the id that the caller gave, known or not, and no id that is no hash', async () => {
  const { logs } = gateways.strict;
  const sha1 = createHash('sha1').update(COUNT).digest('hex');
  for (const [params, more, id] of [
    [{ documentId: hash(COUNT) }, {}, hash(COUNT)],
    [{ documentId: `sha256:${hash(COUNT)}` }, {}, hash(COUNT)],
    [{ extensions: { persistedQuery: { sha256Hash: hash(COUNT) } } }, {}, hash(COUNT)],
    [{ documentId: hash(COUNT) }, { 'x-explain': 'true' }, hash(COUNT)],
    [{ documentId: sha1 }, {}, sha1],
    [{ documentId: 'two', operationName: 'A' }, {}, undefined],
    [{ documentId: 'a secret' }, {}, undefined],
  ] as const) {
    logs.length = 0;
    await post('strict', params, more);
    while (logs.length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    expect([logs[0]?.['msg'], logs[0]?.['documentId']]).toEqual(['operation', id]);
  }
});
