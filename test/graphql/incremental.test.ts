import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { Client, fetchExchange } from '@urql/core';
import { startGateway } from '../support/gateway.ts';
import { useStage } from '../support/stage.ts';

const stage = useStage({ requestDeadlineMs: 2000, maxQueryCost: 5000 });
const SLOW_MS = 300;

const GROUPS = `
  { groups(filter: { search: "field", type: TASK }) { totalCount ... @defer(label: "slow") {
    nodes { ... on TaskGroup { name tasks(first: 2) { nodes { id } } } }
  } } }
`;
const ACCEPT = 'multipart/mixed, application/json';

const post = (query: string, accept: string | undefined, more: RequestInit = {}, url?: string) =>
  fetch(`${url ?? stage.gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: 'Bearer sandbox-user',
      ...(accept !== undefined && { accept }),
    },
    body: JSON.stringify({ query }),
    ...more,
  });

/** The parts of an answer, parsed, as they are told apart by the boundary. */
async function parts(response: Response): Promise<any[]> {
  expect(response.headers.get('content-type')).toBe(
    'multipart/mixed; boundary="-"; deferSpec=20220824',
  );
  const text = await response.text();
  expect(text.endsWith('-----\r\n')).toBe(true);
  return text
    .split('\r\n---')
    .flatMap((part) => /\r\n\r\n(.*)$/s.exec(part)?.[1]?.trim() ?? [])
    .filter((part) => part !== '')
    .map((part) => JSON.parse(part) as unknown);
}

const codeOf = async (response: Response): Promise<string> =>
  (await response.json()).errors[0].extensions.code;

describe('@defer and @stream', () => {
  test('urql shows first what is there at once, then the rest', async () => {
    stage.sandbox.fail({ template: '/v2/task-groups/{id}/tasks', delayMs: SLOW_MS });
    const client = new Client({
      url: `${stage.gateway.url}/graphql`,
      exchanges: [fetchExchange],
      preferGetMethod: false,
      fetchOptions: { headers: { authorization: 'Bearer sandbox-user' } },
    });
    const seen: { data: any; hasNext: boolean; error: unknown }[] = [];
    await new Promise<void>((resolve) => {
      client.query(GROUPS, {}).subscribe(({ data, hasNext, error }) => {
        seen.push({ data: structuredClone(data), hasNext, error });
        if (!hasNext) resolve();
      });
    });
    expect(seen[0]?.data).toEqual({ groups: { totalCount: 1 } });
    expect(seen.at(-1)?.error).toBeUndefined();
    expect(seen.at(-1)?.data.groups.nodes[0]).toMatchObject({ name: 'Obras en Terreno' });
    expect(seen.at(-1)?.data.groups.nodes[0].tasks.nodes).toHaveLength(2);
  });

  test('all parts together are the answer without the directives, for as many calls', async () => {
    const [first, ...later] = await parts(await post(GROUPS, ACCEPT));
    expect(first).toEqual({ data: { groups: { totalCount: 1 } }, hasNext: true });
    const [deferred] = later.flatMap(({ incremental = [] }) => incremental);
    expect(deferred).toMatchObject({ label: 'slow', path: ['groups'] });
    expect(later.at(-1).hasNext).toBe(false);
    const calls = stage.sandbox.calls.length;
    stage.sandbox.reset();
    const { body } = await stage.gateway.ask(GROUPS);
    expect({ ...first.data.groups, ...deferred.data }).toEqual(body.data.groups);
    expect(stage.sandbox.calls.length).toBe(calls);
  });

  test('X-Explain tells with the last part what all of them took', async () => {
    const headers = {
      accept: ACCEPT,
      'content-type': 'application/json',
      authorization: 'Bearer sandbox-user',
      'x-explain': 'true',
    };
    const all = await parts(await post(GROUPS, ACCEPT, { headers }));
    const [last, ...others] = all.toReversed();
    expect(last.extensions.upstream).toMatchObject({
      calls: stage.sandbox.calls.length,
      requests: stage.sandbox.calls.map(({ template }) => ({ path: template, status: 200 })),
    });
    expect(others.map(({ extensions }) => extensions)).toEqual(others.map(() => undefined));
    expect(others.length).toBeGreaterThan(0);
  });

  test('@stream sends the first items with the rest, and each other item by itself', async () => {
    const query = '{ groups(first: 4) { nodes @stream(initialCount: 1) { __typename } } }';
    const [first, ...later] = await parts(await post(query, ACCEPT));
    expect(first.data.groups.nodes).toHaveLength(1);
    const items = later.flatMap(({ incremental = [] }) => incremental);
    expect(items.map(({ path }) => path)).toEqual([1, 2, 3].map((n) => ['groups', 'nodes', n]));
    const { body } = await stage.gateway.ask(query);
    expect([first.data.groups.nodes, ...items.map((part) => part.items)].flat()).toEqual(
      body.data.groups.nodes,
    );
  });

  test.each([
    ...[undefined, '*/*', 'application/json', 'application/graphql-response+json'],
    'multipart/mixed;charset=latin1, application/json',
  ])('in one part to who does not say that it reads several: %s', async (accept) => {
    const plain = await post(GROUPS.replace(/@defer\(.*?\)/, ''), accept);
    for (const more of [{}, { body: blobOf(GROUPS), duplex: 'half' } as RequestInit]) {
      const response = await post(GROUPS, accept, more);
      expect(response.headers.get('content-type')).toBe(plain.headers.get('content-type'));
      expect((await response.json()).data.groups.nodes).toHaveLength(1);
    }
  });

  test('in one part where "if" is false', async () => {
    const response = await post(GROUPS.replace('label: "slow"', 'if: false'), ACCEPT);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  });

  test('an error of a later part has its path and code, and none of our words for its status', async () => {
    stage.sandbox.fail({ template: '/v2/task-groups/{id}/tasks', status: 403 });
    const [, ...later] = await parts(await post(GROUPS, ACCEPT));
    const [{ data, errors }] = later.flatMap(({ incremental = [] }) => incremental);
    expect(data.nodes[0]).toEqual({ name: 'Obras en Terreno', tasks: null });
    expect(errors).toEqual([
      {
        message: 'The token may not read this.',
        path: ['groups', 'nodes', 0, 'tasks'],
        locations: expect.any(Array),
        extensions: { code: 'FORBIDDEN' },
      },
    ]);
  });

  test('a bad argument in a later part is told as in the first', async () => {
    const query =
      '{ groups { totalCount ... @defer { nodes { ... on TaskGroup { tasks(first: -1) { totalCount } } } } } }';
    const [, ...later] = await parts(await post(query, ACCEPT));
    const [{ errors }] = later.flatMap(({ incremental = [] }) => incremental);
    expect(errors[0].extensions).toEqual({ code: 'BAD_USER_INPUT' });
  });

  test('the deadline ends what is still missing, and not what was sent', async () => {
    stage.sandbox.fail({ template: '/v2/task-groups/{id}/tasks', delayMs: 30_000 });
    const [first, ...later] = await parts(await post(GROUPS, ACCEPT));
    expect(first.errors).toBeUndefined();
    const [{ errors }] = later.flatMap(({ incremental = [] }) => incremental);
    expect(errors[0].extensions.code).toBe('UPSTREAM_TIMEOUT');
    expect(later.at(-1).hasNext).toBe(false);
  });

  test('a caller that goes away after the first part ends the calls for the rest', async () => {
    stage.sandbox.fail({ template: '/v2/task-groups/{id}/tasks', delayMs: SLOW_MS });
    const slow = () => stage.sandbox.calls.find(({ template }) => template?.endsWith('/tasks'));
    // Answered where the caller stays, so that what is not is for its leaving.
    await parts(await post(GROUPS, ACCEPT));
    expect(slow()?.status).toBe(200);
    stage.sandbox.reset();
    stage.sandbox.fail({ template: '/v2/task-groups/{id}/tasks', delayMs: 4 * SLOW_MS });

    const leaving = new AbortController();
    const response = await post(GROUPS, ACCEPT, { signal: leaving.signal });
    const reader = response.body?.getReader();
    await reader?.read();
    while (slow() === undefined) await sleep(5);
    leaving.abort();
    await expect(reader?.read()).rejects.toThrow(/abort/i);
    await sleep(5 * SLOW_MS);
    expect(slow()?.status).toBe(0);
    expect(stage.gateway.logs.filter(({ msg }) => msg === 'defect')).toEqual([]);
  });
});

function blobOf(query: string): ReadableStream {
  return new Blob([JSON.stringify({ query })]).stream();
}

describe('the limits hold', () => {
  test.each<[string, string, string]>([
    [
      'cost',
      '{ groups(first: 500) { ... @defer { nodes { ... on TaskGroup { tasks(first: 500) { nodes { id } } } } } } }',
      'QUERY_TOO_COMPLEX',
    ],
    [
      'parts, of which each costs as much as a record',
      `{ groups(first: 500) { nodes { ... on MenuEntry { ${'... @defer { id } '.repeat(10)} } } } }`,
      'QUERY_TOO_COMPLEX',
    ],
    [
      'items that are parts',
      '{ groups(first: 500) { nodes { ... on MenuEntry { children @stream { __typename } } } } }',
      'QUERY_TOO_COMPLEX',
    ],
    ['depth', `{ ... @defer { ${'a { '.repeat(12)} b ${'}'.repeat(12)} } }`, 'QUERY_TOO_COMPLEX'],
    ['directives', `{ ${'... @defer { __typename } '.repeat(51)} }`, 'QUERY_TOO_COMPLEX'],
    [
      'labels',
      '{ ... @defer(label: "a") { x: __typename } ... @defer(label: "a") { y: __typename } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'labels by variable',
      'query ($a: String) { ... @defer(label: $a) { __typename } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'streams of what is no list',
      '{ groups @stream { totalCount } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'counts below 0',
      '{ groups { nodes @stream(initialCount: -1) { __typename } } }',
      'BAD_USER_INPUT',
    ],
    [
      'counts below 0 by variable',
      'query ($n: Int! = -2) { groups { nodes @stream(initialCount: $n) { __typename } } }',
      'BAD_USER_INPUT',
    ],
  ])('%s', async (_, query, code) => {
    for (const accept of [ACCEPT, 'application/json']) {
      const response = await post(query, accept);
      expect(await codeOf(response)).toBe(code);
    }
    expect(stage.sandbox.calls).toEqual([]);
  });

  test('with introspection off, no message tells of the directives', async () => {
    const gateway = await startGateway(stage.sandbox.url, { introspection: false });
    const said = await Promise.all(
      [
        '{ ... @nope { a } }',
        '{ groups @stream { totalCount } }',
        '{ ... @defer(x: 1) { __typename } }',
      ].map(async (query) => (await post(query, ACCEPT, {}, gateway.url)).text()),
    );
    await gateway.close();
    for (const text of said) expect(text).not.toMatch(/defer|stream|initialCount|label\b/i);
  });
});
