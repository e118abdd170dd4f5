import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { answerWith, startUpstream, type StubUpstream } from '../support/upstream.ts';

/** Planted wherever a caller can put something; it is a valid name in GraphQL, too. */
const CANARY = 'canary3fa9secret';
const ID = '5f7642126ba6fec816341de6';

let upstream: StubUpstream;
/** One that tells of its schema, and one that does not. */
let gateways: readonly TestGateway[];
beforeAll(async () => {
  // No list of groups, and not because of its address, which the operator would be told of.
  upstream = await startUpstream(answerWith({ '/v2/groups': {} }));
  gateways = await Promise.all(
    [true, false].map((introspection) => startGateway(upstream.url, { introspection })),
  );
});
afterAll(async () => {
  await Promise.all(gateways.map((gateway) => gateway.close()));
  await upstream.close();
});

interface Heard {
  /** Whether the gateway tells of its schema. */
  readonly tells: boolean;
  readonly status: number;
  /** Status text, headers and body. */
  readonly all: string;
  readonly codes: readonly string[];
}

/** Asks both gateways, under both media types, and gives what came back. */
async function ask(path: string, init: RequestInit): Promise<Heard[]> {
  const requests = gateways.flatMap(({ url }, index) =>
    ['application/json', 'application/graphql-response+json', 'text/event-stream'].map(
      async (accept) => ({
        tells: index === 0,
        response: await fetch(url + path, {
          ...init,
          headers: { accept, ...(init.headers as object) },
        }),
      }),
    ),
  );
  return Promise.all(
    requests.map(async (request) => {
      const { tells, response } = await request;
      const text = await response.text();
      const headers = JSON.stringify([...response.headers]);
      return {
        tells,
        status: response.status,
        all: [response.statusText, headers, text].join('\n'),
        codes: [...text.matchAll(/"code":"(\w+)"/g)].map(([, code]) => String(code)),
      };
    }),
  );
}

const post = (body: unknown, headers: Record<string, string> = {}): Promise<Heard[]> =>
  ask('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

/** @param namesQuery Whether a gateway that tells of its schema may name what the query names. */
function expectSilence(answers: readonly Heard[], code: string, namesQuery = false): void {
  for (const { tells, status, all, codes } of answers) {
    if (!tells || !namesQuery) expect(all).not.toMatch(new RegExp(`${CANARY}|Did you mean`));
    expect(all).not.toMatch(/\bat .*\.js|node_modules|\.ts:/);
    expect(status).toBeLessThan(500);
    expect(codes.length).toBeGreaterThan(0);
    expect([...new Set(codes)]).toEqual([code]);
  }
}

describe('GRAPHQL_PARSE_FAILED quotes nothing', () => {
  test.each([
    [CANARY],
    [`{ ${CANARY}: }`],
    [`{ a(b: "${CANARY}" }`],
    [`{ a(b: """${CANARY}`],
    [`{ a "${CANARY}" }`],
    [`query ${CANARY} ${CANARY} { a }`],
    [`fragment ${CANARY} ${CANARY} A { a }`],
    [`{ a(b: 0${CANARY}) }`],
    [`{ a(b: "\\${CANARY}") }`],
    [`{ a(b: "\\u${CANARY}") }`],
    [`query ($a: Int = $${CANARY}) { a }`],
    [`{ a @ ${CANARY} "b" }`],
    [`"${CANARY}" { a }`],
    [`{ a } # ${CANARY}\n}`],
    [`{ ,found Name "${CANARY}" }`],
  ])('%s', async (query) => {
    expectSilence(await post({ query }), 'GRAPHQL_PARSE_FAILED');
  });
});

describe('GRAPHQL_VALIDATION_FAILED quotes nothing where introspection is off', () => {
  test.each([
    [`{ ${CANARY} }`],
    [`{ ${CANARY}: nope }`],
    [`{ ${CANARY}(a: 1) { b } }`],
    [`{ mainMenu { ${CANARY} } }`],
    [`{ mainMenu { ... on ${CANARY} { id } } }`],
    [`{ mainMenu { ... on MenuEntry { name { ${CANARY} } } } }`],
    [`{ groups }`],
    [`{ ...${CANARY} }`],
    [`{ __typename } fragment ${CANARY} on Query { __typename }`],
    [`{ ...${CANARY} } fragment ${CANARY} on Query { ...${CANARY} }`],
    [`{ ...${CANARY} } fragment ${CANARY} on Query { a } fragment ${CANARY} on Query { a }`],
    [`{ ...${CANARY} } fragment ${CANARY} on User { id }`],
    [`{ ...${CANARY} } fragment ${CANARY} on GroupType { id }`],
    [`"${CANARY}" query { a }`],
    [`{ __typename @${CANARY} }`],
    [`{ __typename @skip(if: true, ${CANARY}: 1) }`],
    [`{ __typename @skip(if: "${CANARY}") }`],
    [`query @skip(if: true) { __typename @skip(${CANARY}: true) }`],
    [`{ groups(${CANARY}: 1) { totalCount } }`],
    [`{ groups(first: 1, first: ${CANARY}) { totalCount } }`],
    [`{ groups(first: "${CANARY}") { totalCount } }`],
    [`{ groups(first: ${CANARY}) { totalCount } }`],
    [`{ groups(first: { ${CANARY}: "${CANARY}" }) { totalCount } }`],
    [`{ groups(after: ["${CANARY}", ${CANARY}]) { totalCount } }`],
    [`{ groups(filter: { ${CANARY}: 1 }) { totalCount } }`],
    [`{ groups(filter: { type: ${CANARY} }) { totalCount } }`],
    [`{ groups(filter: { type: "${CANARY}" }) { totalCount } }`],
    [`{ groups(filter: { modifiedSince: "${CANARY}" }) { totalCount } }`],
    [`{ groups(filter: { modifiedSince: ${CANARY} }) { totalCount } }`],
    [`{ groups(filter: { search: "${CANARY}", search: "${CANARY}", type: 1 }) { totalCount } }`],
    [`{ groups(filter: "${CANARY}") { totalCount } }`],
    [`{ group { __typename } ${CANARY}: group(id: true) { __typename } }`],
    [`query ($${CANARY}: Int) { __typename }`],
    [`query ($${CANARY}: Int, $${CANARY}: Int) { groups(first: $${CANARY}) { totalCount } }`],
    [`query ($${CANARY}: String) { groups(first: $${CANARY}) { totalCount } }`],
    [`query ($${CANARY}: Group) { groups(first: $${CANARY}) { totalCount } }`],
    [`query ($${CANARY}: ${CANARY}) { groups(first: $${CANARY}) { totalCount } }`],
    [`query ($a: Int = "${CANARY}") { groups(first: $a) { totalCount } }`],
    [`query ($a: GroupType = ${CANARY}) { groups(filter: { type: $a }) { totalCount } }`],
    [`{ groups(first: $${CANARY}) { totalCount } }`],
    [`{ ${CANARY}: groups { totalCount } ${CANARY}: mainMenu { __typename } }`],
    [`{ ${CANARY}: groups(first: 1) { totalCount } ${CANARY}: groups(first: 2) { totalCount } }`],
    [`mutation ${CANARY} { ${CANARY} }`],
    [`subscription ${CANARY} { ${CANARY} }`],
    [`{ __typename } type ${CANARY} { a: Int }`],
    [`{ __typename } scalar ${CANARY}`],
    [`{ ${Array.from({ length: 19 }, (_, n) => `${CANARY}${n}`).join(' ')} }`],
  ])('%s', async (query) => {
    expectSilence(await post({ query }), 'GRAPHQL_VALIDATION_FAILED', true);
  });
});

describe('QUERY_TOO_COMPLEX quotes nothing', () => {
  test.each([
    [`{ ${`${CANARY} `.repeat(21)} }`],
    [`{ ${`${CANARY} { `.repeat(13)} a ${'} '.repeat(14)}`],
    [
      `query ${CANARY} { groups(first: 500) { nodes { ... on TaskGroup { ${CANARY}: tasks(first: 500) { totalCount } } } } }`,
    ],
  ])('%s', async (query) => {
    expectSilence(await post({ query }), 'QUERY_TOO_COMPLEX');
  });
});

describe('BAD_USER_INPUT quotes nothing', () => {
  const FILTER = 'query ($v: GroupFilter) { groups(filter: $v) { totalCount } }';
  const FIRST = 'query ($v: Int!) { groups(first: $v) { totalCount } }';
  test.each([
    [FIRST, { v: CANARY }],
    [FIRST, { v: null, other: CANARY }],
    [FIRST, { [CANARY]: CANARY }],
    [FIRST, { v: [CANARY] }],
    [FIRST, { v: { [CANARY]: CANARY } }],
    [FIRST, { v: 1e300, [CANARY]: 1 }],
    [FILTER, { v: { [CANARY]: 1 } }],
    [FILTER, { v: { type: CANARY } }],
    [FILTER, { v: { type: { [CANARY]: 1 } } }],
    [FILTER, { v: { search: { [CANARY]: CANARY } } }],
    [FILTER, { v: { modifiedSince: CANARY } }],
    [FILTER, { v: { createdSince: { [CANARY]: CANARY }, includeInactive: CANARY } }],
    [FILTER, { v: CANARY }],
    [FILTER, { v: [{ [CANARY]: 1 }] }],
    [
      `query ($a: GroupType!, $${CANARY}: ID!) { groups(filter: { type: $a }) { totalCount } group(id: $${CANARY}) { __typename } }`,
      { a: CANARY, [CANARY]: CANARY },
    ],
    // A variable with a default may stand where null may not, and be null all the same.
    [
      `query ($${CANARY}: ID = "${CANARY}") { group(id: $${CANARY}) { __typename } }`,
      { [CANARY]: null },
    ],
    [
      `query ($${CANARY}: Boolean = true) { __typename @include(if: $${CANARY}) }`,
      { [CANARY]: null },
    ],
    [`{ groups(first: 501, after: "${CANARY}") { totalCount } }`, {}],
    [`{ groups(after: "${CANARY}") { totalCount } }`, {}],
    [`{ group(id: "${CANARY}") { __typename } }`, {}],
    [`{ groups(filter: { search: "${CANARY.repeat(20)}" }) { totalCount } }`, {}],
  ])('%s %j', async (query, variables) => {
    expectSilence(await post({ query, variables }), 'BAD_USER_INPUT');
  });

  test.each([
    [`query ($${CANARY}: Int!) { groups(first: $${CANARY}) { totalCount } }`, {}],
    [
      `query ($${CANARY}: GroupType!) { groups(filter: { type: $${CANARY} }) { totalCount } }`,
      { [CANARY]: 'x' },
    ],
  ])('but the name of the variable, where introspection is on: %s', async (query, variables) => {
    const answers = await post({ query, variables });
    expectSilence(answers, 'BAD_USER_INPUT', true);
    for (const { tells, all } of answers) expect(all.includes(CANARY)).toBe(tells);
  });
});

describe('BAD_REQUEST quotes nothing', () => {
  test.each([
    [CANARY],
    [`{"query": "${CANARY}`],
    [`{"query": ${CANARY}}`],
    [`{"${CANARY}": 1}`],
    [`{"query": {"${CANARY}": 1}}`],
    [`{"query": ["${CANARY}"]}`],
    [`{"query": "{ __typename }", "variables": "${CANARY}"}`],
    [`{"query": "{ __typename }", "variables": ["${CANARY}"]}`],
    [`{"query": "{ __typename }", "operationName": {"${CANARY}": 1}}`],
    [`{"query": "{ __typename }", "extensions": "${CANARY}"}`],
    [`[{"query": "{ ${CANARY} }"}]`],
    [`"${CANARY}"`],
    ['null'],
    ['1'],
    [''],
  ])('%s', async (body) => {
    expectSilence(await post(body), 'BAD_REQUEST');
  });

  test.each([
    [`/graphql?query=&x=${CANARY}`],
    [`/graphql?${CANARY}`],
    [`/graphql?query={__typename}&variables=${CANARY}`],
    [`/graphql?query={__typename}&variables={"a":${CANARY}`],
    [`/graphql?query={__typename}&variables=["${CANARY}"]`],
    [`/graphql?query={__typename}&extensions=${CANARY}`],
  ])('GET %s', async (path) => {
    expectSilence(await ask(path, {}), 'BAD_REQUEST');
  });

  test.each(['PUT', 'PATCH', 'DELETE', 'PROPFIND'])('%s', async (method) => {
    expectSilence(await ask(`/graphql?${CANARY}`, { method, body: CANARY }), 'BAD_REQUEST');
  });

  test.each([
    ['text/plain', CANARY],
    [`text/${CANARY}`, CANARY],
    ['multipart/form-data; boundary=a', `--a\r\n${CANARY}`],
    ['application/x-www-form-urlencoded', `query=${CANARY}`],
    ['application/graphql', `{ ${CANARY} }`],
  ])('a body of %s', async (type, body) => {
    expectSilence(await post(body, { 'content-type': type }), 'BAD_REQUEST');
  });
});

test.each([
  [`query ${CANARY} { a } query B { a }`, `${CANARY}2`, 'OPERATION_RESOLUTION_FAILURE'],
  [`query ${CANARY} { a } query B { a }`, undefined, 'OPERATION_RESOLUTION_FAILURE'],
  ['{ __typename }', CANARY, 'OPERATION_RESOLUTION_FAILURE'],
  [`type ${CANARY} { a: Int }`, undefined, 'OPERATION_RESOLUTION_FAILURE'],
  [`query ${CANARY} { __typename } { __typename }`, CANARY, 'GRAPHQL_VALIDATION_FAILED'],
  [
    `query ${CANARY} { __typename } query ${CANARY} { __typename }`,
    CANARY,
    'GRAPHQL_VALIDATION_FAILED',
  ],
])('several operations: %s, and %s is asked for', async (query, operationName, code) => {
  expectSilence(await post({ query, operationName }), code, operationName !== undefined);
});

test('headers are quoted nowhere, but for the id that the caller gives its request', async () => {
  const headers = Object.fromEntries(
    ['authorization', 'admin', 'traceparent', 'x-explain', 'origin', 'cookie']
      .concat('accept', 'accept-encoding', 'content-language', 'x-forwarded-host', 'if-none-match')
      .map((name) => [name, CANARY]),
  );
  for (const { all, status } of await ask('/graphql?query={nope}', { headers })) {
    expect([status < 500, all.includes(CANARY)]).toEqual([true, false]);
  }
});

test('paths are quoted nowhere', async () => {
  for (const path of [
    `/${CANARY}`,
    `/graphql/${CANARY}`,
    `/graphiql/${CANARY}`,
    `/health/${CANARY}`,
  ]) {
    for (const { all, status } of await ask(path, {})) {
      expect([status, all.includes(CANARY)]).toEqual([404, false]);
    }
  }
});

describe('names that the client must see', () => {
  test('are those of its own aliases, in an answer and in the paths of errors', async () => {
    const [gateway] = gateways as [TestGateway];
    const { body } = await gateway.ask(
      `{ ${CANARY}: __typename x: group(id: "${ID}") { __typename } }`,
    );
    expect(body.data[CANARY]).toBe('Query');
    expect(body.errors?.map(({ path }) => path)).toEqual([['x']]);
  });
});

test('nothing of it gets into the log', () => {
  for (const { logs } of gateways) {
    const lines = logs.filter(({ msg }) => msg !== 'operation');
    expect(JSON.stringify(lines)).not.toContain(CANARY);
    expect(lines.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  }
});

describe('malformed HTTP', () => {
  const send = (text: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(Number(new URL(gateways[0]?.url ?? '').port), '127.0.0.1');
      let heard = '';
      socket.setEncoding('utf8');
      socket.on('data', (data: string) => (heard += data)).on('close', () => resolve(heard));
      socket.on('error', () => undefined);
      socket.write(text);
      // It is silent for longer before the answer than within it, on a machine that is busy.
      socket.setTimeout(10_000, () => socket.destroy());
      socket.once('data', () => socket.setTimeout(400));
    });

  test.each([
    [`GET /graphql?query={__typename} HTTP/1.1\r\nHost: ${CANARY} b\r\n\r\n`],
    [`GET /graphql?query={__typename} HTTP/1.1\r\nHost: ${CANARY}/graphql?query={a}&\r\n\r\n`],
    [`GET http://${CANARY}/graphql HTTP/1.1\r\nHost: a:80\r\n\r\n`],
    [`${CANARY}\r\n\r\n`],
    [`GET /graphql HTTP/1.1\r\n${CANARY}\r\n\r\n`],
    [`POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: ${CANARY}\r\n\r\n`],
    [
      `POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${CANARY}\r\n`,
    ],
  ])('%j is 400 and quoted nowhere', async (text) => {
    const heard = await send(text);
    expect(heard).toMatch(/^HTTP\/1\.1 400 /);
    expect(heard).not.toContain(CANARY);
  });
});
