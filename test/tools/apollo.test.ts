import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { startGateway } from '../support/gateway.ts';
import { FOLLOW, useLiveStage } from '../support/live-stage.ts';

/*
 * Clients as they are installed, without a setting that their documentation does not have.
 */

const { stage, setUp, change } = useLiveStage({ maxInFlight: 150 });
beforeEach(setUp);

/** Untyped: the packages are those of this folder, which the compiler does not see. */
const load = (name: string): Promise<any> => import(name);

async function connect(options: object = {}, url = stage.gateway.url) {
  const { ApolloClient, HttpLink, InMemoryCache, gql } = await load('@apollo/client');
  const link = new HttpLink({
    uri: `${url}/graphql`,
    headers: { authorization: 'Bearer sandbox-user' },
  });
  return { gql, link, client: new ApolloClient({ cache: new InMemoryCache(), link, ...options }) };
}

const IN_PARTS = '{ groups(first: 1) { totalCount ... @defer { nodes { __typename } } } }';

describe('an answer that may come in parts', () => {
  test.each(['Defer20220824Handler', 'GraphQL17Alpha9Handler'])('with %s', async (handler) => {
    const { [handler]: Handler } = await load('@apollo/client/incremental');
    const { client, gql } = await connect({ incrementalHandler: new Handler() });
    const { data, error } = await client.query({ query: gql(IN_PARTS) });
    expect(error).toBeUndefined();
    expect(data.groups).toMatchObject({ totalCount: 4, nodes: [{ __typename: 'StandardGroup' }] });
  });

  test('shows first what is there at once, then the rest', async () => {
    const { Defer20220824Handler } = await load('@apollo/client/incremental');
    const { client, gql } = await connect({ incrementalHandler: new Defer20220824Handler() });
    stage.sandbox.fail({ template: '/v2/task-groups', delayMs: 300 });
    const seen: any[] = [];
    await new Promise<void>((resolve, reject) => {
      client.watchQuery({ query: gql(IN_PARTS) }).subscribe({
        next: ({ data, dataState }: any) => {
          if (data !== undefined) seen.push([dataState, Object.keys(data.groups)]);
          if (dataState === 'complete') resolve();
        },
        error: reject,
      });
    });
    expect(seen).toEqual([
      ['streaming', ['__typename', 'totalCount']],
      ['complete', ['__typename', 'totalCount', 'nodes']],
    ]);
    client.stop();
  });
});

test('a subscription', async () => {
  const { client, gql } = await connect();
  const event = new Promise<any>((resolve, reject) => {
    client.subscribe({ query: gql(FOLLOW) }).subscribe({ next: resolve, error: reject });
  });
  const timer = setInterval(() => change(1), 200);
  const { data } = await event;
  clearInterval(timer);
  expect(data.groupChanged.node).toMatchObject({ __typename: 'StandardGroup' });
  client.stop();
});

const COUNT = 'query Count { groups { totalCount } }';

test('the name and the version that a client has are in the log', async () => {
  const { client, gql } = await connect({ clientAwareness: { name: 'web', version: '2.1.0' } });
  await client.query({ query: gql(COUNT) });
  while (!stage.gateway.logs.some(({ msg }) => msg === 'operation'))
    await new Promise((resolve) => setTimeout(resolve, 5));
  const line = stage.gateway.logs.find(({ msg }) => msg === 'operation');
  expect(line?.['client']).toEqual({ name: 'web', version: '2.1.0' });
});

/** The codes of each operation, as the log has them. */
const logged = ({ logs } = stage.gateway) =>
  logs
    .filter(({ msg }) => msg === 'operation')
    .map(({ codes }) => Object.keys(codes as object).join());

describe('persisted queries', () => {
  const AGAIN = COUNT.replace('Count', 'Again');
  /** The cache would answer the second. */
  const UNCACHED = { fetchPolicy: 'no-cache' };

  test.each([false, true])(
    'where the gateway knows none, the link sends the text, and no hash from then on; by GET: %s',
    async (useGETForHashedQueries) => {
      const { PersistedQueryLink } = await load('@apollo/client/link/persisted-queries');
      const { link, client, gql } = await connect();
      let hashes = 0;
      const sha256 = (): string => `${(hashes += 1)}`.padStart(64, '0');
      client.setLink(new PersistedQueryLink({ sha256, useGETForHashedQueries }).concat(link));
      for (const query of [COUNT, AGAIN]) {
        const { data } = await client.query({ query: gql(query), ...UNCACHED });
        expect(data.groups.totalCount).toBe(4);
      }
      expect(hashes).toBe(1);
      // The hash, its text, and the other's text.
      while (logged().length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    },
  );

  async function connectUrql(url: string, options?: object) {
    const { Client, fetchExchange, gql } = await load('@urql/core');
    const { persistedExchange } = await load('@urql/exchange-persisted');
    const client = new Client({
      url: `${url}/graphql`,
      fetchOptions: { headers: { authorization: 'Bearer sandbox-user' } },
      exchanges: [persistedExchange(options), fetchExchange],
    });
    return { client, gql };
  }

  test.each([undefined, { preferGetForPersistedQueries: false }])(
    "urql's exchange goes on with the text, too, with %j",
    async (options) => {
      const { client, gql } = await connectUrql(stage.gateway.url, options);
      for (const query of [COUNT, AGAIN]) {
        const { data, error } = await client.query(gql(query), {}).toPromise();
        expect([error, data.groups.totalCount]).toEqual([undefined, 4]);
      }
      while (logged().length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(logged()).toEqual(['PERSISTED_QUERY_NOT_SUPPORTED', '', '']);
    },
  );

  test('where it knows some and takes texts, both go by the hash, and by the text where it knows none', async () => {
    const { client, gql } = await connect();
    const { print } = await load('graphql');
    const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
    const known = print(client.documentTransform.transformDocument(gql(COUNT)));
    const folder = mkdtempSync(join(tmpdir(), 'apollo-'));
    const file = join(folder, 'operations.json');
    const { stringifyDocument } = await load('@urql/core');
    const ofUrql = stringifyDocument((await load('@urql/core')).gql(COUNT));
    writeFileSync(file, JSON.stringify({ [sha256(known)]: known, [sha256(ofUrql)]: ofUrql }));
    const gateway = await startGateway(stage.sandbox.url, {
      trustedDocuments: { file, mode: 'mixed' },
    });
    const { PersistedQueryLink } = await load('@apollo/client/link/persisted-queries');
    const { link } = await connect({}, gateway.url);
    client.setLink(new PersistedQueryLink({ sha256, useGETForHashedQueries: true }).concat(link));
    const urql = await connectUrql(gateway.url);
    const answers = [];
    for (const query of [COUNT, AGAIN]) {
      answers.push((await client.query({ query: gql(query), ...UNCACHED })).data);
      answers.push((await urql.client.query(urql.gql(query), {}).toPromise()).data);
    }
    expect(answers.map(({ groups }) => groups.totalCount)).toEqual([4, 4, 4, 4]);
    while (logged(gateway).length < 6) await new Promise((resolve) => setTimeout(resolve, 5));
    const notFound = 'PERSISTED_QUERY_NOT_FOUND';
    expect(logged(gateway)).toEqual(['', '', notFound, '', notFound, '']);
    await gateway.close();
    rmSync(folder, { recursive: true });
  });

  test('the manifest of generate-persisted-query-manifest works as it is', async () => {
    const folder = mkdtempSync(join(import.meta.dirname, '.apollo-'));
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src/count.graphql'), COUNT);
    const tool = '../node_modules/@apollo/generate-persisted-query-manifest/cli.js';
    execFileSync(process.execPath, [tool], { cwd: folder });
    const file = join(folder, 'persisted-query-manifest.json');
    const gateway = await startGateway(stage.sandbox.url, {
      trustedDocuments: { file, mode: 'strict' },
    });
    const { generatePersistedQueryIdsFromManifest } = await load('@apollo/persisted-query-lists');
    const { PersistedQueryLink } = await load('@apollo/client/link/persisted-queries');
    const { client, gql, link } = await connect({}, gateway.url);
    const loadManifest = () => JSON.parse(readFileSync(file, 'utf8')) as object;
    const ids = generatePersistedQueryIdsFromManifest({ loadManifest });
    client.setLink(new PersistedQueryLink(ids).concat(link));
    const { data } = await client.query({ query: gql(COUNT) });
    expect(data.groups.totalCount).toBe(4);
    await gateway.close();
    rmSync(folder, { recursive: true });
  });
});
