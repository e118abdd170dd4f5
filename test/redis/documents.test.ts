import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { startFaultServer } from '../support/fault-server.ts';
import { hang } from '../support/faults.ts';
import { useFiles } from '../support/files.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';

const hash = (text: string, kind = 'sha256'): string => createHash(kind).update(text).digest('hex');
const COUNT = 'query Count($search: String) { groups(filter: { search: $search }) { totalCount } }';
const OTHER = 'query Other { groups(first: 1) { totalCount } }';
const keyOf = (id: string): string => `cotalker-gateway:document:${id}`;

const files = useFiles();
let redis: RedisServer;
let sandbox: Sandbox;
beforeAll(async () => {
  redis = await startRedisServer();
  sandbox = await createSandbox();
});
afterAll(async () => {
  await redis.close();
  await sandbox.close();
});
let gateways: TestGateway[] = [];
beforeEach(() => redis.send('FLUSHALL'));
afterEach(async () => {
  for (const gateway of gateways) await gateway.close();
  gateways = [];
});
type Mode = 'strict' | 'mixed';
const open = async (mode: Mode, url = redis.url, upstream = sandbox.url, options: object = {}) => {
  const trustedDocuments = { file: undefined, mode };
  const gateway = await startGateway(upstream, { trustedDocuments, documentsUrl: url, ...options });
  gateways.push(gateway);
  return gateway;
};
const connected = async (mode: Mode = 'strict', upstream = sandbox.url, options: object = {}) => {
  const gateway = await open(mode, redis.url, upstream, options);
  while (!gateway.logs.some(({ msg }) => msg === 'Redis: connected')) await sleep(5);
  return gateway;
};
const HEADERS = { 'content-type': 'application/json', authorization: 'Bearer sandbox-user' };
async function post({ url }: TestGateway, params: object, headers: object = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { ...HEADERS, ...headers },
    body: JSON.stringify(params),
  });
  const body = await response.json();
  const code: unknown = body.errors?.[0].extensions.code;
  return { status: response.status, headers: response.headers, code, data: body.data };
}
const put = (text: string, id = hash(text)) => redis.send('SET', keyOf(id), text);
const COUNTED = { status: 200, data: { groups: { totalCount: 2 } } };
const variables = { search: 'field' };

describe('a document that is in Redis', () => {
  test.each<[string, object]>([
    ['documentId', { documentId: hash(COUNT) }],
    ['documentId with the algorithm', { documentId: `sha256:${hash(COUNT)}` }],
    ['by SHA-1', { documentId: hash(COUNT, 'sha1') }],
    ["Apollo's extension", { extensions: { persistedQuery: { sha256Hash: hash(COUNT) } } }],
  ])('is executed: %s', async (_, params) => {
    await put(COUNT);
    await put(COUNT, hash(COUNT, 'sha1'));
    const gateway = await connected();
    // The first time it is asked for, later it is known.
    for (const headers of [{}, {}, { 'x-explain': 'true' }])
      expect(await post(gateway, { ...params, variables }, headers)).toMatchObject(COUNTED);
  });

  test('is executed by GET, too, and by all who ask for it at once', async () => {
    await put(OTHER);
    const gateway = await connected();
    const before = Number(/cmdstat_getrange:calls=(\d+)/.exec(await statistics())?.[1] ?? 0);
    const address = `${gateway.url}/graphql?documentId=${hash(OTHER)}`;
    const answers = await Promise.all(
      [1, 2, 3, 4].map(async () => (await fetch(address, { headers: HEADERS })).json()),
    );
    for (const { data } of answers) expect(data).toEqual({ groups: { totalCount: 38 } });
    const after = Number(/cmdstat_getrange:calls=(\d+)/.exec(await statistics())?.[1]);
    expect(after - before).toBe(1);
  });

  test('is held to schema and limits as a text is', async () => {
    const deep = `{ groups ${'{ a '.repeat(12)} ${'}'.repeat(12)} }`;
    for (const text of [deep, '{ nope }', '{']) await put(text);
    const gateway = await connected();
    const code = async (text: string) => (await post(gateway, { documentId: hash(text) })).code;
    expect([await code(deep), await code('{ nope }'), await code('{')]).toEqual([
      ...['QUERY_TOO_COMPLEX', 'GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_PARSE_FAILED'],
    ]);
  });

  test('put there while the gateway runs is found', async () => {
    const gateway = await connected();
    const ask = async () => (await post(gateway, { documentId: hash(OTHER) })).code;
    expect(await ask()).toBe('PERSISTED_QUERY_NOT_FOUND');
    await put(OTHER);
    expect(await ask()).toBeUndefined();
  });
});

const statistics = async (): Promise<string> => String(await redis.send('INFO', 'commandstats'));

describe('nobody who writes to Redis makes an id mean another document', () => {
  test.each<[string, () => Promise<unknown>]>([
    ['another text', () => put(OTHER, hash(COUNT))],
    ['a text cut off', () => put(COUNT.slice(0, -1), hash(COUNT))],
    ['a text that is too long', () => put(`${COUNT}${' '.repeat(300_000)}`, hash(COUNT))],
    ['bytes that are no text', () => redis.send('SET', keyOf(hash(COUNT)), Buffer.from([255]))],
  ])('%s is none, and is told of', async (_, write) => {
    await write();
    const gateway = await connected();
    const { code } = await post(gateway, { documentId: hash(COUNT) });
    expect(code).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect(gateway.logs).toContainEqual(expect.objectContaining({ reason: 'CHANGED', level: 40 }));
  });

  test.each(['two', 'toString', '*', 'a'.repeat(63), 'A'.repeat(64), '../x'])(
    'an id that is no hash is not even asked for: %j',
    async (id) => {
      await put(OTHER, id);
      const { code } = await post(await connected(), { documentId: id });
      expect(code).toBe('PERSISTED_QUERY_NOT_FOUND');
    },
  );
});

describe('while Redis does not answer', () => {
  const expectUnavailable = async (gateway: TestGateway, params: object) => {
    const { status, headers, code } = await post(gateway, params);
    expect([status, code]).toEqual([503, 'DOCUMENTS_UNAVAILABLE']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  };

  test.each(['strict', 'mixed'] as const)(
    '%s: what is known is served, what is not is for later, and not said not to be there',
    async (mode) => {
      await put(COUNT);
      await put(OTHER);
      const gateway = await connected(mode);
      await post(gateway, { documentId: hash(COUNT), variables });
      redis.stop();
      try {
        const begun = performance.now();
        await expectUnavailable(gateway, { documentId: hash(OTHER) });
        expect(performance.now() - begun).toBeLessThan(3000);
        expect(await post(gateway, { documentId: hash(COUNT), variables })).toMatchObject(COUNTED);
        const { code } = await post(gateway, { query: OTHER });
        expect(code).toBe(mode === 'strict' ? 'PERSISTED_QUERY_ONLY' : undefined);
        expect((await fetch(`${gateway.url}/ready`)).status).toBe(200);
      } finally {
        redis.resume();
      }
      await sleep(50);
      expect((await post(gateway, { documentId: hash(OTHER) })).code).toBeUndefined();
    },
  );

  test('the deadline counts the wait for it', async () => {
    await put(COUNT);
    const upstream = await startFaultServer(() => hang);
    try {
      const gateway = await connected('strict', upstream.url, { requestDeadlineMs: 1500 });
      redis.stop();
      const begun = performance.now();
      const answered = post(gateway, { documentId: hash(COUNT), variables });
      await sleep(800);
      redis.resume();
      expect((await answered).code).toBe('UPSTREAM_TIMEOUT');
      expect(performance.now() - begun).toBeLessThan(1500 + 500);
    } finally {
      redis.resume();
      await upstream.close();
    }
  });

  test('nor is there: it starts, and says so', async () => {
    const gateway = await open('strict', 'redis://127.0.0.1:9');
    await expectUnavailable(gateway, { documentId: hash(OTHER) });
  });
});

describe('npm run documents:push', () => {
  const run = promisify(execFile);
  const push = async (content: string, url = redis.url) => {
    const path = files.write('operations.json', content);
    const env = { REDIS_URL: url };
    try {
      const told = await run(process.execPath, ['src/graphql/documents/push.ts', path], { env });
      return { code: 0, said: told.stdout.replace(path, 'FILE') };
    } catch (error) {
      const { code, stderr } = error as { code: number; stderr: string };
      return { code, said: stderr.replace(path, 'FILE') };
    }
  };

  test("takes the example's manifest as it is, and leaves what is there", async () => {
    await put(OTHER);
    const path = 'examples/web/src/gql/persisted-documents.json';
    const env = { REDIS_URL: redis.url };
    const told = await run(process.execPath, ['src/graphql/documents/push.ts', path], { env });
    const count = (await redis.keys()).length - 1;
    expect(count).toBeGreaterThan(3);
    expect(told.stdout).toBe(
      `Documents in Redis: ${count} of ${path}, beside those that were there.\n`,
    );
    // They stay, whatever time goes by.
    for (const key of await redis.keys()) expect(await redis.send('TTL', key)).toBe(-1);
    const gateway = await connected();
    expect((await post(gateway, { documentId: hash(OTHER) })).code).toBeUndefined();
  });

  test('puts none where one is wrong, and says which', async () => {
    const wrong = {
      [hash(COUNT)]: COUNT,
      mine: COUNT,
      [hash(OTHER)]: COUNT,
      [`sha256:${hash('{ nope }')}`]: '{ nope }',
    };
    const { code, said } = await push(JSON.stringify(wrong));
    expect(code).toBe(1);
    expect(said.trim().split('\n')).toEqual([
      'mine: the id must be the SHA-256 or SHA-1 of the document',
      `${hash(OTHER)}: the id must be the SHA-256 or SHA-1 of the document`,
      expect.stringMatching(`^${hash('{ nope }')}: Cannot query field`),
    ]);
    expect(await redis.keys()).toEqual([]);
  });

  test.each([
    ['no JSON', '{', 'The manifest is FILE, which is not JSON\n'],
    ['none', '{}', 'The manifest has no documents\n'],
  ])('says what is wrong with a file: %s', async (_, content, said) => {
    expect(await push(content)).toEqual({ code: 1, said });
  });

  test('says where Redis is not, or does not let it in', async () => {
    const manifest = JSON.stringify({ [hash(COUNT)]: COUNT });
    expect(await push(manifest, 'redis://127.0.0.1:9')).toEqual({
      code: 1,
      said: 'RedisError: Redis: ECONNREFUSED\n',
    });
    const { code, said } = await push(manifest, 'ftp://cnry7f3a9@x');
    expect([code, said]).toEqual([1, expect.stringMatching(/^REDIS_URL must be /)]);
    expect(said).not.toContain('cnry');
  });
});

test('npm run schema:check -- --documents redis names the operations of Redis that a change breaks', async () => {
  const old = 'query OldMenu { mainMenu { ... on MenuEntry { icon { old } } } }';
  await put(old);
  await put(COUNT);
  // Not a document: the gateway does not serve it either.
  await put('{ other }', 'f'.repeat(64));
  const { status, stdout } = spawnSync(
    process.execPath,
    ['scripts/schema-check.ts', '--documents', 'redis'],
    { env: { REDIS_URL: redis.url }, encoding: 'utf8' },
  );
  expect(stdout).toContain(`OldMenu (${hash(old)}): Cannot query field "old" on type "Icon".`);
  expect([status, stdout]).toEqual([1, expect.stringContaining('1 broken, 0 deprecated in 2 doc')]);
});
