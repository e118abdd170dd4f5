import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

describe('persisted queries', () => {
  test('where the gateway knows none, the link sends the text, and no hash from then on', async () => {
    const { PersistedQueryLink } = await load('@apollo/client/link/persisted-queries');
    const { link, client, gql } = await connect();
    let hashes = 0;
    const sha256 = (): string => `${(hashes += 1)}`.padStart(64, '0');
    client.setLink(new PersistedQueryLink({ sha256 }).concat(link));
    for (const query of [COUNT, COUNT.replace('Count', 'Again')]) {
      const { data } = await client.query({ query: gql(query) });
      expect(data.groups.totalCount).toBe(4);
    }
    expect(hashes).toBe(1);
  });

  test("urql's exchange goes on with the text, too", async () => {
    const { Client, fetchExchange, gql } = await load('@urql/core');
    const { persistedExchange } = await load('@urql/exchange-persisted');
    const client = new Client({
      url: `${stage.gateway.url}/graphql`,
      fetchOptions: { headers: { authorization: 'Bearer sandbox-user' } },
      exchanges: [persistedExchange({ preferGetForPersistedQueries: false }), fetchExchange],
      preferGetMethod: false,
    });
    const { data, error } = await client.query(gql(COUNT), {}).toPromise();
    expect(error).toBeUndefined();
    expect(data.groups.totalCount).toBe(4);
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
